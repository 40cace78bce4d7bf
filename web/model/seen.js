/* How the frames of a sheet lie: which axes head its rows, which its columns, and in what order one
   comes by the frames. Rows are all axes but the innermost; swapped, the innermost alone. */

import { filledAxes } from './sweep.js';

/** @typedef {import('./sweep.js').Axis} Axis */
/** @typedef {'row' | 'column'} Kind of a line of frames */

export class Seen {
  /** @param {Axis[]} axes that the frames fill, outermost first; none where they fill none
   * @param {number} count of frames @param {boolean} swapped */
  constructor(axes, count, swapped) {
    this.axes = axes;
    this.count = count;
    this.inner = Math.max(1, axes.at(-1)?.labels.length ?? count);
    this.isSwapped = swapped && axes.length > 1;
    const [outer, inner] = [axes.slice(0, -1), axes.slice(-1)];
    /** What heads rows and columns, outermost first. */
    this.rows = this.isSwapped ? inner : outer;
    this.columns = this.isSwapped ? outer : inner;
  }

  get outer() {
    return Math.ceil(this.count / this.inner);
  }

  /** Frames in a row. */
  get across() {
    return this.isSwapped ? this.outer : this.inner;
  }

  /** Lengths of what heads rows, and then of a row; one of all where frames fill no axes. */
  get sizes() {
    return [...this.rows.map((axis) => axis.labels.length), this.across];
  }

  /** The place, from 0, of the row or column that a frame is in.
   * @param {Kind} kind @param {number} index */
  line(kind, index) {
    const isInner = (kind === 'column') !== this.isSwapped;
    return isInner ? index % this.inner : Math.floor(index / this.inner);
  }

  /** The frame at a place. @param {number} row @param {number} column */
  indexAt(row, column) {
    const [outer, inner] = this.isSwapped ? [column, row] : [row, column];
    return outer * this.inner + inner;
  }

  /** Row by row. @returns {number[]} */
  get order() {
    const { across, count } = this;
    return Array.from({ length: count }, (_, at) =>
      this.indexAt(Math.floor(at / across), at % across),
    );
  }

  /** The frames of the row that a frame is in, in their order. @param {number} index */
  rowOf(index) {
    const row = this.line('row', index);
    const all = Array.from({ length: this.across }, (_, column) => this.indexAt(row, column));
    return all.filter((each) => each < this.count);
  }
}

/** @param {import('./sweep.js').Sweep | null} sweep @param {boolean} swapped */
export const seenOf = (sweep, swapped) =>
  sweep ? new Seen(filledAxes(sweep), sweep.frames.length, swapped) : new Seen([], 0, false);

/** Where each of the axes that head a line stands there, outermost first.
 * @param {Axis[]} axes @param {number} line its place, from 0 @returns {number[]} */
export function places(axes, line) {
  /** @type {number[]} */
  const found = [];
  for (const { labels } of [...axes].reverse()) {
    found.unshift(line % labels.length);
    line = Math.floor(line / labels.length);
  }
  return found;
}
