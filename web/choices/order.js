/* The ticks in the order of the sheet: dragged, moved by keys, taken out. */

import { button, closest, h, icon, set, write } from '../common/dom.js';
import { nameOf, picture, rowShape } from './looks.js';
import { drag } from '../common/drag.js';
import { figure, say } from '../common/texts.js';
import { shortNames } from '../model/names.js';
import { LongList, indexAt } from './long_list.js';

/** @typedef {import('../model/choices.js').Choices} Choices */

const FAR = 4; // pixels that make a press a drag
const STEPS = /** @type {Record<string, number>} */ ({ ArrowUp: -1, ArrowDown: 1 });

export class Order {
  /** @param {Choices} model @param {string} id @param {(name: string) => string} [thumb] */
  constructor(model, id, thumb) {
    this.model = model;
    this.id = id;
    this.thumb = thumb;
    this.at = 0;
    /** @type {string[]} what the list shows: names, or the pattern in their place */
    this.lines = [];
    /** @type {Map<string, number>} */
    this.numbers = new Map();
    /** @type {Map<string, string>} */
    this.short = new Map();
    this.heading = h('h3', { id: `${id}-heading` });
    this.list = h('div', {
      class: 'ps-list',
      role: 'listbox',
      tabindex: 0,
      'aria-labelledby': this.heading.id,
      onclick: (/** @type {Event} */ event) => this.click(event),
      onpointerdown: (/** @type {PointerEvent} */ event) => this.press(event),
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
    });
    this.hint = h('p');
    this.element = h('div', { class: 'ps-order' }, this.heading, this.list, this.hint);
    this.rows = new LongList(this.list, {
      shape: rowShape,
      spare: 4,
      make: (name) => this.make(name),
      update: (option, name, index) => this.update(option, name, index),
    });
  }

  draw() {
    const { model } = this;
    const { values, pattern } = model;
    this.lines = pattern ? [pattern] : [...model.ticks];
    this.numbers = new Map(values.map((name, at) => [name, at + 1]));
    this.short = this.thumb || pattern ? new Map() : shortNames(this.lines);
    this.at = Math.max(0, Math.min(this.lines.length - 1, this.at));
    this.heading.textContent = say('choicesOrder', { n: figure(values.length) });
    this.rows.show(this.lines, !this.thumb); // nothing makes a picture load twice
    this.point();
    this.drawHint();
  }

  drawHint() {
    const { model } = this;
    const pattern = model.suggestion;
    const use = () => model.use(pattern);
    const text = model.pattern
      ? say('choicesPatternOn')
      : pattern
        ? `${say('choicesDrag')} ${say('choicesPattern')} `
        : `${say('choicesRows')} ${say('choicesDrag')}`;
    const offer = pattern && button('text', { onclick: use }, say('choicesUse', { pattern }));
    this.hint.replaceChildren(text, ...(offer ? [' ', offer] : []));
  }

  /** @param {string} name */
  make(name) {
    const { model, thumb } = this;
    const isShown = thumb && model.there.has(name);
    const label = say('choicesTakeOut', { name });
    return h(
      'div',
      { class: 'line', role: 'option', title: name },
      h('b'),
      isShown && picture(thumb(name)),
      nameOf(this.short.get(name) ?? name),
      button('icon', { tabindex: -1, 'aria-label': label, title: `${label} (Del)` }, icon('close')),
    );
  }

  /** @param {HTMLElement} option @param {string} name @param {number} index */
  update(option, name, index) {
    const isPattern = name === this.model.pattern;
    const place = this.numbers.get(name);
    const number = place ? figure(place) : '';
    write(/** @type {Element} */ (option.firstElementChild), number || (isPattern ? '' : '–'));
    option.classList.toggle('gone', !number && !isPattern);
    option.id = `${this.id}-${index}`;
    option.dataset.index = String(index);
    option.classList.toggle('is-focus', index === this.at);
    set(option, 'aria-selected', String(index === this.at));
    set(option, 'aria-setsize', this.lines.length);
    set(option, 'aria-posinset', index + 1);
    set(option, 'aria-label', number ? `${number}, ${name}` : name);
  }

  /** The line of the keys is known to readers while it is in the page. */
  point() {
    const option = this.rows.options.get(this.lines[this.at]);
    set(this.list, 'aria-activedescendant', option?.id);
  }

  /** @param {number} index */
  go(index) {
    this.at = Math.max(0, Math.min(this.lines.length - 1, index));
    this.rows.reveal(this.at);
    this.rows.show(this.lines);
    this.point();
  }

  /** @param {number} index */
  takeOut(index) {
    const name = this.lines[index];
    if (this.model.pattern) this.model.leavePattern();
    else if (name !== undefined) this.model.takeOut([name]);
  }

  /** @param {number} to the place of the line that the keys are on */
  move(to) {
    const name = this.lines[this.at];
    const place = Math.max(0, Math.min(this.lines.length - 1, to));
    if (this.model.pattern || name === undefined || place === this.at) return;
    this.at = place;
    this.model.place(name, place);
    this.rows.reveal(place);
  }

  /** @param {Event} event */
  click(event) {
    if (closest(event.target, 'button')) this.takeOut(indexAt(event));
  }

  /** @param {PointerEvent} press */
  press(press) {
    const index = indexAt(press);
    if (index < 0 || press.button !== 0 || closest(press.target, 'button')) return;
    this.go(index);
    let held = false;
    const move = (/** @type {PointerEvent} */ event) => {
      held ||= Math.abs(event.clientY - press.clientY) >= FAR;
      if (held) this.dragTo(event.clientY);
      return held;
    };
    drag(press, { move });
  }

  /** @param {number} y of the pointer */
  dragTo(y) {
    const { top, height } = this.list.getBoundingClientRect();
    const { view, shape } = this.rows;
    const inside = Math.max(0, Math.min(height - 1, y - top));
    this.move(Math.floor((inside + view.offset) / shape.height));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const by = STEPS[event.key];
    const end = { Home: 0, End: this.lines.length - 1 }[event.key];
    if (by && event.altKey) this.move(this.at + by);
    else if (by) this.go(this.at + by);
    else if (end !== undefined) this.go(end);
    else if (event.key === 'Delete' || event.key === 'Backspace') this.takeOut(this.at);
    else return;
    event.preventDefault();
  }
}
