/* The headings of the columns: a line for each axis that heads them, and one heading over all
   columns that it stands for. */

import { h } from '../common/dom.js';
import { shortened } from '../model/labels.js';
import { HEAD } from './layout.js';
import { fullText } from './line_names.js';
import { makeTally, patchTally } from './tally.js';

/** @typedef {import('./grid.js').Grid} Grid */
/** @typedef {import('../model/sweep.js').Axis} Axis */
/** @typedef {{first: number, end: number}} Span of columns */

/** @param {Grid} grid @param {Span} columns those in the page */
export function makeColumnHeads(grid, columns) {
  const { geometry, heads, model } = grid;
  if (!geometry.top) return;
  const sign = `${columns.first} ${columns.end}`;
  if (heads.childElementCount && heads.dataset.sign === sign) return;
  heads.dataset.sign = sign;
  const axes = model.seen.columns;
  const lines = axes.map((axis, level) => {
    const inside = axes.slice(level + 1);
    const each = inside.reduce((product, { labels }) => product * labels.length, 1);
    return headsOf(grid, { axis, level, each }, columns);
  });
  heads.replaceChildren(corner(grid, axes), ...lines.flat());
  countColumns(grid);
}

/** The names of the axes. @param {Grid} grid @param {Axis[]} axes */
function corner({ geometry: { wide, left, top } }, axes) {
  const names = axes.map(({ name }) => name);
  if (!wide) return h('span', { class: 'ps-corner' }, names.join(' · '));
  const style = { width: `${left - 8}px`, height: `${top}px` };
  const lines = names.map((name) => h('span', {}, name));
  return h('span', { class: 'ps-corner', style }, lines);
}

/** @param {Grid} grid @param {{axis: Axis, level: number, each: number}} line
 *   `each`: columns that one of its headings is over
 * @param {Span} columns */
function headsOf(grid, { axis, level, each }, columns) {
  const { left, step, cell, wide } = grid.geometry;
  const top = `${(wide ? 4 : HEAD) + level * HEAD}px`;
  const width = `${each * step - step + cell}px`;
  const labels = shortened(axis.labels);
  const heads = [];
  for (let place = Math.floor(columns.first / each); place * each < columns.end; place += 1) {
    const value = place % labels.length;
    const props = {
      class: each > 1 ? 'ps-colhead outer' : 'ps-colhead',
      role: 'columnheader',
      'aria-colindex': place * each + 1,
      'aria-colspan': each > 1 ? each : undefined,
      'data-column': each > 1 ? undefined : place, // a click shows it alone
      'data-level': level,
      'data-place': place,
      title: fullText(axis, value) || axis.labels[value],
      style: { left: `${left + place * each * step}px`, width, top },
    };
    const name = h('span', { class: 'ps-colname' }, labels[value]);
    const said = [name, grid.tallies && makeTally()];
    heads.push(h('span', props, each > 1 ? h('span', { class: 'ps-stays' }, said) : said));
  }
  return heads;
}

/** Says the counts anew. @param {Grid} grid */
export function countColumns({ heads, tallies }) {
  for (const tally of /** @type {NodeListOf<HTMLElement>} */ (
    heads.querySelectorAll('.ps-tally')
  )) {
    const { level, place } = /** @type {HTMLElement} */ (tally.closest('.ps-colhead')).dataset;
    if (tallies) patchTally(tally, tallies.columns[Number(level)][Number(place)]);
  }
}
