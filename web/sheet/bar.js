/* The top of the face: how the sweep stands, the filter, the views; and the notice under it. */

import { button, h, icon, iconButton, set } from '../common/dom.js';
import { Filters } from './filters.js';
import { notice, status } from './status.js';
import { keyOf } from '../model/keys.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */

const PROGRESS = {
  class: 'ps-progress',
  role: 'progressbar',
  'aria-valuemin': 0,
  'aria-valuemax': 100,
};

export class Bar {
  /** @param {SheetModel} model @param {(name: string) => void} act */
  constructor(model, act) {
    this.model = model;
    this.act = act;
    this.line = h('p', { class: 'ps-status', 'aria-hidden': 'true' });
    this.filters = new Filters(model);
    this.undo = this.tool('undo', 'wide');
    this.looks = { counts: this.tool('counts', 'full'), turn: this.tool('turn', 'full') };
    this.tools = h(
      'div',
      { class: 'ps-tools', role: 'toolbar', 'aria-label': say('views') },
      this.undo,
      this.looks.counts,
      this.looks.turn,
      this.tool('loupe'),
      this.tool('compare'),
      this.tool('survey', 'rare'),
      this.tool('keys', 'rare', '?'),
    );
    this.progress = h('div', PROGRESS, h('i'));
    set(this.progress, 'aria-label', say('progress'));
    this.spoken = h('span', { class: 'ps-hidden', role: 'status' });
    this.notice = h('div', { class: 'ps-notices' });
    this.element = h(
      'div',
      { class: 'ps-bar' },
      this.line,
      this.spoken,
      this.filters.element,
      this.tools,
    );
    this.lastSpoken = 0;
  }

  /** The button of a command. @param {string} name @param {string} [look] @param {string} [sign] */
  tool(name, look = '', sign = '') {
    const onclick = () => this.act(name);
    if (!sign) return iconButton(name, say(name), keyOf(name), { look, onclick });
    const title = `${say(name)} (${keyOf(name)})`;
    return button(`icon ${look}`, { 'aria-label': say(name), title, onclick }, sign);
  }

  draw() {
    const { model } = this;
    const items = status(model);
    set(this.line, 'class', model.told ? 'ps-status told' : 'ps-status');
    this.line.replaceChildren(
      ...items.map((text, at) =>
        h(at ? 'span' : 'b', { class: at > 1 ? 'more' : '' }, at ? `· ${text}` : text),
      ),
    );
    this.speak(items.join(', '));
    const empty = !model.frames.length;
    this.tools.hidden = this.filters.element.hidden = empty;
    set(this.undo, 'aria-disabled', model.marks.past.length ? undefined : 'true');
    set(this.looks.counts, 'aria-pressed', String(model.counts));
    set(this.looks.turn, 'aria-pressed', String(model.seen.isSwapped));
    set(this.looks.turn, 'aria-disabled', model.axes.length > 1 ? undefined : 'true');
    this.progress.hidden = model.phase !== 'running';
    const share = Math.round(100 * (model.run?.share ?? 0));
    set(this.progress, 'aria-valuenow', share);
    /** @type {HTMLElement} */ (this.progress.firstElementChild).style.width = `${share}%`;
    this.drawNotice();
    if (!empty) this.filters.draw();
  }

  /**
   * At most every five seconds, but at once for what the user has just done.
   * @param {string} text
   */
  speak(text) {
    const now = Date.now();
    if (text === this.spoken.textContent || (!this.model.told && now - this.lastSpoken < 5000))
      return;
    this.lastSpoken = now;
    this.spoken.textContent = text;
  }

  /** The focus goes on to the sheet. */
  toSheet() {
    const cell = this.element.parentElement?.querySelector('.ps-sheet .ps-cell[tabindex="0"]');
    if (cell instanceof HTMLElement) cell.focus({ preventScroll: true });
  }

  drawNotice() {
    const said = notice(this.model);
    const sign = said ? `${said.kind} ${said.text}` : '';
    if (this.notice.dataset.said === sign) return;
    this.notice.dataset.said = sign;
    if (this.notice.contains(document.activeElement)) this.toSheet();
    this.notice.replaceChildren();
    if (!said) return;
    const isError = said.kind === 'error';
    const look = { class: `ps-notice ${said.kind}`, role: isError ? 'alert' : undefined };
    const onclick = () => this.act('make missing');
    this.notice.append(
      h(
        'div',
        look,
        icon(isError ? 'warn' : 'info'),
        h('p', {}, said.text),
        said.missing && button('text', { onclick }, say('makeThem')),
      ),
    );
  }
}
