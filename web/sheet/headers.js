/* The headers of the grid: the innermost axis over the columns, the others beside the rows. */

import { h, set, write } from '../common/dom.js';
import { FIRST, outerPlaces } from './layout.js';
import { shortened } from '../model/labels.js';
import { say } from '../common/texts.js';

/** @typedef {import('./grid.js').Grid} Grid */
/** @typedef {import('../model/sweep.js').Axis} Axis */

/** @param {Grid} grid @param {{first: number, end: number}} columns */
export function makeColumnHeads(grid, columns) {
  if (!grid.geometry.top) return;
  const axis = grid.model.axes.at(-1);
  if (!axis) return;
  const labels = shortened(axis.labels);
  const { left, step, cell, wide, top } = grid.geometry;
  const sign = `${columns.first} ${columns.end}`;
  if (grid.heads.childElementCount && grid.heads.dataset.sign === sign) return;
  grid.heads.dataset.sign = sign;
  const corner = h(
    'span',
    { class: 'ps-corner', style: wide ? { width: `${left - 8}px` } : {} },
    axis.name,
  );
  const heads = [];
  for (let column = columns.first; column < columns.end; column += 1) {
    heads.push(
      h(
        'span',
        {
          class: 'ps-colhead',
          role: 'columnheader',
          'aria-colindex': column + 1,
          'data-column': column,
          title: axis.labels[column],
          style: { left: `${left + column * step}px`, width: `${cell}px`, top: `${top - 20}px` },
        },
        labels[column],
      ),
    );
  }
  grid.heads.replaceChildren(corner, ...heads);
}

/** What the row's axes say: seen beside or above the row, and said inside it.
 * @param {Grid} grid @param {import('./rows.js').Line} line @param {number} row */
export function patchRowHead(grid, line, row) {
  const head =
    grid.arrangement.headed && row % grid.arrangement.lines === 0 ? rowHead(grid, row) : null;
  if (!head) {
    line.seen?.remove();
    line.said?.remove();
    line.seen = line.said = null;
    return;
  }
  line.said ??= line.node.appendChild(h('span', { class: 'ps-hidden', role: 'rowheader' }));
  write(line.said, head.said);
  line.seen ??= grid.rows.side.appendChild(h('div', { class: 'ps-rowhead' }));
  line.seen.style.top = `${FIRST + row * grid.geometry.rowStep}px`;
  line.seen.style.height = grid.geometry.wide ? `${grid.geometry.picture}px` : '';
  set(line.seen, 'data-row', row);
  set(line.seen, 'title', head.title);
  const { children } = line.seen;
  if ([...children].map((each) => each.localName).join() !== head.texts.map(([tag]) => tag).join())
    line.seen.replaceChildren(...head.texts.map(([tag]) => h(tag)));
  for (const [at, [, text]] of head.texts.entries()) write(children[at], text);
}

/** @param {Grid} grid @param {number} row */
function rowHead(grid, row) {
  const { axes } = grid.model;
  const places = outerPlaces(grid.sizes ?? [], grid.arrangement, row);
  const [outer, ...rest] = places.map((value, level) => ({ axis: axes[level], value }));
  const others = rest.map(({ axis, value }) => named(axis, value));
  const title = numbered(outer.axis, outer.value);
  const whole = fullText(outer.axis, outer.value);
  const text = whole && whole !== outer.axis.labels[outer.value] ? [['span', whole]] : [];
  const beside = [['b', title], ...others.map((each) => ['i', each]), ...text];
  const above = [['b', [title, ...others].join(' · ')], ...text];
  return {
    said: [title, ...others].join(', '),
    title: [whole, ...others].filter(Boolean).join('\n'),
    texts: grid.geometry.wide ? beside : above,
  };
}

/** A text says what it is, and so do the labels of what was paired up.
 * @param {Axis} axis @param {number} value */
export const named = (axis, value) =>
  typeof axis.values[value] === 'string' || Array.isArray(axis.values[value])
    ? axis.labels[value]
    : `${axis.name} ${axis.labels[value]}`;

/** @param {Axis} axis @param {number} value */
const numbered = (axis, value) =>
  typeof axis.values[value] === 'string'
    ? `${value + 1}  ${axis.labels[value]}`
    : named(axis, value);

/** The whole prompt, where the label is only its name. @param {Axis} axis @param {number} value */
function fullText(axis, value) {
  const whole = axis.values[value];
  if (typeof whole === 'string') return whole;
  return Array.isArray(whole) ? whole.filter((part) => typeof part === 'string').join('\n') : '';
}

/** What the filter shows alone. @param {import('../model/sheet_model.js').SheetModel} model */
export function filterName(model) {
  const { kind, place = 0 } = model.filter;
  const { axes } = model;
  if (kind === 'column') return say('column', { what: axes.at(-1)?.labels[place] ?? place + 1 });
  if (kind !== 'row') return '';
  const sizes = model.sizes;
  const grid = {
    columns: sizes.at(-1) ?? 1,
    lines: 1,
    inner: sizes.at(-1) ?? 1,
    rows: 0,
    headed: true,
    columnHeads: true,
  };
  const labels = outerPlaces(sizes, grid, place).map((value, level) => axes[level]?.labels[value]);
  return say('row', { what: labels.join(' · ') || String(place + 1) });
}
