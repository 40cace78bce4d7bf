/* The sheet itself: rows of cells under sticky headers. Only what is near the view is in the page;
   a change patches the cells it concerns. */

import { h, set } from '../common/dom.js';
import { countColumns, makeColumnHeads } from './column_heads.js';
import { FIRST, arrange, measure, place } from './layout.js';
import { patchRowHead } from './row_heads.js';
import { Rows } from './rows.js';
import { Thumbs } from './thumbs.js';
import { reveal, visible } from './virtual.js';
import { fromFocus } from '../model/moving.js';
import { tallies } from '../model/tallies.js';
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
    this.files = files;
    this.heads = h('div', { class: 'ps-heads', role: 'row', 'aria-rowindex': 1 });
    this.scrolled = -CALM;
    this.spare = 0;
    this.thumbs = new Thumbs({
      moving: () => this.hasMoved(MOVING),
      calm: () => model.phase !== 'running' && !this.hasMoved(CALM),
    });
    this.rows = new Rows(this, files, this.thumbs);
    this.element = h(
      'div',
      { class: 'ps-sheet', role: 'grid', 'aria-multiselectable': 'true' },
      this.heads,
      this.rows.body,
    );
    this.element.addEventListener('scroll', () => this.scroll(), { passive: true });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.resting = undefined;
    this.drawn = '';
    this.width = 0;
    this.height = 0;
    this.arrangement = arrange([1], 0, 400);
    this.geometry = measure(this.arrangement, { width: 400 });
    /** @type {import('../model/tallies.js').Tallies | null} of the headings, where they say them */
    this.tallies = null;
    /** @type {import('./cell.js').Look} */
    this.look = { small: false, caption: false, inner: false, role: 'gridcell' };
  }

  scroll() {
    this.scrolled = performance.now();
    this.spare = SPARE;
    this.draw();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.rows.order(), CALM);
  }

  /** All is laid out anew; where one looks stays. */
  layout() {
    const { model, width } = this;
    const plain = model.filter.kind !== 'all';
    const sizes = plain ? [model.shown.length] : model.seen.sizes;
    this.arrangement = arrange(sizes, plain ? 0 : model.columns, width);
    const { headed, columnHeads } = this.arrangement;
    const caption = model.captions !== 'none' && (plain || !columnHeads);
    this.tallies = headed && model.counts ? tallies(model) : null;
    const room = { width, ratio: model.ratio, captions: caption, counts: this.tallies !== null };
    this.geometry = measure(this.arrangement, { ...room, levels: model.seen.columns.length });
    const inner = !plain && headed;
    this.look = { small: this.geometry.cell < 80, caption, inner, role: 'gridcell' };
    this.outline();
    this.heads.replaceChildren();
    this.rows.clear();
    this.drawn = '';
    this.spare = 0;
    this.draw();
  }

  /** Marks have changed. */
  marked() {
    this.rows.patch();
    if (!this.tallies) return;
    this.tallies = tallies(this.model);
    countColumns(this);
    for (const [row, line] of this.rows.rows) patchRowHead(this, line, row);
  }

  /** The size of it all, and what is said of it. */
  outline() {
    const { element, heads, rows, geometry, arrangement } = this;
    set(element, 'aria-label', say('grid'));
    set(element, 'aria-rowcount', arrangement.rows + (arrangement.columnHeads ? 1 : 0));
    set(element, 'aria-colcount', arrangement.columns);
    element.style.setProperty('--ps-width', `${this.width}px`);
    heads.style.height = `${geometry.top}px`;
    heads.style.width = rows.body.style.width = `${geometry.width}px`;
    heads.hidden = !geometry.top;
    heads.classList.toggle('stacked', geometry.stacked);
    heads.style.setProperty('--ps-lead', `${geometry.wide ? geometry.left : 12}px`);
    rows.body.style.height = `${Math.max(0, geometry.height)}px`;
    rows.side.hidden = !arrangement.headed;
  }

  /** Loads what is shown, from the focus on. */
  lookAhead() {
    this.thumbs.want(fromFocus(this.model).map((frame) => this.files.url(frame.thumb)));
  }

  /** @param {number} within milliseconds */
  hasMoved(within) {
    return performance.now() - this.scrolled < within;
  }

  /** For moving among frames. */
  get shape() {
    const page = Math.max(1, Math.floor(this.height / this.geometry.rowStep));
    return { columns: this.arrangement.columns, page };
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
    const { geometry, arrangement, element } = this;
    const rows = visible({
      offset: element.scrollTop - geometry.top - FIRST,
      view: this.height,
      step: geometry.rowStep,
      count: arrangement.rows,
      spare: this.spare,
    });
    const columns = visible({
      offset: element.scrollLeft,
      view: this.width - geometry.left,
      step: geometry.step,
      count: arrangement.columns,
      spare: this.spare,
    });
    const pinned = this.placeOf(this.model.focus);
    const sign = [rows.first, rows.end, columns.first, columns.end, this.model.focus].join();
    if (this.drawn === sign) return;
    this.drawn = sign;
    this.rows.show(rows, columns, pinned);
    makeColumnHeads(this, columns);
  }

  /** @param {number} index @returns {{row: number, column: number} | null} */
  placeOf(index) {
    const at = this.model.shown.indexOf(index);
    return at < 0 ? null : place(this.arrangement, at);
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
    if (focus) this.rows.cells.get(index)?.focus({ preventScroll: true });
  }

  dispose() {
    clearTimeout(this.resting);
    this.thumbs.stop();
  }
}
