/* Where everything in the grid goes, in pixels of the face. Pure arithmetic: nothing is drawn or
   measured here. As nodes/core/sheet/layout.py has it; rows and columns are as they are seen. */

/** @typedef {{columns: number, lines: number, inner: number, rows: number, headed: boolean,
 *   columnHeads: boolean}} Grid
 *   `lines`: rows that one run through the innermost axis takes; `headed`: rows have headers */

/** @typedef {{cell: number, picture: number, left: number, step: number, rowStep: number,
 *   rowHead: number, sideHead: number, top: number, stacked: boolean, width: number,
 *   height: number, wide: boolean}} Geometry
 *   `left`: where the first column begins; `rowHead`: height of a header above its row (narrow);
 *   `sideHead`: of one beside it; `top`: of the column headers; `stacked`: counts under their names
 *   there; `width`, `height`: of all that scrolls */
/** @typedef {{width: number, ratio?: number, captions?: boolean, counts?: boolean,
 *   levels?: number}} Room
 *   `ratio`: height of a picture by its width; `counts`: headings have counts; `levels`: of column
 *   headings */

const GAP = 8;
export const ROW_GAP = 12;
const PADDING = 12;
const LEAST_CELL = 56;
export const WIDE = 600;
const LEAD = 136;
const META = 20;
const CAPTION = 16;
/** Height of a line of column headings, or of the axis' name above them. */
export const HEAD = 20;
const STACKED = 104; // narrower columns have their counts under their names
const TALLY = 16;
/** Room between the headers and the first row: a tag stands out over its picture. */
export const FIRST = 8;

/** Columns for frames without rows of their own: of the numbers near the root of the count, a
 * little wider than high, the one that fills the last row best (24 -> 6, 18 -> 6).
 * @param {number} count */
export function nearSquare(count) {
  const root = Math.max(1, Math.round(Math.sqrt(count)));
  const from = Math.min(Math.max(2, root - 1), count);
  const to = Math.min(root + 2, count);
  let best = from;
  for (let n = from; n <= to; n += 1) if (rank(n, count) < rank(best, count)) best = n;
  return best;
}

/** @param {number} n @param {number} count */
const rank = (n, count) => ((n - (count % n)) % n) * 1000 + Math.abs(n - 1.2 * Math.sqrt(count));

/** How many columns of at least 56 px a face has room for. @param {number} width */
export const roomFor = (width) =>
  Math.max(1, Math.floor((width - 2 * PADDING + GAP) / (LEAST_CELL + GAP)));

/** The grid of axes with these sizes, outermost first; axes of one value head nothing.
 * @param {number[]} sizes @param {number} columns 0: by itself @param {number} width of the face
 * @returns {Grid} */
export function arrange(sizes, columns, width) {
  const long = sizes.filter((size) => size > 1);
  const inner = long[long.length - 1] ?? 1;
  const headed = long.length > 1;
  const wanted = columns || (headed ? inner : Math.min(nearSquare(inner), roomFor(width)));
  const used = Math.max(1, Math.min(wanted, inner));
  const lines = Math.ceil(inner / used);
  const outer = long.slice(0, -1).reduce((product, size) => product * size, 1);
  return {
    columns: used,
    lines,
    inner,
    rows: outer * lines,
    headed,
    columnHeads: headed && lines === 1,
  };
}

/** Row and column, from 0, of the frame at `index`. @param {Grid} grid @param {number} index */
export function place(grid, index) {
  const outer = Math.floor(index / grid.inner);
  const inside = index % grid.inner;
  return {
    row: outer * grid.lines + Math.floor(inside / grid.columns),
    column: inside % grid.columns,
  };
}

/** The frame at a row and column, or -1 where there is none.
 * @param {Grid} grid @param {number} row @param {number} column @param {number} count */
export function indexAt(grid, row, column, count) {
  const inside = (row % grid.lines) * grid.columns + column;
  const index = Math.floor(row / grid.lines) * grid.inner + inside;
  const there = row >= 0 && column >= 0 && column < grid.columns && inside < grid.inner;
  return there && index < count ? index : -1;
}

/** @param {Grid} grid @param {Room} room @returns {Geometry} */
export function measure(grid, { width, ratio = 1, captions = false, counts = false, levels = 1 }) {
  const wide = width >= WIDE;
  const lead = grid.headed && wide ? LEAD + GAP : 0;
  const room = width - 2 * PADDING - lead;
  const cell = Math.max(LEAST_CELL, Math.floor((room + GAP) / grid.columns - GAP));
  const picture = Math.max(24, Math.round(cell * ratio));
  const rowHead = grid.headed && !wide ? 22 : 0;
  const rowStep = rowHead + picture + META + (captions ? CAPTION : 0) + ROW_GAP;
  const stacked = counts && cell < STACKED;
  const heads = (wide ? 4 : HEAD) + levels * HEAD + (stacked ? TALLY : 0);
  return {
    cell,
    picture,
    rowHead,
    rowStep,
    sideHead: picture + (counts ? META : 0),
    top: grid.columnHeads ? heads : 0,
    stacked,
    wide,
    left: PADDING + lead,
    step: cell + GAP,
    width: 2 * PADDING + lead + grid.columns * (cell + GAP) - GAP,
    height: FIRST + grid.rows * rowStep - ROW_GAP + PADDING,
  };
}
