/* The dialog in which somebody ticks the choices that a sweep goes through. */

import { button, h, icon, iconButton, set, write } from '../common/dom.js';
import { figure, say } from '../common/texts.js';
import { Choices } from '../model/choices.js';
import { List } from './list.js';
import { Order } from './order.js';
import { Tools } from './tools.js';
import { product } from './product.js';

/**
 * What is asked for: the widget and its node by their names, what its choices are called (a noun of
 * `kindOfChoice`), the choices in the host's order, the one in the graph, what is swept now (names,
 * gone ones too, or a pattern), the address of a choice's picture where they are pictures, and the
 * other axes.
 * @typedef {object} Asked
 * @property {string} widget
 * @property {string} node
 * @property {string} noun
 * @property {unknown[]} options
 * @property {unknown} [current]
 * @property {string[]} [ticked]
 * @property {(name: string) => string} [thumb]
 * @property {import('./product.js').Other[]} [others]
 */
/** @typedef {{values: string[], pattern: string}} Answer the values in the order of the sheet, and
 * the pattern that is to be written in their place, or '' */

const OURS = ['keydown', 'keyup', 'keypress', 'copy', 'cut', 'paste']; // and not the graph's
const FOCUSABLE = 'input, button:not([tabindex="-1"]), [tabindex="0"]:not(button)';
let count = 0;

/** @param {Asked} asked @returns {Promise<Answer | null>} null: nothing is to change */
export const openChoices = (asked) =>
  new Promise((answer) => {
    new ChoicesDialog(asked, answer).open();
  });

class ChoicesDialog {
  /** @param {Asked} asked @param {(answer: Answer | null) => void} answer */
  constructor(asked, answer) {
    count += 1;
    const id = `ps-choices-${count}`;
    this.asked = asked;
    this.answer = answer;
    /** @type {Answer | null} */
    this.result = null;
    this.back = document.activeElement;
    this.model = new Choices(asked);
    this.list = new List(this.model, id, asked);
    this.tools = new Tools(this.model, () => this.list.find.focus());
    this.order = new Order(this.model, `${id}-order`, asked.thumb);
    this.gone = h('div', { class: 'ps-notice', role: 'status' });
    this.told = h('p', { role: 'status' });
    this.sweep = button('main', { onclick: () => this.finish() });
    this.dialog = this.makeDialog(`${id}-title`);
    this.model.addEventListener('change', () => this.draw());
  }

  /** @param {string} titleId */
  makeDialog(titleId) {
    const cancel = button('', { onclick: () => this.close() }, say('choicesCancel'));
    const props = {
      class: 'ps ps-choices',
      'aria-modal': 'true',
      'aria-labelledby': titleId,
      oncancel: (/** @type {Event} */ event) => event.preventDefault(),
      onclose: () => this.dispose(),
    };
    const dialog = h(
      'dialog',
      props,
      this.makeHeader(titleId),
      this.list.search,
      this.tools.element,
      this.gone,
      h('div', { class: 'body' }, this.list.element, this.order.element),
      h('footer', {}, this.told, cancel, this.sweep),
    );
    for (const name of OURS) dialog.addEventListener(name, (event) => event.stopPropagation());
    dialog.addEventListener('keydown', (event) => this.key(event));
    return /** @type {HTMLDialogElement} */ (dialog);
  }

  /** @param {string} id */
  makeHeader(id) {
    const { widget, node } = this.asked;
    const of = h('span', {}, ` ${say('choicesOf', { node })}`);
    const close = iconButton('close', say('close'), 'Esc', { onclick: () => this.close() });
    return h('header', {}, h('h2', { id }, say('choicesTitle', { widget }), of), close);
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.list.find.focus();
    this.draw();
    this.list.rows.reveal(this.model.at);
  }

  draw() {
    this.list.draw();
    this.tools.draw();
    this.order.draw();
    this.drawGone();
    this.drawFoot();
  }

  drawGone() {
    const { gone } = this.model;
    this.gone.hidden = !gone.length;
    if (!gone.length) return this.gone.replaceChildren();
    const isOne = gone.length === 1;
    const told = { n: figure(gone.length), name: gone[0] };
    const takeOut = () => {
      this.model.takeOut(gone);
      this.list.find.focus();
    };
    this.gone.replaceChildren(
      icon('info'),
      h('p', { title: gone.join('\n') }, say(isOne ? 'choicesGone' : 'choicesGoneMany', told)),
      button('text', { onclick: takeOut }, say(isOne ? 'choicesTakeIt' : 'choicesTakeThem')),
    );
  }

  drawFoot() {
    const n = this.model.values.length;
    const { noun, others = [] } = this.asked;
    write(this.told, n ? product(noun, n, others) : say('choicesNoTick'));
    write(this.sweep, n ? say('choicesSweep', { n: figure(n) }) : say('choicesSweepNone'));
    set(this.sweep, 'aria-disabled', n ? undefined : 'true');
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.isComposing) return; // the keys are its input method's
    const isCtrl = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') this.escape();
    else if (isCtrl && event.key === 'Enter') this.finish();
    else if (isCtrl && event.key.toLowerCase() === 'a') this.tools.tickShown();
    else if (!this.turn(event) && !this.list.key(event)) return;
    event.preventDefault();
  }

  /** From the last of what takes the focus to the first, and back.
   * @param {KeyboardEvent} event @returns {boolean} */
  turn(event) {
    if (event.key !== 'Tab') return false;
    const all = [...this.dialog.querySelectorAll(FOCUSABLE)].filter(
      (each) => each instanceof HTMLElement && each.offsetParent,
    );
    const [from, to] = event.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]];
    if (document.activeElement !== from) return false;
    /** @type {HTMLElement} */ (to).focus();
    return true;
  }

  escape() {
    if (!this.model.query) return this.close();
    this.model.search('');
    this.list.find.focus();
  }

  finish() {
    const { values, pattern } = this.model;
    if (!values.length) return this.saySoAgain();
    this.result = { values, pattern };
    this.close();
  }

  /** Why nothing happens: the line is there, and is read once more. */
  saySoAgain() {
    const text = say('choicesNoTick');
    this.told.textContent = '';
    setTimeout(() => write(this.told, this.model.values.length ? '' : text), 50);
  }

  close() {
    this.dialog.close();
  }

  dispose() {
    this.list.rows.dispose();
    this.order.rows.dispose();
    this.dialog.remove();
    if (this.back instanceof HTMLElement) this.back.focus({ preventScroll: true });
    this.answer(this.result);
  }
}
