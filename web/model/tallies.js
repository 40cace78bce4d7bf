/* Picks and stars of each row and column, so that one sees which prompt or setting wins. */

/** @typedef {{picks: number, stars: number, first: boolean}} Tally
 *   `stars`: their sum; `first`: no other of its kind has more picks, or as many and more stars */
/** @typedef {{rows: Tally[][], columns: Tally[][]}} Tallies
 *   of every heading: by its level, outermost first, and by its place there */

/** @param {import('./sheet_model.js').SheetModel} model @returns {Tallies} */
export function tallies({ frames, marks, seen }) {
  const rows = zeros(seen.isSwapped ? seen.inner : seen.outer);
  const columns = zeros(seen.across);
  const picked = new Set(marks.picks);
  for (const [index, { id }] of frames.entries()) {
    const more = { picks: Number(picked.has(id)), stars: marks.stars(id) };
    if (!more.picks && !more.stars) continue;
    add(rows[seen.line('row', index)], more);
    add(columns[seen.line('column', index)], more);
  }
  return { rows: levels(rows, seen.rows), columns: levels(columns, seen.columns) };
}

/** @param {number} count @returns {Tally[]} */
const zeros = (count) =>
  Array.from({ length: count }, () => ({ picks: 0, stars: 0, first: false }));

/** @param {Tally} tally @param {Pick<Tally, 'picks' | 'stars'>} more */
function add(tally, more) {
  tally.picks += more.picks;
  tally.stars += more.stars;
}

/** Those of the innermost headings, and of each level what stands under it.
 * @param {Tally[]} lines @param {import('./sweep.js').Axis[]} axes @returns {Tally[][]} */
function levels(lines, axes) {
  if (!axes.length) return [];
  const found = [lines];
  for (const { labels } of axes.slice(1).reverse()) {
    const inside = found[0];
    const outside = zeros(inside.length / labels.length);
    for (const [at, tally] of inside.entries()) add(outside[Math.floor(at / labels.length)], tally);
    found.unshift(outside);
  }
  for (const level of found) markFirst(level);
  return found;
}

/** @param {Tally[]} level */
function markFirst(level) {
  const most = level.reduce((best, each) => (over(each, best) > 0 ? each : best));
  for (const tally of level) tally.first = over(most, tally) === 0 && over(tally, NONE) > 0;
}

const NONE = { picks: 0, stars: 0 };

/** @param {Pick<Tally, 'picks' | 'stars'>} a @param {Pick<Tally, 'picks' | 'stars'>} b */
const over = (a, b) => a.picks - b.picks || a.stars - b.stars;
