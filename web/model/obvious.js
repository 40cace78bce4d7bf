/* What a new axis is for, where only one input above a Sweep can be meant: the seed of the only
   sampler, the text of its prompt. */

import { PROMPT_BATCH, SEED_SWEEP } from '../common/node_ids.js';
import { isLink, upstream } from './api_graphs.js';
import { SEED_NAMES, specOf } from './widget_axis.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('./input_addresses.js').InputAbove} InputAbove */

/** @param {string} type of the axis node @param {Api} api @param {InputAbove[]} inputs above
 * @param {(type: string) => any} defs @returns {InputAbove | null} */
export function obvious(type, api, inputs, defs) {
  const found = inputs.filter((each) => !each.isLink && fits(type, api, each, defs));
  return found.length === 1 ? found[0] : null;
}

/** @param {string} type @param {Api} api @param {InputAbove} input
 * @param {(type: string) => any} defs */
function fits(type, api, { id, class_type, input }, defs) {
  if (type === SEED_SWEEP) return SEED_NAMES.includes(input);
  const isText = type === PROMPT_BATCH && specOf(defs(class_type), input)?.[1].multiline;
  return Boolean(isText) && reaches(api, 'positive', id) && !reaches(api, 'negative', id);
}

/** Whether a node stands above an input of this name. @param {Api} api @param {string} name
 * @param {string} id */
const reaches = (api, name, id) =>
  Object.values(api).some(
    ({ inputs }) => isLink(inputs[name]) && upstream(api, [String(inputs[name][0])]).has(id),
  );
