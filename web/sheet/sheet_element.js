/* <proofsheet-face>: all that is drawn in the node. Made by main.js, which gives it a model. */

import { arrange, filterLine, mark, move } from '../model/commands.js';
import { Bar } from './bar.js';
import { button, h, refill, set } from '../common/dom.js';
import { Grid } from './grid.js';
import { command, keep } from '../model/keys.js';
import { WIDE } from './layout.js';
import { DONE, stored } from '../model/sweep.js';
import { Pointer } from './pointer.js';
import { Strip } from './picks_strip.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */
/** @typedef {import('./cell.js').Files} Files */

const TOLD = 5000;
const FULL = 720;
const TINY = 360;

export class Face extends (globalThis.HTMLElement ?? Object) {
  /** @param {SheetModel} model @param {Files} files */
  setup(model, files) {
    this.model = model;
    this.soon = /** @type {number | undefined} */ (undefined);
    this.className = 'ps ps-face';
    this.grid = new Grid(model, files);
    this.files = files;
    this.bar = new Bar(model, (name) => this.perform({ name }));
    this.strip = new Strip(model, files, (id) => this.show(id));
    this.below = h('div', { class: 'ps-below' });
    this.empty = h('div', { class: 'ps-empty quiet' });
    this.actions = h('div', { class: 'ps-actions' });
    this.replaceChildren(
      this.bar.element,
      this.bar.progress,
      this.bar.notice,
      this.empty,
      this.grid.element,
      this.strip.element,
      this.below,
      this.actions,
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
    if (what === 'sheet') this.lookAhead();
    if (what === 'sheet' && !alike) {
      const inside = this.grid.element.contains(document.activeElement);
      this.redraw();
      if (inside) this.grid.reveal(this.model.focus, true);
      return;
    }
    if (what === 'frames') this.grid.lines.patch(frames);
    if (what === 'marks' || alike) this.grid.lines.patch();
    if (what === 'focus') this.focused();
    if (what === 'status') this.forget();
    if (what === 'frames') return this.drawSoon();
    this.bar?.draw();
    if (what === 'marks' || alike) this.drawFoot();
  }

  /** Once for all that comes before the next picture of the screen. */
  drawSoon() {
    this.soon ??= requestAnimationFrame(() => {
      this.soon = undefined;
      this.bar?.draw();
      this.drawFoot();
    });
  }

  /** Loads what is shown, from the focus on. */
  lookAhead() {
    const { model, files } = this;
    if (!model || !files) return;
    const at = Math.max(0, model.shown.indexOf(model.focus));
    const done = [...model.shown.slice(at), ...model.shown.slice(0, at)]
      .map((index) => model.frames[index])
      .filter((frame) => frame.status === DONE);
    this.grid?.thumbs.want(done.map((frame) => files.url(stored(frame.id, 'webp'))));
  }

  focused() {
    const inside = this.contains(document.activeElement);
    this.grid?.lines.patch();
    this.grid?.reveal(this.model?.focus ?? 0, inside);
    this.grid?.lines.patch();
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
    this.drawFoot();
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

  drawFoot() {
    const { model } = this;
    if (!model || !this.below || !this.actions || !this.strip) return;
    this.strip.draw();
    this.actions.hidden = !model.frames.length;
    refill(this.below, this.warnings());
    const running = model.phase === 'running' ? 'true' : undefined;
    const n = model.passing.length;
    refill(
      this.actions,
      button(
        '',
        { 'aria-disabled': running, onclick: () => this.ask('new seeds') },
        say('newSeeds'),
      ),
      button(
        '',
        { 'aria-disabled': running, onclick: () => this.ask('more like this') },
        say('moreLikeThis'),
      ),
      button(
        `end ${n ? 'main' : ''}`,
        { 'aria-disabled': n ? undefined : 'true', onclick: () => this.ask('continue') },
        n ? say('continueWith', { n }) : say('continue'),
      ),
    );
  }

  /** Picks that are not in this sweep. */
  warnings() {
    const { model } = this;
    if (!model || model.phase === 'empty') return [];
    const { strangers, lostPicks } = model;
    const act = (/** @type {() => void} */ change) => () => {
      change();
      model.marked();
    };
    const drop = (/** @type {string[]} */ ids) =>
      button('text', { onclick: act(() => model.marks.unflag(ids, say('didDrop'))) }, say('drop'));
    const keep = button(
      'text',
      { onclick: act(() => model.marks.keep(strangers, say('didKeep'))) },
      say('keep'),
    );
    const ids = lostPicks.map((id) => `#${id.slice(0, 8)}`).join(', ');
    return [
      strangers.length &&
        h(
          'div',
          { class: 'ps-notice' },
          h('p', {}, say('earlier', { n: strangers.length })),
          keep,
          drop(strangers),
        ),
      lostPicks.length &&
        h(
          'div',
          { class: 'ps-notice' },
          h('p', {}, say('gonePick', { n: lostPicks.length, ids })),
          drop(lostPicks),
        ),
    ].filter(Boolean);
  }

  /** A pick chosen in the strip. @param {string} id */
  show(id) {
    const index = this.model?.indexOf(id) ?? -1;
    if (index >= 0) this.model?.focusOn(index);
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
   * @param {import('../model/keys.js').Command} found
   * @param {number} [index]
   * @returns {boolean}
   */
  perform(found, index = this.model?.focus ?? 0) {
    const { model, grid } = this;
    if (!model || !grid) return false;
    const { name } = found;
    if (!model.frames.length) return name === 'keys' && this.ask(name);
    if (name === 'move')
      move(model, found.to ?? '', {
        columns: grid.grid.columns,
        page: Math.max(1, Math.floor(grid.height / grid.geometry.rowStep)),
      });
    else if (name === 'only row' || name === 'only column')
      filterLine(model, name === 'only row' ? 'row' : 'column', index);
    else if (name === 'back') this.leave();
    else if (!mark(model, found, index) && !arrange(model, found, index))
      return this.ask(name, index);
    return true;
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
    this.grid?.thumbs.stop();
    if (this.listen) this.model?.removeEventListener('change', this.listen);
  }
}
