/* <proofsheet-sweep>: what is drawn in the Sweep node. It shows plain data (model/sweep_face.js)
   and asks for what its buttons say. */

import { say } from '../common/texts.js';
import { set } from '../common/dom.js';
import { Parts } from './parts.js';

/** @typedef {(name: string, key?: string, at?: Element) => void} AskFor */

export class SweepFace extends (globalThis.HTMLElement ?? Object) {
  setup() {
    this.className = 'ps ps-face ps-sweep';
    set(this, 'role', 'region');
    set(this, 'aria-label', say('sweep'));
    this.parts = new Parts((...asked) => this.ask(...asked));
    this.replaceChildren(...this.parts.elements);
    this.addEventListener('keydown', (event) => this.key(event));
    return this;
  }

  /** @param {import('../model/sweep_face.js').View} view */
  show(view) {
    this.parts?.show(view);
  }

  /** The height that it needs; 0 while nobody sees it. */
  get least() {
    return this.clientWidth ? (this.parts?.least ?? 0) : 0;
  }

  /** Says something beside the buttons for a while. @param {string} text */
  tell(text) {
    this.parts?.actions.tell(text);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== '?' && !this.parts?.axes.key(event)) return;
    if (event.key === '?') this.ask('keys');
    event.preventDefault();
    event.stopPropagation();
  }

  /** @type {AskFor} */
  ask(name, key = '', at = this) {
    this.dispatchEvent(new CustomEvent('proofsheet-ask', { detail: { name, key, at } }));
  }

  dispose() {
    this.parts?.actions.dispose();
  }
}
