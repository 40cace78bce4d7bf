/* The headings of the rows: seen beside or above the row, and said inside it. */

import { h, set, write } from '../common/dom.js';
import { places } from '../model/seen.js';
import { FIRST } from './layout.js';
import { fullText, named, numbered } from './line_names.js';
import { makeTally, patchTally, tallyText } from './tally.js';

/** @typedef {import('./grid.js').Grid} Grid */
/** @typedef {import('./rows.js').Line} Line */
/** @typedef {import('../model/tallies.js').Tally} Tally */
/** @typedef {[tag: string, text: string]} Text */
/** @typedef {{said: string, title: string, texts: Text[], tallies: Tally[]}} Head */

/** @param {Grid} grid @param {Line} line @param {number} row */
export function patchRowHead(grid, line, row) {
  const head =
    grid.arrangement.headed && row % grid.arrangement.lines === 0 ? headOf(grid, row) : null;
  if (!head) {
    line.seen?.remove();
    line.said?.remove();
    line.seen = line.said = null;
    return;
  }
  line.said ??= line.node.appendChild(h('span', { class: 'ps-hidden', role: 'rowheader' }));
  write(line.said, head.said);
  line.seen ??= grid.rows.side.appendChild(h('div', { class: 'ps-rowhead' }));
  const { rowStep, wide, sideHead } = grid.geometry;
  line.seen.style.top = `${FIRST + row * rowStep}px`;
  line.seen.style.height = wide ? `${sideHead}px` : '';
  set(line.seen, 'data-row', row);
  set(line.seen, 'title', head.title);
  fill(line.seen, head);
}

/** @param {HTMLElement} seen @param {Head} head */
function fill(seen, { texts, tallies }) {
  const shape = `${texts.map(([tag]) => tag)} ${tallies.length}`;
  if (seen.dataset.shape !== shape) {
    seen.dataset.shape = shape;
    seen.replaceChildren(...shaped(texts, tallies.length));
  }
  const written = seen.querySelectorAll('b, i, p');
  for (const [at, [, text]] of texts.entries()) write(written[at], text);
  const counted = /** @type {NodeListOf<HTMLElement>} */ (seen.querySelectorAll('.ps-tally'));
  for (const [at, tally] of tallies.entries()) patchTally(counted[at], tally);
}

/** Each name with its counts; the counts of a single one stand under its text.
 * @param {Text[]} texts @param {number} counts */
function shaped(texts, counts) {
  const elements = texts.map(([tag]) => {
    const element = h(tag);
    return counts > 1 && tag !== 'p' ? h('div', {}, element, makeTally()) : element;
  });
  return counts === 1 ? [...elements, makeTally()] : elements;
}

/** @param {Grid} grid @param {number} row @returns {Head} */
function headOf({ model, arrangement, geometry, tallies }, row) {
  const { rows } = model.seen;
  const line = Math.floor(row / arrangement.lines);
  const [first, ...rest] = places(rows, line);
  const title = numbered(rows[0], first);
  const others = rest.map((value, at) => named(rows[at + 1], value));
  const whole = fullText(rows[0], first);
  const counts = tallies ? countsOf(tallies.rows, line) : [];
  const said = [title, ...others].map((name, level) =>
    [name, counts[level] && tallyText(counts[level])].filter(Boolean).join(', '),
  );
  return {
    said: said.join(', '),
    title: [whole, ...others].filter(Boolean).join('\n'),
    texts: [
      ['b', title],
      ...others.map((each) => /** @type {Text} */ (['i', geometry.wide ? each : `· ${each}`])),
      ...(whole && whole !== rows[0].labels[first] ? [/** @type {Text} */ (['p', whole])] : []),
    ],
    tallies: counts,
  };
}

/** Of each level, the counts of what the line is in.
 * @param {Tally[][]} levels @param {number} line */
const countsOf = (levels, line) => {
  const lines = levels.at(-1)?.length ?? 1;
  return levels.map((level) => level[Math.floor((line * level.length) / lines)]);
};
