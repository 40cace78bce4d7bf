/* The sheet itself: rows of cells under sticky headers. Only what is near the view is in the page;
   a change patches the cells it concerns. */

import { makeCell, patchCell } from './cell.js';
import { h, set } from './dom.js';
import { makeColumnHeads, makeRowHead } from './heads.js';
import { FIRST, ROW_GAP, arrange, indexAt, measure, place } from './layout.js';
import { reveal, visible } from './virtual.js';
import { say } from './texts.js';

/** @typedef {import('./model.js').SheetModel} SheetModel */
/** @typedef {import('./layout.js').Grid} Arrangement */

const CALM = 300; // milliseconds
const SPARE_ROWS = 1;
const SPARE_COLUMNS = 1;

export class Grid {
  /** @param {SheetModel} model @param {import('./cell.js').Files} files */
  constructor(model, files) {
    this.model = model;
    this.files = files;
    this.heads = h('div', { class: 'ps-heads', role: 'row', 'aria-rowindex': 1 });
    this.body = h('div', { class: 'ps-rows', role: 'presentation' });
    this.element = h('div', { class: 'ps-sheet', role: 'grid', 'aria-multiselectable': 'true' }, this.heads, this.body);
    this.scrolled = 0;
    this.element.addEventListener('scroll', () => {
      this.scrolled = performance.now();
      this.draw();
    }, { passive: true });
    /** @type {Map<number, HTMLElement>} row -> its element */
    this.rows = new Map();
    /** @type {Map<number, HTMLElement>} frame index -> its cell */
    this.cells = new Map();
    /** @type {Set<number>} rows that have all their cells of the columns in view */
    this.whole = new Set();
    this.drawn = this.across = '';
    this.width = 0;
    this.height = 0;
    this.grid = arrange([1], 0, 400);
    this.geometry = measure(this.grid, { width: 400, ratio: 1, captions: false });
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
    this.look = { small: this.geometry.cell < 80, caption: captions, without: outer, role: 'gridcell' };
    set(this.element, 'aria-label', say('grid'));
    set(this.element, 'aria-rowcount', this.grid.rows + (this.grid.columnHeads ? 1 : 0));
    set(this.element, 'aria-colcount', this.grid.columns);
    this.heads.replaceChildren();
    this.element.style.setProperty('--ps-width', `${this.width}px`);
    this.heads.style.height = `${this.geometry.top}px`;
    this.heads.style.width = this.body.style.width = `${this.geometry.width}px`;
    this.heads.hidden = !this.geometry.top;
    this.body.style.height = `${Math.max(0, this.geometry.height)}px`;
    this.body.replaceChildren();
    this.rows.clear();
    this.cells.clear();
    this.whole.clear();
    this.drawn = '';
    this.draw();
  }

  /** Whether all in view is there, and nothing has moved for a moment. */
  get isCalm() {
    const images = /** @type {HTMLImageElement[]} */ ([...this.body.querySelectorAll('img')]);
    return performance.now() - this.scrolled > CALM && images.every((image) => image.complete);
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

  /** Puts into the page what is near the view, and takes out what is not. */
  draw() {
    if (!this.width || !this.model.shown.length) return;
    const { geometry, grid, element } = this;
    const rows = visible({ offset: element.scrollTop - geometry.top - FIRST, view: this.height, step: geometry.rowStep, count: grid.rows, spare: SPARE_ROWS });
    const columns = visible({ offset: element.scrollLeft, view: this.width, step: geometry.step, count: grid.columns, spare: SPARE_COLUMNS });
    const pinned = this.placeOf(this.model.focus);
    const sign = [rows.first, rows.end, columns.first, columns.end, this.model.focus].join();
    if (this.drawn === sign) return;
    this.drawn = sign;
    if (this.across !== `${columns.first} ${columns.end}`) this.whole.clear();
    this.across = `${columns.first} ${columns.end}`;
    for (const [row, node] of this.rows) {
      if ((row < rows.first || row >= rows.end) && row !== pinned?.row) this.drop(row, node);
    }
    if (pinned) this.fill(pinned.row, { first: pinned.column, end: pinned.column + 1 }, false);
    for (let row = rows.first; row < rows.end; row += 1) {
      if (!this.whole.has(row)) this.fill(row, columns, true);
      this.whole.add(row);
    }
    makeColumnHeads(this, columns);
  }

  /** @param {number} row @param {{first: number, end: number}} columns @param {boolean} whole other cells of the row may go */
  fill(row, columns, whole) {
    const node = this.rows.get(row) ?? this.makeRow(row);
    const pinned = this.model.focus;
    if (whole) {
      for (const cell of /** @type {HTMLElement[]} */ ([...node.querySelectorAll('.ps-cell')])) {
        const index = Number(cell.dataset.index);
        const { column } = place(this.grid, this.model.shown.indexOf(index));
        if ((column < columns.first || column >= columns.end) && index !== pinned) {
          cell.remove();
          this.cells.delete(index);
        }
      }
    }
    for (let column = columns.first; column < columns.end; column += 1) this.cellAt(node, row, column);
  }

  /** @param {HTMLElement} node @param {number} row @param {number} column */
  cellAt(node, row, column) {
    const at = indexAt(this.grid, row, column, this.model.shown.length);
    if (at < 0) return;
    const index = this.model.shown[at];
    if (this.cells.has(index)) return;
    const cell = makeCell(index, 'gridcell');
    const { left, step, cell: width, picture, rowHead } = this.geometry;
    const style = { left: `${left + column * step}px`, top: `${rowHead}px`, width: `${width}px`, '--pic': `${picture}px` };
    for (const [name, value] of Object.entries(style)) cell.style.setProperty(name, value);
    set(cell, 'aria-colindex', column + 1);
    patchCell(cell, this.model, this.files, this.lookNow);
    this.cells.set(index, cell);
    node.append(cell);
  }

  get lookNow() { return this.look ?? { small: false, caption: false, without: [], role: 'gridcell' }; }

  /** @param {number} row */
  makeRow(row) {
    const { rowStep, width } = this.geometry;
    const style = { top: `${FIRST + row * rowStep}px`, height: `${rowStep - ROW_GAP}px`, width: `${width}px` };
    const node = h('div', { class: 'ps-line', role: 'row', style, 'aria-rowindex': row + 1 + (this.grid.columnHeads ? 1 : 0) });
    const head = this.grid.headed ? makeRowHead(this, row) : null;
    if (head) node.append(head);
    this.rows.set(row, node);
    this.body.append(node);
    return node;
  }

  /** @param {number} row @param {HTMLElement} node */
  drop(row, node) {
    for (const cell of /** @type {NodeListOf<HTMLElement>} */ (node.querySelectorAll('.ps-cell'))) this.cells.delete(Number(cell.dataset.index));
    node.remove();
    this.rows.delete(row);
    this.whole.delete(row);
  }

  /** @param {number} index @returns {{row: number, column: number} | null} */
  placeOf(index) {
    const at = this.model.shown.indexOf(index);
    return at < 0 ? null : place(this.grid, at);
  }

  /** @param {Iterable<number>} [indices] all that are in the page if left out */
  patch(indices = this.cells.keys()) {
    for (const index of indices) {
      const cell = this.cells.get(index);
      if (cell) patchCell(cell, this.model, this.files, this.lookNow);
    }
  }

  /** Brings a frame into view, and the focus onto it. @param {number} index @param {boolean} focus */
  reveal(index, focus) {
    const at = this.placeOf(index);
    if (!at) return;
    const { geometry, element } = this;
    const top = geometry.top + FIRST + at.row * geometry.rowStep;
    const left = geometry.left + at.column * geometry.step;
    const lead = geometry.wide ? geometry.left : 0;
    element.scrollTop = reveal({ start: top - geometry.top - 6, end: top + geometry.rowStep, offset: element.scrollTop, view: this.height });
    element.scrollLeft = reveal({ start: left - lead - 6, end: left + geometry.cell + 12, offset: element.scrollLeft, view: this.width });
    this.draw();
    if (focus) this.cells.get(index)?.focus({ preventScroll: true });
  }
}
