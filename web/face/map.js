/* The map of a sweep, and the line under it that says the same. */

import { h } from '../common/dom.js';
import { JOINT } from '../model/labels.js';

/** @typedef {import('../model/sweep_map.js').SweepMap} SweepMap */

const GAP = 3; // pixels, as in sweep.css
const ROW_GAP = 5;

/** @param {HTMLElement} parent @param {SweepMap | null} map @param {string} line */
export function drawMap(parent, map, line) {
  parent.hidden = !map;
  parent.replaceChildren(...(map ? [picture(map), h('p', {}, parts(line))] : []));
}

/** A line breaks between its parts only. @param {string} line */
const parts = (line) =>
  line.split(JOINT).flatMap((part, at) => [at ? JOINT : '', h('span', {}, part)]);

/** @param {SweepMap} map */
function picture(map) {
  if (!map.squares) {
    const part = (/** @type {'done' | 'new'} */ kind) =>
      h('i', { class: kind, style: { width: `${100 * map.shares[kind]}%` } });
    return h('div', { class: 'bar', 'aria-hidden': 'true' }, part('done'), part('new'));
  }
  const { squares, columns } = map;
  const isFirst = (/** @type {number} */ at) => at > 0 && columns > 1 && at % columns === 0;
  const gaps = GAP * (squares.length - 1) + ROW_GAP * squares.filter((_, at) => isFirst(at)).length;
  return h(
    'div',
    {
      class: 'cells',
      'aria-hidden': 'true',
      style: { '--cells': String(squares.length), '--gaps': `${gaps}px` },
    },
    squares.map((kind, at) => h('i', { class: isFirst(at) ? `${kind} row` : kind })),
  );
}
