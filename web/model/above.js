/* The nodes above a Sweep's link, as lines of axes name them: the page's share of
   nodes/core/plan/sources.py. */

import {
  CONTACT_SHEET,
  PROMPT_BATCH,
  SEED_SWEEP,
  SWEEP,
  SWEEP_ROWS,
  SWEEP_SAMPLER,
  SWEEP_VALUES,
  UNPACK_FRAMES,
} from '../common/node_ids.js';
import { isLink } from './api_graphs.js';
import { takenInputs } from './node_defs.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('./node_defs.js').Defs} Defs */

export const SWEEPS = [SWEEP, SWEEP_SAMPLER];
const OF_FRAMES = [...SWEEPS, CONTACT_SHEET, UNPACK_FRAMES];
export const AXES = [SEED_SWEEP, PROMPT_BATCH, SWEEP_VALUES, SWEEP_ROWS];
const PRIMITIVES = ['Int', 'Float', 'Boolean', 'String', 'StringMultiline'].map(
  (word) => `Primitive${word}`,
);

/** @param {Api} api @param {string} id */
export const isAxisNode = (api, id) => AXES.includes(api[id]?.class_type);

/** The node's own title, else its class. @param {Api} api @param {string} id */
export function titleOf(api, id) {
  const title = api[id]?._meta?.title;
  return typeof title === 'string' && title ? title : (api[id]?.class_type ?? '');
}

/** A node as errors name it. @param {Api} api @param {string} id */
export const called = (api, id) => `${titleOf(api, id)} (node ${id})`;

/** The id of the node that a link leads to. @param {[string | number, number]} link */
export const origin = ([id]) => String(id);

/** What a primitive node that is linked says; any other link as it is. @param {Api} api
 * @param {any} value */
export function primitive(api, value) {
  const node = api[origin(value)];
  return PRIMITIVES.includes(node?.class_type) && 'value' in node.inputs
    ? node.inputs.value
    : value;
}

/** What a widget is given, through primitives: a value, or a link. @param {Api} api
 * @param {any} value */
export function given(api, value) {
  let found = value;
  for (let tries = 0; isLink(found) && tries < 100; tries += 1) {
    const inner = primitive(api, found);
    if (inner === found) return found;
    found = inner;
  }
  return found?.__value__ ?? found;
}

/** What the axis node is called that an input is linked to; '' to none. @param {Api} api
 * @param {any} value */
export function axisBehind(api, value) {
  let found = value;
  for (let tries = 0; isLink(found) && tries < 100; tries += 1) {
    if (isAxisNode(api, origin(found))) return called(api, origin(found));
    const inner = primitive(api, found);
    if (inner === found) return '';
    found = inner;
  }
  return '';
}

/** Every node above a Sweep that a line of its axes may name, depth first: axis nodes, too, but no
 * other sweep, and nothing above those. @param {Api} api @param {string} sweepId
 * @param {Defs} defs @param {string[]} [ends] classes @returns {string[]} */
export function nodesAbove(api, sweepId, defs, ends = OF_FRAMES) {
  /** @type {Set<string>} */
  const seen = new Set();
  const source = api[sweepId]?.inputs.source;
  const stack = isLink(source) ? [origin(source)] : [];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    const node = api[id];
    if (!node || seen.has(id) || ends.includes(node.class_type)) continue;
    seen.add(id);
    if (isAxisNode(api, id)) continue;
    const inputs = takenInputs(node, defs).map((name) => node.inputs[name]);
    stack.push(...inputs.filter(isLink).map(origin).reverse());
  }
  return [...seen];
}
