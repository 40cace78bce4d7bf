/* The sheet itself: rows of cells under sticky headers. Only what is near the view is in the page;
   a change patches the cells it concerns. */

import { h, set } from '../common/dom.js';
import { makeColumnHeads } from './headers.js';
import { FIRST, arrange, measure, place } from './layout.js';
import { Lines } from './rows.js';
import { Thumbs } from './thumbs.js';
import { reveal, visible } from './virtual.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */
/** @typedef {import('./layout.js').Grid} Arrangement */

const MOVING = 150; // milliseconds
const CALM = 300;
const SPARE = 1; // rows and columns beyond the view, once someone scrolls

export class Grid {
  /** @param {SheetModel} model @param {import('./cell.js').Files} files */
  constructor(model, files) {
    this.model = model;
    this.heads = h('div', { class: 'ps-heads', role: 'row', 'aria-rowindex': 1 });
    this.scrolled = -CALM;
    this.spare = 0;
    this.thumbs = new Thumbs({
      moving: () => this.hasMoved(MOVING),
      calm: () => model.phase !== 'running' && !this.hasMoved(CALM),
    });
    this.lines = new Lines(this, files, this.thumbs);
    this.element = h(
      'div',
      { class: 'ps-sheet', role: 'grid', 'aria-multiselectable': 'true' },
      this.heads,
      this.lines.body,
    );
    this.element.addEventListener(
      'scroll',
      () => {
        this.scrolled = performance.now();
        this.spare = SPARE;
        this.draw();
        clearTimeout(this.resting);
        this.resting = setTimeout(() => this.lines.order(), CALM);
      },
      { passive: true },
    );
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    this.drawn = '';
    this.width = 0;
    this.height = 0;
    this.grid = arrange([1], 0, 400);
    this.geometry = measure(this.grid, { width: 400, ratio: 1, captions: false });
    /** @type {import('./cell.js').Look} */
    this.look = { small: false, caption: false, without: [], role: 'gridcell' };
  }

  /** All is laid out anew; where one looks stays. */
  layout() {
    const { model } = this;
    const plain = model.filter.kind !== 'all';
    this.sizes = plain ? [model.shown.length] : model.sizes;
    this.grid = arrange(this.sizes, plain ? 0 : model.columns, this.width);
    const captions = model.captions !== 'none' && (plain || !this.grid.columnHeads);
    this.geometry = measure(this.grid, { width: this.width, ratio: model.ratio, captions });
    const outer = plain || !this.grid.headed ? [] : this.outerNames();
    this.look = {
      small: this.geometry.cell < 80,
      caption: captions,
      without: outer,
      role: 'gridcell',
    };
    set(this.element, 'aria-label', say('grid'));
    set(this.element, 'aria-rowcount', this.grid.rows + (this.grid.columnHeads ? 1 : 0));
    set(this.element, 'aria-colcount', this.grid.columns);
    this.heads.replaceChildren();
    this.element.style.setProperty('--ps-width', `${this.width}px`);
    this.heads.style.height = `${this.geometry.top}px`;
    this.heads.style.width = this.lines.body.style.width = `${this.geometry.width}px`;
    this.heads.hidden = !this.geometry.top;
    this.lines.body.style.height = `${Math.max(0, this.geometry.height)}px`;
    this.lines.side.hidden = !this.grid.headed;
    this.lines.clear();
    this.drawn = '';
    this.spare = 0;
    this.draw();
  }

  /** @param {number} within milliseconds */
  hasMoved(within) {
    return performance.now() - this.scrolled < within;
  }

  outerNames() {
    const long = (this.model.sweep?.axes ?? []).filter((axis) => axis.labels.length > 1);
    const headed = this.grid.columnHeads ? long : long.slice(0, -1);
    return headed.flatMap((axis) => [axis.name, ...axis.name.split(' · ')]);
  }

  resize() {
    const { clientWidth, clientHeight } = this.element;
    if (clientWidth === this.width && clientHeight === this.height) return;
    const wider = clientWidth !== this.width;
    this.width = clientWidth;
    this.height = clientHeight;
    if (wider) this.layout();
    else this.draw();
  }

  /** Puts into the page what is near the view. */
  draw() {
    if (!this.width || !this.model.shown.length) return;
    const { geometry, grid, element } = this;
    const rows = visible({
      offset: element.scrollTop - geometry.top - FIRST,
      view: this.height,
      step: geometry.rowStep,
      count: grid.rows,
      spare: this.spare,
    });
    const columns = visible({
      offset: element.scrollLeft,
      view: this.width - geometry.left,
      step: geometry.step,
      count: grid.columns,
      spare: this.spare,
    });
    const pinned = this.placeOf(this.model.focus);
    const sign = [rows.first, rows.end, columns.first, columns.end, this.model.focus].join();
    if (this.drawn === sign) return;
    this.drawn = sign;
    this.lines.show(rows, columns, pinned);
    makeColumnHeads(this, columns);
  }

  /** @param {number} index @returns {{row: number, column: number} | null} */
  placeOf(index) {
    const at = this.model.shown.indexOf(index);
    return at < 0 ? null : place(this.grid, at);
  }

  /**
   * Brings a frame into view, and the focus onto it.
   * @param {number} index
   * @param {boolean} focus
   */
  reveal(index, focus) {
    const at = this.placeOf(index);
    if (!at) return;
    const { geometry, element } = this;
    const top = geometry.top + FIRST + at.row * geometry.rowStep;
    const left = geometry.left + at.column * geometry.step;
    const lead = geometry.wide ? geometry.left : 0;
    element.scrollTop = reveal({
      start: top - geometry.top - 6,
      end: top + geometry.rowStep,
      offset: element.scrollTop,
      view: this.height,
    });
    element.scrollLeft = reveal({
      start: left - lead - 6,
      end: left + geometry.cell + 12,
      offset: element.scrollLeft,
      view: this.width,
    });
    this.draw();
    if (focus) this.lines.cells.get(index)?.focus({ preventScroll: true });
  }
}
