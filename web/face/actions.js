/* Count and Try, and beside them a word: on what was just done, or why something cannot be. */

import { button, h, refill, write } from '../common/dom.js';

/** @typedef {import('../model/sweep_face.js').View} View */

const TOLD = 5000; // milliseconds

export class Actions {
  /** @param {import('./sweep_face.js').AskFor} ask */
  constructor(ask) {
    this.ask = ask;
    this.usual = '';
    this.note = h('span', { class: 'hint quiet', role: 'status' });
    this.element = h('div', { class: 'ps-actions' });
  }

  /** @param {View} view */
  draw({ actions, note, rest }) {
    clearTimeout(this.timer);
    this.usual = note;
    write(this.note, note);
    refill(
      this.element,
      actions.map((action) => this.button(action)),
      this.note,
      rest && button('text', { onclick: () => this.ask(rest.ask) }, rest.text),
    );
  }

  /** @param {import('../model/sweep_face.js').Action} action */
  button({ text, ask, off, title }) {
    const onclick = () => (off ? this.tell(off) : this.ask(ask));
    return button('', { 'aria-disabled': off && 'true', title: off || title, onclick }, text);
  }

  /** @param {string} text */
  tell(text) {
    clearTimeout(this.timer);
    write(this.note, text);
    this.timer = setTimeout(() => write(this.note, this.usual), TOLD);
  }

  dispose() {
    clearTimeout(this.timer);
  }
}
