/* The text of picks on a node: read, written, and followed as someone edits it. */

import { resolve } from '../grammar/picked.js';
import { formatIds, parse } from '../grammar/picks.js';
import { chain } from './widget_slot.js';

export class PicksWidget {
  /** @param {() => any} find the widget that counts, which may become another
   * @param {() => void} edited after a text that is not ours */
  constructor(find, edited) {
    this.find = find;
    this.open = true;
    this.writing = false;
    /** @type {string[]} texts of ours that may still come back, oldest first */
    this.written = [];
    const widget = find();
    if (widget) chain(widget, 'callback', () => this.isEdit() && edited());
  }

  get text() {
    return String(this.find()?.value ?? '');
  }

  /** The ids that the text names; null if it names frames that are not there to be looked up.
   * @param {import('../grammar/picks.js').Pickable[]} frames
   * @returns {{ids: string[] | null, fault: string}} */
  read(frames) {
    try {
      if (frames.length) return { ids: resolve(this.text, frames), fault: '' };
      parse(this.text);
      return { ids: null, fault: '' };
    } catch (error) {
      return { ids: null, fault: /** @type {Error} */ (error).message };
    }
  }

  /** @param {readonly string[]} ids */
  write(ids) {
    const widget = this.find();
    if (!widget) return;
    this.writing = true;
    widget.value = formatIds(ids);
    this.written.push(widget.value);
    widget.callback?.(widget.value);
    this.writing = false;
  }

  isEdit() {
    return this.open && !this.writing && !this.isEcho();
  }

  /**
   * Whether the host hands back a text of ours. It does so late, in the order written: one that is
   * no longer the latest is put right, and those before it come no more. Once the latest is back,
   * or someone has edited the text, none of ours is on its way. Someone who types or pastes one is
   * in a text field; the host hands texts back while the focus is wherever the marks are made.
   */
  isEcho() {
    const at = isTyping() ? -1 : this.written.indexOf(this.text);
    const latest = this.written.at(-1);
    this.written = at < 0 || this.text === latest ? [] : this.written.slice(at);
    if (this.written.length) this.find().value = latest;
    return at >= 0;
  }
}

const isTyping = () =>
  Boolean(globalThis.document?.activeElement?.matches('input, textarea, [contenteditable]'));
