/* The sheet itself: rows of cells under sticky headers. Only what is near the view is in the page;
   a change patches the cells it concerns. */

import { makeCell, nameCell, patchCell } from './cell.js';
import { h, set } from './dom.js';
import { makeColumnHeads, patchRowHead } from './heads.js';
import { FIRST, ROW_GAP, arrange, indexAt, measure, place } from './layout.js';
import { Thumbs } from './thumbs.js';
import { reveal, visible } from './virtual.js';
import { say } from './texts.js';

/** @typedef {import('./model.js').SheetModel} SheetModel */
/** @typedef {import('./layout.js').Grid} Arrangement */
/** @typedef {{node: HTMLElement, cells: Map<number, HTMLElement>, seen: HTMLElement | null, said: HTMLElement | null}} Line
 *   a row in the page: its cells by column; its header as seen beside it and as said inside it */

const MOVING = 150; // milliseconds
const CALM = 300;
const SPARE = 1; // rows and columns beyond the view, once someone scrolls

export class Grid {
  /** @param {SheetModel} model @param {import('./cell.js').Files} files */
  constructor(model, files) {
    this.model = model;
    this.heads = h('div', { class: 'ps-heads', role: 'row', 'aria-rowindex': 1 });
    this.side = h('div', { class: 'ps-side', 'aria-hidden': 'true' }); // one, as each sticky box is a layer of its own
    this.body = h('div', { class: 'ps-rows', role: 'presentation' }, this.side);
    this.element = h('div', { class: 'ps-sheet', role: 'grid', 'aria-multiselectable': 'true' }, this.heads, this.body);
    this.scrolled = -CALM;
    this.spare = 0;
    this.thumbs = new Thumbs({ moving: () => this.hasMoved(MOVING), calm: () => model.phase !== 'running' && !this.hasMoved(CALM) });
    this.files = { ...files, show: this.thumbs.show.bind(this.thumbs) };
    this.element.addEventListener('scroll', () => {
      this.scrolled = performance.now();
      this.spare = SPARE;
      this.draw();
    }, { passive: true });
    /** @type {Map<number, Line>} */
    this.rows = new Map();
    /** @type {number[]} rows in the page that are not near the view */
    this.free = [];
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
    this.body.replaceChildren(this.side);
    this.side.replaceChildren();
    this.side.hidden = !this.grid.headed;
    this.rows.clear();
    for (const cell of this.cells.values()) this.blank(cell);
    this.cells.clear();
    this.whole.clear();
    this.drawn = '';
    this.spare = 0;
    this.draw();
  }

  /** @param {number} within milliseconds */
  hasMoved(within) { return performance.now() - this.scrolled < within; }

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

  /** Puts into the page what is near the view. Rows that are not become those that are: what comes
   * or goes costs the page more than what changes. */
  draw() {
    if (!this.width || !this.model.shown.length) return;
    const { geometry, grid, element } = this;
    const rows = visible({ offset: element.scrollTop - geometry.top - FIRST, view: this.height, step: geometry.rowStep, count: grid.rows, spare: this.spare });
    const columns = visible({ offset: element.scrollLeft, view: this.width - geometry.left, step: geometry.step, count: grid.columns, spare: this.spare });
    const pinned = this.placeOf(this.model.focus);
    const sign = [rows.first, rows.end, columns.first, columns.end, this.model.focus].join();
    if (this.drawn === sign) return;
    this.drawn = sign;
    if (this.across !== `${columns.first} ${columns.end}`) this.whole.clear();
    this.across = `${columns.first} ${columns.end}`;
    this.free = [...this.rows.keys()].filter((row) => (row < rows.first || row >= rows.end) && row !== pinned?.row);
    if (pinned) this.fill(pinned.row, { first: pinned.column, end: pinned.column + 1 }, false);
    for (let row = rows.first; row < rows.end; row += 1) {
      if (!this.whole.has(row)) this.fill(row, columns, true);
      this.whole.add(row);
    }
    makeColumnHeads(this, columns);
  }

  /** @param {number} row @param {{first: number, end: number}} columns @param {boolean} whole other cells of the row may go */
  fill(row, columns, whole) {
    const line = this.rows.get(row) ?? this.makeRow(row);
    if (whole) {
      for (const [column, cell] of line.cells) {
        if ((column < columns.first || column >= columns.end) && Number(cell.dataset.index) !== this.model.focus) this.drop(line, column, cell);
      }
    }
    for (let column = columns.first; column < columns.end; column += 1) if (!line.cells.has(column)) this.addCell(line, row, column);
  }

  /** @param {Line} line @param {number} row @param {number} column */
  addCell(line, row, column) {
    const at = indexAt(this.grid, row, column, this.model.shown.length);
    if (at < 0) return;
    const cell = makeCell('gridcell');
    const { left, step, cell: width, picture, rowHead } = this.geometry;
    const style = { left: `${left + column * step}px`, top: `${rowHead}px`, width: `${width}px`, '--pic': `${picture}px` };
    for (const [name, value] of Object.entries(style)) cell.style.setProperty(name, value);
    set(cell, 'aria-colindex', column + 1);
    this.showIn(cell, this.model.shown[at]);
    line.cells.set(column, cell);
    line.node.append(cell);
  }

  /** @param {HTMLElement} cell @param {number} index */
  showIn(cell, index) {
    nameCell(cell, index);
    patchCell(cell, this.model, this.files, this.lookNow);
    this.cells.set(index, cell);
  }

  get lookNow() { return this.look ?? { small: false, caption: false, without: [], role: 'gridcell' }; }

  /** @param {number} row @returns {Line} */
  makeRow(row) {
    const { rowStep, width } = this.geometry;
    const free = this.free.pop();
    const line = free === undefined ? this.newLine(`${rowStep - ROW_GAP}px`, `${width}px`) : this.release(free);
    line.node.style.top = `${FIRST + row * rowStep}px`;
    set(line.node, 'aria-rowindex', row + 1 + (this.grid.columnHeads ? 1 : 0));
    patchRowHead(this, line, row);
    this.rows.set(row, line);
    for (const [column, cell] of line.cells) {
      const at = indexAt(this.grid, row, column, this.model.shown.length);
      if (at < 0) this.drop(line, column, cell);
      else this.showIn(cell, this.model.shown[at]);
    }
    return line;
  }

  /** @param {string} height @param {string} width @returns {Line} */
  newLine(height, width) {
    const node = h('div', { class: 'ps-line', role: 'row', style: { height, width } });
    this.body.append(node);
    return { node, cells: new Map(), seen: null, said: null };
  }

  /** A line whose cells will show others. @param {number} row @returns {Line} */
  release(row) {
    const line = /** @type {Line} */ (this.rows.get(row));
    for (const cell of line.cells.values()) {
      this.cells.delete(Number(cell.dataset.index));
      this.blank(cell);
    }
    this.rows.delete(row);
    this.whole.delete(row);
    return line;
  }

  /** No picture under another frame's number. @param {HTMLElement} cell */
  blank(cell) {
    const image = cell.querySelector('img');
    if (!image) return;
    this.thumbs.forget(image);
    image.removeAttribute('src');
  }

  /** @param {Line} line @param {number} column @param {HTMLElement} cell */
  drop(line, column, cell) {
    const index = Number(cell.dataset.index);
    if (this.cells.get(index) === cell) this.cells.delete(index);
    line.cells.delete(column);
    this.blank(cell);
    cell.remove();
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
