/* The axes, a button each: a press shows where the axis is made. */

import { say } from '../common/texts.js';
import { h, refill, set } from '../common/dom.js';

/** @typedef {import('../model/axis_shown.js').AxisShown} AxisShown */

const EMPTY = 2.5; // what the words in place of the axes take
const STEPS = /** @type {Record<string, number>} */ ({ ArrowUp: -1, ArrowDown: 1 });

export class AxisList {
  /** @param {import('./sweep_face.js').AskFor} ask */
  constructor(ask) {
    this.ask = ask;
    this.list = h('ul', { class: 'ps-axes', role: 'list', 'aria-label': say('axes') });
    this.empty = h('div', { class: 'ps-empty quiet' });
    this.element = h('div', { class: 'ps-axes-box' }, this.list, this.empty);
  }

  /** @param {AxisShown[]} axes @param {string} empty */
  draw(axes, empty) {
    this.element.style.setProperty('--axes', String(axes.length || EMPTY));
    this.list.hidden = !axes.length;
    this.empty.hidden = Boolean(axes.length);
    refill(
      this.list,
      axes.map((axis) => h('li', {}, this.button(axis))),
    );
    refill(this.empty, h('p', {}, empty));
  }

  /** @param {AxisShown} axis */
  button({ key, name, count, values, where, whole, side, bad, spoken }) {
    const press = () => this.ask('axis', key);
    const element = h(
      'button',
      { type: 'button', class: bad ? 'ps-axis bad' : 'ps-axis', onclick: press },
      h('b', {}, name),
      h('span', { class: 'n' }, count),
      h('span', { class: 'values' }, values),
      h('span', { class: 'side' }, side),
      h('span', { class: 'where short' }, where),
      h('span', { class: 'where whole' }, whole),
    );
    set(element, 'aria-label', spoken);
    set(element, 'title', `${whole}\n${say('showInGraph')}`);
    return element;
  }

  /** How high the list has to be at least; it scrolls. */
  get least() {
    return Number.parseFloat(getComputedStyle(this.element).minHeight) || 0;
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it was for the axes */
  key(event) {
    const step = STEPS[event.key];
    const buttons = [...this.list.querySelectorAll('button')];
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    if (!step || at < 0) return false;
    buttons[Math.min(buttons.length - 1, Math.max(0, at + step))].focus();
    return true;
  }
}
