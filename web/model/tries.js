/* A few frames to look at before all are made: the first of four rows, spread evenly. */

/** @typedef {import('./axes_told.js').Told} Told */

const MOST = 4;
export const PAIR_UP = 'pair up';

/** The frames' numbers; none where trying some first makes no sense, or the count is not known.
 * @param {Told} told @returns {number[]} */
export function tries(told) {
  const { count } = told;
  if (told.fault || !count) return [];
  const columns = columnsOf(told);
  const rows = count / columns;
  const n = Math.min(MOST, rows);
  if (n < 1 || n === count || !Number.isInteger(rows)) return [];
  const row = (/** @type {number} */ at) => Math.round((at * (rows - 1)) / Math.max(1, n - 1));
  return Array.from({ length: n }, (_, at) => row(at) * columns + 1);
}

/** Frames in a row: all values of the innermost axis. One axis alone has a row for each value.
 * @param {Told} told */
function columnsOf(told) {
  const long = told.axes.filter((axis) => (axis.count ?? 2) > 1);
  return long.length > 1 && told.combine !== PAIR_UP ? (long.at(-1)?.count ?? 1) : 1;
}
