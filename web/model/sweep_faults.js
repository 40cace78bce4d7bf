/* What would refuse a sweep, but for its axes text: values that cannot be read or do not fit,
   savers that were forgotten, and how many cells there are. */

import { PROMPT_BATCH } from '../common/node_ids.js';
import { WIDGETS, typed } from '../grammar/input_types.js';
import { called, titleOf } from './above.js';
import { isLink } from './api_graphs.js';
import { forgottenSavers } from './forgotten_savers.js';
import { inputType } from './node_defs.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('./axes_told.js').Fault} Fault */
/** @typedef {import('./axes_told.js').ToldAxis} ToldAxis */
/** @typedef {import('./axis_sources.js').AxisSources} AxisSources */
/** @typedef {import('./axis_sources.js').Source} Source */
/** @typedef {import('./named_inputs.js').Target} Target */
/** @typedef {import('./node_defs.js').Defs} Defs */
/** @typedef {import('../grammar/input_types.js').InputType} InputType */
/** @typedef {import('../grammar/input_types.js').Scalar} Scalar */

export const PAIR_UP = 'pair up';

/** What is written in an axis node and cannot be read. @param {Api} api
 * @param {AxisSources} found @returns {Fault | null} */
export function valueFault(api, { sources }) {
  for (const [id, { fault: message }] of sources)
    if (message) return { kind: 'value', id, title: titleOf(api, id), message };
  return null;
}

/** A value of an axis node that an input does not take which it is linked to, and a column that a
 * table does not have.
 * @param {Api} api @param {AxisSources} found @returns {Fault | null} */
export function linkedFault(api, found) {
  for (const [id, source] of found.sources) {
    if (source.kind !== 'node' || api[id].class_type === PROMPT_BATCH) continue;
    for (const target of found.targets.get(id) ?? []) {
      const message = linkFault(api, found, id, target);
      if (message) return { kind: 'value', id, title: titleOf(api, id), message };
    }
  }
  return null;
}

/** @param {Api} api @param {AxisSources} found @param {string} id @param {Target} target */
function linkFault(api, found, id, target) {
  const { columns, count, outputs } = /** @type {Source} */ (found.sources.get(id));
  const link = found.plain(api[target.id].inputs[target.input]);
  const slot = isLink(link) ? link[1] : 0;
  if (columns.length && slot >= columns.length)
    return `${called(api, id)} has ${columns.length} columns, and its output ${slot + 1} is linked`;
  const wrong = count === null ? '' : misfit(outputs[slot] ?? [], typeOf(api, found, target));
  if (!wrong) return '';
  const message = `${called(api, target.id)}: ${target.input}: ${wrong}`;
  return columns.length ? `table: column ${columns[slot]}: ${message}` : message;
}

/** @param {Api} api @param {AxisSources} found @param {Target} target */
const typeOf = (api, { defs }, { id, input }) => inputType(api[id], input, defs);

/** Whole floats as recipes have them. @param {Scalar} value */
const plain = (value) => (Number.isInteger(value) ? BigInt(/** @type {number} */ (value)) : value);

/** @param {Scalar[]} values @param {InputType} kind */
function misfit(values, kind) {
  try {
    if (WIDGETS.includes(kind.type)) for (const value of values) typed(plain(value), kind);
    return '';
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
}

/** @param {Api} api @param {string} sweepId @param {AxisSources} found
 * @param {{defs: Defs, isOutput: (class_type: string) => boolean}} host @returns {Fault | null} */
export function saversFault(api, sweepId, { sources }, host) {
  const nodes = forgottenSavers(api, sweepId, new Set(sources.keys()), host);
  return nodes.length ? { kind: 'savers', nodes } : null;
}

/** @param {ToldAxis[]} axes @param {any} combine @param {number} limit @returns {Fault | null} */
export function countFault(axes, combine, limit) {
  const varying = axes.flatMap(({ key, name, count }) =>
    count !== null && count > 1 ? [{ key, name, count }] : [],
  );
  const isPaired = combine === PAIR_UP;
  if (isPaired && new Set(varying.map(({ count }) => count)).size > 1)
    return { kind: 'pair', lengths: varying };
  const count = product(axes, combine);
  if (count === null || count <= limit) return null;
  const longest = varying.reduce((most, each) => (each.count > most.count ? each : most));
  return { kind: 'limit', count, limit, longest: longest.key };
}

/** How many cells axes make; null if one of them is not told. @param {ToldAxis[]} axes
 * @param {any} combine */
export function product(axes, combine) {
  const counts = axes.map(({ count }) => count);
  if (counts.includes(null)) return null;
  const known = counts.map(Number);
  if (combine === PAIR_UP) return Math.max(1, ...known);
  return known.reduce((total, count) => total * count, 1);
}
