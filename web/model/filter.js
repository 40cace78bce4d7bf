/* Which frames a sheet shows. */

/** @typedef {{kind: string, stars?: number, place?: number}} Filter
 *   kind: all, picked, unrejected, stars, row, column */

/**
 * @param {Filter} filter
 * @param {import('./marks.js').Marks} marks
 * @param {{id: string, index: number, seen: import('./seen.js').Seen}} frame
 */
export function passes({ kind, stars = 0, place = 0 }, marks, { id, index, seen }) {
  if (kind === 'picked') return marks.place(id) > 0;
  if (kind === 'unrejected') return !marks.isRejected(id);
  if (kind === 'stars') return marks.stars(id) >= stars;
  if (kind === 'row' || kind === 'column') return seen.line(kind, index) === place;
  return true;
}
