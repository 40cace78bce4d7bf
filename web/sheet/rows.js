/* The rows in the page. One that scrolls out of view becomes one that comes into it: what comes or
   goes costs the page more than what changes. */

import { clearCell, makeCell, nameCell, patchCell } from './cell.js';
import { h, set } from '../common/dom.js';
import { FIRST, ROW_GAP, indexAt } from './layout.js';
import { patchRowHead } from './row_heads.js';

/** @typedef {import('./grid.js').Grid} Grid */
/** @typedef {import('./thumbs.js').Thumbs} Thumbs */
/**
 * @typedef {{node: HTMLElement, cells: Map<number, HTMLElement>, seen: HTMLElement | null, said:
 *   HTMLElement | null}} Line its cells by column; its header as seen beside it and as said inside
 *   it
 */
/** @typedef {{first: number, end: number}} Span */

export class Rows {
  /** @param {Grid} grid @param {import('./cell.js').Files} files @param {Thumbs} thumbs */
  constructor(grid, files, thumbs) {
    this.grid = grid;
    this.thumbs = thumbs;
    this.files = { ...files, show: thumbs.show.bind(thumbs) };
    // One, as each sticky box is a layer of its own.
    this.side = h('div', { class: 'ps-side', 'aria-hidden': 'true' });
    this.body = h('div', { class: 'ps-rows', role: 'presentation' }, this.side);
    /** @type {Map<number, Line>} */
    this.rows = new Map();
    /** @type {Map<number, HTMLElement>} frame index -> its cell */
    this.cells = new Map();
    /** @type {Set<number>} rows that have all their cells of the columns in view */
    this.whole = new Set();
    /** @type {number[]} rows that are not near the view */
    this.free = [];
    this.across = '';
  }

  clear() {
    for (const cell of this.cells.values()) this.blank(cell);
    this.body.replaceChildren(this.side);
    this.side.replaceChildren();
    for (const each of [this.rows, this.cells, this.whole]) each.clear();
  }

  /**
   * Has these rows and columns in the page, and the one cell that has the focus.
   * @param {Span} rows
   * @param {Span} columns
   * @param {{row: number, column: number} | null} pinned
   */
  show(rows, columns, pinned) {
    if (this.across !== `${columns.first} ${columns.end}`) this.whole.clear();
    this.across = `${columns.first} ${columns.end}`;
    this.free = [...this.rows.keys()].filter(
      (row) => (row < rows.first || row >= rows.end) && row !== pinned?.row,
    );
    if (pinned)
      this.add(this.line(pinned.row), pinned.row, { first: pinned.column, end: pinned.column + 1 });
    for (let row = rows.first; row < rows.end; row += 1) {
      if (!this.whole.has(row)) this.fill(row, columns);
      this.whole.add(row);
    }
  }

  /** @param {number} row @param {Span} columns */
  fill(row, columns) {
    const line = this.line(row);
    for (const [column, cell] of line.cells) {
      const isNear = column >= columns.first && column < columns.end;
      if (!isNear && Number(cell.dataset.index) !== this.grid.model.focus)
        this.drop(line, column, cell);
    }
    this.add(line, row, columns);
  }

  /** @param {Line} line @param {number} row @param {Span} columns */
  add(line, row, columns) {
    const { left, step, cell: width, picture, rowHead } = this.grid.geometry;
    for (let column = columns.first; column < columns.end; column += 1) {
      const index = this.indexAt(row, column);
      if (index < 0 || line.cells.has(column)) continue;
      const cell = makeCell('gridcell');
      const style = {
        left: `${left + column * step}px`,
        top: `${rowHead}px`,
        width: `${width}px`,
        '--pic': `${picture}px`,
      };
      for (const [name, value] of Object.entries(style)) cell.style.setProperty(name, value);
      set(cell, 'aria-colindex', column + 1);
      this.name(cell, index);
      line.cells.set(column, cell);
      line.node.append(cell);
    }
  }

  /** The frame at a place, or -1. @param {number} row @param {number} column */
  indexAt(row, column) {
    const { shown } = this.grid.model;
    const at = indexAt(this.grid.arrangement, row, column, shown.length);
    return at < 0 ? -1 : shown[at];
  }

  /** @param {number} row @returns {Line} */
  line(row) {
    const there = this.rows.get(row);
    if (there) return there;
    const free = this.free.pop();
    const line = free === undefined ? this.make() : this.release(free);
    line.node.style.top = `${FIRST + row * this.grid.geometry.rowStep}px`;
    set(line.node, 'aria-rowindex', row + 1 + (this.grid.arrangement.columnHeads ? 1 : 0));
    patchRowHead(this.grid, line, row);
    this.rows.set(row, line);
    for (const [column, cell] of line.cells) {
      const index = this.indexAt(row, column);
      if (index < 0) this.drop(line, column, cell);
      else this.name(cell, index);
    }
    return line;
  }

  /** @returns {Line} */
  make() {
    const { rowStep, width } = this.grid.geometry;
    const node = h('div', {
      class: 'ps-line',
      role: 'row',
      style: { height: `${rowStep - ROW_GAP}px`, width: `${width}px` },
    });
    this.body.append(node);
    return { node, cells: new Map(), seen: null, said: null };
  }

  /** A line whose cells will be of others. @param {number} row @returns {Line} */
  release(row) {
    const line = /** @type {Line} */ (this.rows.get(row));
    for (const cell of line.cells.values()) this.blank(cell);
    this.rows.delete(row);
    this.whole.delete(row);
    return line;
  }

  /** @param {HTMLElement} cell @param {number} index */
  name(cell, index) {
    nameCell(cell, index);
    this.cells.set(index, cell);
    this.patch([index]);
  }

  /** @param {Iterable<number>} [indices] all that are in the page if left out */
  patch(indices = this.cells.keys()) {
    for (const index of indices) {
      const cell = this.cells.get(index);
      if (cell) patchCell(cell, this.grid.model, this.files, this.grid.look);
    }
  }

  /** For whoever reads the page from front to end: rows and cells in their order again. */
  order() {
    const by = (/** @type {[number, any]} */ [a], /** @type {[number, any]} */ [b]) => a - b;
    const lines = [...this.rows].sort(by).map(([, line]) => line);
    for (const { cells } of lines) inOrder([...cells].sort(by).map(([, cell]) => cell));
    inOrder(lines.map(({ node }) => node));
  }

  /** @param {Line} line @param {number} column @param {HTMLElement} cell */
  drop(line, column, cell) {
    this.blank(cell);
    line.cells.delete(column);
    cell.remove();
  }

  /** @param {HTMLElement} cell that is of no frame now */
  blank(cell) {
    const index = Number(cell.dataset.index);
    if (this.cells.get(index) === cell) this.cells.delete(index);
    const image = clearCell(cell);
    if (image) this.thumbs.forget(image);
  }
}

/** Never moves the element that has the focus: it would lose it. @param {HTMLElement[]} elements */
function inOrder(elements) {
  const follows = (/** @type {HTMLElement} */ each, /** @type {number} */ at) =>
    !at || elements[at - 1].compareDocumentPosition(each) & Node.DOCUMENT_POSITION_FOLLOWING;
  if (elements.every(follows)) return;
  const still = Math.max(
    0,
    elements.findIndex((each) => each.contains(document.activeElement)),
  );
  elements[still].before(...elements.slice(0, still));
  elements[still].after(...elements.slice(still + 1));
}
