/* Addresses of inputs above a Sweep, as its axes name them. */

import { parseLines } from '../grammar/addresses.js';
import { isLink } from './api_graphs.js';
import { NamedInputs, keyOf } from './named_inputs.js';
import { declaredInputs } from './node_defs.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('./named_inputs.js').Target} Target */
/** @typedef {import('./node_defs.js').Defs} Defs */
/** @typedef {{id: string, title: string, class_type: string, input: string, kind: string,
 *   value: any, isLink: boolean}} InputAbove `kind`: INT, FLOAT, STRING, BOOLEAN, COMBO or what a
 *   link carries */

/**
 * The shortest address that names exactly one input above a Sweep; '' if a line cannot name it.
 * @param {Api} api
 * @param {string} sweepId
 * @param {Target} target
 * @param {{defs: Defs}} host
 */
export const addressOf = (api, sweepId, { id, input }, { defs }) =>
  shortestAddress(new NamedInputs(api, sweepId, defs), { id: String(id), input });

/**
 * Every input that a line of axes may name, node by node from the Sweep upwards.
 * @param {Api} api
 * @param {string} sweepId
 * @param {{defs: Defs}} host
 * @returns {InputAbove[]}
 */
export function inputsAbove(api, sweepId, { defs }) {
  const above = new NamedInputs(api, sweepId, defs);
  return above.nodes.flatMap(({ id, class_type, title, names }) =>
    names
      .map((input) => ({ id, input }))
      .filter((target) => isOffered(above, target))
      .map((target) => ({
        id,
        title: title || class_type,
        class_type,
        input: target.input,
        kind: above.type(target).type,
        value: api[id].inputs[target.input],
        isLink: above.isLink(target),
      })),
  );
}

/** @param {NamedInputs} above @param {Target} target */
function isOffered(above, target) {
  const { class_type, inputs } = above.api[target.id];
  const isKnown = declaredInputs(above.defs(class_type), inputs).has(target.input);
  return (
    (isKnown || isLink(inputs[target.input])) && above.takes(target) && !above.axisBehind(target)
  );
}

/** @param {NamedInputs} above @param {Target} target */
export function shortestAddress(above, target) {
  const node = above.byId.get(target.id);
  if (!node) return '';
  const words = [node.title, node.class_type].filter(Boolean);
  const named = words.map((word) => `${inQuotes(word)}.${target.input}`);
  const [first] = named
    .filter((address) => isExactly(above, address, target))
    .sort((a, b) => a.length - b.length);
  if (first) return first;
  const path = `#${target.id}.${target.input}`;
  return isExactly(above, path, target) ? path : '';
}

/** A title as it stands before a dot. @param {string} word */
function inQuotes(word) {
  const isPlain = /^[^#{".=\s][^.=\n]*$/.test(word) && word === word.trim();
  return isPlain ? word : `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
}

/** Whether an address names this input alone. @param {NamedInputs} above @param {string} address
 * @param {Target} target */
function isExactly(above, address, target) {
  try {
    const [line, ...others] = parseLines(`${address} = 1`);
    const found = others.length ? [] : above.targets(line);
    return found.length === 1 && keyOf(found[0]) === keyOf(target);
  } catch {
    return false;
  }
}
