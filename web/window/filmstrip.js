/* The filmstrip of the full window: the frames shown, only those near the view in the page. */

import { makeCell, nameCell, patchCell } from '../sheet/cell.js';
import { closest, h, set } from '../common/dom.js';
import { reveal, visible } from '../sheet/virtual.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */

const STEP = 64;
const START = 16;

export class Filmstrip {
  /**
   * @param {SheetModel} model
   * @param {import('../sheet/cell.js').Files} files
   * @param {(index: number) => void} choose
   */
  constructor(model, files, choose) {
    this.model = model;
    this.files = files;
    /** @type {Map<number, string>} frame index -> its tag */
    this.slots = new Map();
    this.row = h('div', { class: 'ps-reel' });
    const props = {
      class: 'ps-film',
      role: 'listbox',
      'aria-label': say('frames'),
      'aria-orientation': 'horizontal',
      onclick: (/** @type {Event} */ event) => {
        const cell = closest(event.target, '.ps-cell');
        if (cell) choose(Number(cell.dataset.index));
      },
    };
    this.element = h('div', props, this.row);
    this.element.addEventListener('scroll', () => this.draw(), { passive: true });
    this.element.addEventListener('wheel', (event) => this.roll(event), { passive: false });
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this.element);
    /** @type {Map<number, HTMLElement>} */
    this.cells = new Map();
  }

  /** @param {WheelEvent} event */
  roll(event) {
    this.element.scrollLeft += event.deltaY || event.deltaX;
    event.preventDefault();
  }

  draw() {
    const { shown } = this.model;
    this.row.style.width = `${2 * START + shown.length * STEP - 8}px`;
    const { first, end } = visible({
      offset: this.element.scrollLeft - START,
      view: this.element.clientWidth,
      step: STEP,
      count: shown.length,
      spare: 4,
    });
    const wanted = new Set(shown.slice(first, end));
    for (const [index, cell] of this.cells) {
      if (wanted.has(index)) continue;
      cell.remove();
      this.cells.delete(index);
    }
    for (let at = first; at < end; at += 1) this.cellAt(shown[at], at);
  }

  /** @param {number} index @param {number} at */
  cellAt(index, at) {
    let cell = this.cells.get(index);
    if (!cell) {
      cell = makeCell('option');
      nameCell(cell, index);
      cell.style.width = '56px';
      this.cells.set(index, cell);
      this.row.append(cell);
    }
    cell.style.left = `${START + at * STEP}px`;
    set(cell, 'aria-posinset', at + 1);
    set(cell, 'aria-setsize', this.model.shown.length);
    patchCell(cell, this.model, this.files, {
      small: true,
      caption: false,
      inner: false,
      role: 'option',
      slot: this.slots.get(index),
    });
  }

  /** The frame in focus comes into view. */
  follow() {
    const at = this.model.shown.indexOf(this.model.focus);
    if (at >= 0) {
      const start = START + at * STEP - STEP;
      this.element.scrollLeft = reveal({
        start,
        end: start + 3 * STEP,
        offset: this.element.scrollLeft,
        view: this.element.clientWidth,
      });
    }
    this.draw();
  }

  dispose() {
    this.sizes.disconnect();
  }
}
