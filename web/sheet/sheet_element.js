/* <proofsheet-face>: all that is drawn in the node. Made by main.js, which gives it a model. */

import { COMMANDS, carryOut } from '../model/commands.js';
import { LOOKS } from '../model/looks.js';
import { filterLine } from '../model/moving.js';
import { Bar } from './bar.js';
import { button, h, refill, set } from '../common/dom.js';
import { Foot } from './foot.js';
import { Grid } from './grid.js';
import { command, keep } from '../model/keys.js';
import { WIDE } from './layout.js';
import { Pointer } from './pointer.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */
/** @typedef {import('./cell.js').Files} Files */

const TOLD = 5000;
const FULL = 720;
const TINY = 360;

export class SheetElement extends (globalThis.HTMLElement ?? Object) {
  /** @param {SheetModel} model @param {Files} files */
  setup(model, files) {
    this.model = model;
    this.soon = /** @type {number | undefined} */ (undefined);
    this.className = 'ps ps-face';
    this.grid = new Grid(model, files);
    this.bar = new Bar(model, (name) => this.perform({ name }));
    this.foot = new Foot(model, files, (name) => this.perform({ name }));
    this.empty = h('div', { class: 'ps-empty quiet' });
    this.replaceChildren(
      this.bar.element,
      this.bar.progress,
      this.bar.notice,
      this.empty,
      this.grid.element,
      ...this.foot.elements,
    );
    this.pointer = new Pointer(this.grid, (name, index) => this.perform({ name }, index));
    this.addEventListener('keydown', (event) => this.key(event));
    this.listen = (/** @type {Event} */ event) =>
      this.changed(/** @type {CustomEvent} */ (event).detail);
    model.addEventListener('change', this.listen);
    this.sizes = new ResizeObserver(() => this.resized());
    for (const each of [this, this.grid.element]) this.sizes.observe(each);
    this.redraw();
    return this;
  }

  /** Classes, not container queries: with those, every cell that comes or goes makes the whole page
   * lay itself out (seen in Chromium 156). */
  resized() {
    const width = this.clientWidth;
    for (const [name, on] of [
      ['is-wide', width >= WIDE],
      ['is-full', width >= FULL],
      ['is-tiny', width < TINY],
    ])
      this.classList.toggle(String(name), Boolean(on));
    this.grid?.resize();
  }

  /** @param {import('../model/sheet_model.js').Change} change */
  changed({ what, frames, alike }) {
    if (!this.grid || !this.model) return;
    if (what === 'sheet') this.grid.lookAhead();
    if (what === 'sheet' && !alike) {
      const inside = this.grid.element.contains(document.activeElement);
      this.redraw();
      if (inside) this.grid.reveal(this.model.focus, true);
      return;
    }
    if (what === 'frames') this.grid.rows.patch(frames);
    if (what === 'marks' || alike) this.grid.marked();
    if (what === 'focus') this.focused();
    if (what === 'status') this.forget();
    if (what === 'frames') return this.drawSoon();
    this.bar?.draw();
    if (what === 'marks' || alike) this.foot?.draw();
  }

  /** Once for all that comes before the next picture of the screen. */
  drawSoon() {
    this.soon ??= requestAnimationFrame(() => {
      this.soon = undefined;
      this.bar?.draw();
      this.foot?.draw();
    });
  }

  focused() {
    const inside = this.contains(document.activeElement);
    this.grid?.rows.patch();
    this.grid?.reveal(this.model?.focus ?? 0, inside);
    this.grid?.rows.patch();
  }

  redraw() {
    const { model, grid } = this;
    if (!model || !grid) return;
    set(this, 'aria-label', say('sheet'));
    set(this, 'role', 'region');
    const nothing = !model.shown.length;
    grid.element.hidden = nothing;
    this.drawEmpty(nothing);
    grid.width = grid.element.clientWidth;
    grid.height = grid.element.clientHeight;
    if (grid.width) grid.layout();
    this.bar?.draw();
    this.foot?.draw();
  }

  /** @param {boolean} nothing */
  drawEmpty(nothing) {
    const { model, empty } = this;
    if (!model || !empty) return;
    empty.hidden = !nothing;
    if (!nothing) return;
    const all = button('text', { onclick: () => model.filterBy({ kind: 'all' }) }, say('showAll'));
    if (model.frames.length) refill(empty, h('p', {}, say('nothingPasses')), all);
    else refill(empty, h('p', {}, say('neverHint')));
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const onButton =
      event.target instanceof Element ? event.target.closest('button, select') : null;
    const found = command(event);
    if (
      !found ||
      (onButton && [' ', 'Enter'].includes(event.key)) ||
      (onButton?.matches('select') && found.name === 'move')
    )
      return;
    if (this.perform(found)) keep(event, found);
  }

  /**
   * @param {import('../model/commands.js').Command} asked
   * @param {number} [index]
   * @returns {boolean}
   */
  perform(asked, index = this.model?.focus ?? 0) {
    const { model, grid } = this;
    if (!model || !grid) return false;
    if (!model.frames.length) return asked.name === 'keys' && this.ask(asked.name);
    const place = {
      model,
      index,
      shape: grid.shape,
      back: () => this.leave(),
      only: (/** @type {'row' | 'column'} */ kind) =>
        filterLine(model, kind, model.seen.line(kind, index)),
      zoom: () => false,
      ask: (/** @type {string} */ name) => this.ask(name, index),
    };
    return carryOut(asked, place, [...LOOKS, ...COMMANDS]);
  }

  leave() {
    if (this.model?.filter.kind !== 'all') this.model?.filterBy({ kind: 'all' });
    else this.ask('leave');
  }

  /**
   * Others carry out what needs a window or the host.
   * @param {string} name
   * @param {number} [index]
   * @returns {boolean}
   */
  ask(name, index = this.model?.focus ?? 0) {
    return !this.dispatchEvent(
      new CustomEvent('proofsheet-ask', {
        detail: { name, index },
        cancelable: true,
        bubbles: false,
      }),
    );
  }

  forget() {
    clearTimeout(this.timer);
    if (this.model?.told) this.timer = setTimeout(() => this.model?.tell(''), TOLD);
  }

  dispose() {
    clearTimeout(this.timer);
    if (this.soon) cancelAnimationFrame(this.soon);
    this.sizes?.disconnect();
    this.grid?.dispose();
    if (this.listen) this.model?.removeEventListener('change', this.listen);
  }
}
