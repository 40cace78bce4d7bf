/* What the axis nodes put out, told from their widgets alone: the page's share of
   nodes/core/plan/axis_nodes.py. */

import { PROMPT_BATCH, SEED_SWEEP } from '../common/node_ids.js';
import { GrammarError } from '../grammar/cursor.js';
import { label } from '../grammar/input_types.js';
import { readPrompts } from '../grammar/prompt_list.js';
import { seedList } from '../grammar/seeds.js';
import { valueList } from '../grammar/values.js';
import { given } from './above.js';
import { isLink } from './api_graphs.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('../grammar/input_types.js').Scalar} Scalar */
/** @typedef {{name: string, count: number | null, labels: string[], outputs: Scalar[][],
 *   fault: string}} AxisTold `count`: null if only a run tells; `labels` and `outputs`, slot by
 *   slot: all of them, or none; `fault`: what is wrong with what is written */

/** @type {AxisTold} */
export const UNKNOWN = { name: '', count: null, labels: [], outputs: [[]], fault: '' };

/**
 * @param {Api} api
 * @param {string} id
 * @param {Record<string, string>} holes texts in the holes of a template
 * @returns {AxisTold}
 */
export function axisOf(api, id, holes) {
  const { class_type, inputs } = api[id];
  const widgets = Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [name, given(api, value)]),
  );
  const name = { [SEED_SWEEP]: 'seed', [PROMPT_BATCH]: 'prompt' }[class_type] ?? '';
  if (Object.values(widgets).some(isLink)) return { ...UNKNOWN, name };
  try {
    if (class_type === PROMPT_BATCH) return { ...UNKNOWN, name, ...prompts(widgets, holes) };
    const values = class_type === SEED_SWEEP ? seedList(widgets) : valueList(widgets);
    const labels = values.map(label);
    return { name, count: values.length, labels, outputs: [values], fault: '' };
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    return { ...UNKNOWN, name, fault: error.message };
  }
}

/** @param {Record<string, any>} widgets @param {Record<string, string>} holes */
function prompts({ prompts = '', negative = '', template = '{prompt}' }, holes) {
  const { count, texts, negatives, names } = readPrompts(prompts, negative, template, holes);
  return { count, labels: names, outputs: [texts, negatives, names] };
}
