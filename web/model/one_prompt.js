/* More like this: what makes the axis nodes above a sweep say only what they said in one frame. */

import { PROMPT_BATCH, SWEEP_ROWS } from '../common/node_ids.js';
import { GrammarError } from '../grammar/cursor.js';
import { keptText } from '../grammar/prompt_literal.js';
import { readPrompts } from '../grammar/prompt_list.js';
import { oneRow, readTable } from '../grammar/rows.js';
import { withoutHoles } from '../grammar/seed_lines.js';
import { titleOf } from './above.js';
import { stageOf } from './api_graphs.js';
import { columnLabels, widgetsOf } from './axis_nodes.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('./new_seeds.js').Changes} Changes */
/** @typedef {Pick<import('./sweep.js').Frame, 'positive' | 'negative' | 'values'>} Frame */

/** @param {Api} api @param {string} sweep @param {Frame} frame @returns {Changes} */
export function onlyThis(api, sweep, frame) {
  const stage = stageOf(api, sweep);
  const nodes = (/** @type {string} */ type) => stage.filter((id) => api[id].class_type === type);
  const rows = nodes(SWEEP_ROWS).flatMap((id) => rowOf(api, id, frame));
  const prompts = nodes(PROMPT_BATCH).flatMap((id) => promptOf(api, id, frame));
  const axes = prompts.length ? String(api[sweep].inputs.axes ?? '') : '';
  const filled = axes ? [[sweep, { axes: withoutHoles(axes) }]] : [];
  return Object.fromEntries([...rows, ...prompts, ...filled]);
}

/** What makes a Prompt Batch say one prompt: that of its name, else the one that is told.
 * @param {Api} api @param {string} id @param {Frame} frame @returns {[string, any][]} */
function promptOf(api, id, frame) {
  const { positive, negative } = called(widgetsOf(api, id), frame) ?? frame;
  if (!positive) return [];
  const all = 'variants' in api[id].inputs && { variants: 'all' };
  return [[id, { ...keptText(positive, negative), ...all }]];
}

/** The prompt that a frame has from a Prompt Batch, before it is joined with anything; null if the
 * page cannot tell. @param {Record<string, any>} widgets @param {Frame} frame */
function called({ prompts, negative, template, ...variants }, { values }) {
  const said = Object.entries(values).flatMap(([key, value]) =>
    typeof value === 'string' ? [[key, value]] : [],
  );
  const holes = Object.fromEntries(said);
  const found = read(() => readPrompts(prompts, negative, template, holes, variants));
  const names = said.flatMap(([key, name]) => (/(^|\.)prompt( \d+)?$/.test(key) ? [name] : []));
  const at = found?.texts.length === 1 ? 0 : found?.names.findIndex((name) => names.includes(name));
  if (!found || at === undefined || at < 0) return null;
  return { positive: found.texts[at], negative: found.negatives[at] };
}

/** What makes a Sweep Rows say one row; nothing if the page cannot tell which.
 * @param {Api} api @param {string} id @param {Frame} frame
 * @returns {[string, {table: string}][]} */
function rowOf(api, id, { values }) {
  const table = read(() => readTable(widgetsOf(api, id).table));
  if (!table) return [];
  const labels = columnLabels(table);
  const own = table.columns.map((name) => values[`${titleOf(api, id)}.${name}`] ?? values[name]);
  const isAlike = (/** @type {unknown} */ value, /** @type {string} */ label) =>
    value === undefined || String(value) === label || value === Number(label);
  const at = table.rows.findIndex((_, row) =>
    own.every((value, column) => isAlike(value, labels[column][row])),
  );
  const isTold = own.some((value) => value !== undefined);
  return isTold && at >= 0 ? [[id, { table: oneRow(table, at) }]] : [];
}

/** What is read; null if it cannot be. @template T @param {() => T} reader */
function read(reader) {
  try {
    return reader();
  } catch (error) {
    if (error instanceof GrammarError) return null;
    throw error;
  }
}
