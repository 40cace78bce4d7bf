/* Which frames a sheet shows. */

/** @typedef {{kind: string, stars?: number, place?: number}} Filter
 *   kind: all, picked, unrejected, stars, row, column */

/**
 * @param {Filter} filter
 * @param {import('./marks.js').Marks} marks
 * @param {{id: string, index: number, inner: number}} frame `inner`: how many frames a row has
 */
export function passes({ kind, stars = 0, place = 0 }, marks, { id, index, inner }) {
  if (kind === 'picked') return marks.place(id) > 0;
  if (kind === 'unrejected') return !marks.isRejected(id);
  if (kind === 'stars') return marks.stars(id) >= stars;
  if (kind === 'row') return Math.floor(index / inner) === place;
  return kind === 'column' ? index % inner === place : true;
}
