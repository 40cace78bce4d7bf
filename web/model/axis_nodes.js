/* What the axis nodes put out, told from their widgets alone: the page's share of
   nodes/core/plan/axis_nodes.py. */

import { PROMPT_BATCH, SEED_SWEEP, SWEEP_ROWS } from '../common/node_ids.js';
import { GrammarError, oneLine } from '../grammar/cursor.js';
import { checkHoles } from '../grammar/holes.js';
import { label } from '../grammar/input_types.js';
import { readPrompts } from '../grammar/prompt_list.js';
import { LONGEST, namesOf, unique } from '../grammar/prompt_names.js';
import { columnOf, fileNamed, readTable } from '../grammar/rows.js';
import { seedList } from '../grammar/seeds.js';
import { valueList } from '../grammar/values.js';
import { columns as widthOf } from '../grammar/words.js';
import { given } from './above.js';
import { isLink } from './api_graphs.js';
import { JOINT } from './labels.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('../grammar/input_types.js').Scalar} Scalar */
/** @typedef {{name: string, columns: string[], count: number | null, labels: string[],
 *   outputs: Scalar[][], isPrompt: boolean, fault: string}} AxisTold `columns`: the names of what
 *   varies together, if it is a table; `count`: null if only a run tells; `labels` and `outputs`,
 *   slot by slot: all of them, or none; `isPrompt`: whatever it feeds; `fault`: what is wrong with
 *   what is written */

/** @type {AxisTold} */
export const UNKNOWN = {
  name: '',
  columns: [],
  count: null,
  labels: [],
  outputs: [[]],
  isPrompt: false,
  fault: '',
};

const NAMES = /** @type {Record<string, string>} */ ({
  [SEED_SWEEP]: 'seed',
  [PROMPT_BATCH]: 'prompt',
});
const LABELLED = 500; // rows: the labels of more would take too long while somebody types
const KEPT = 16; // axes

/** @type {{type: string, widgets: Record<string, any>, holes: string, told: AxisTold}[]} */
const lately = [];

/**
 * @param {Api} api
 * @param {string} id
 * @param {Record<string, string> | null} holes texts in the holes of a template; null: any of them
 *   may be filled
 * @returns {AxisTold}
 */
export function axisOf(api, id, holes) {
  return remembered(api[id].class_type, widgetsOf(api, id), holes);
}

/** @param {Api} api @param {string} id @returns {Record<string, any>} */
export const widgetsOf = (api, id) =>
  Object.fromEntries(
    Object.entries(api[id].inputs).map(([name, value]) => [name, given(api, value)]),
  );

/** Long texts are not read again while nothing changes. @param {string} type
 * @param {Record<string, any>} widgets @param {Record<string, string> | null} holes */
function remembered(type, widgets, holes) {
  const names = Object.keys(widgets);
  const key = JSON.stringify(holes);
  const known = lately.find(
    (each) =>
      each.type === type &&
      each.holes === key &&
      Object.keys(each.widgets).length === names.length &&
      names.every((name) => each.widgets[name] === widgets[name]),
  );
  if (known) return known.told;
  const told = { ...UNKNOWN, name: NAMES[type] ?? '', ...toldBy(type, widgets, holes) };
  lately.unshift({ type, widgets, holes: key, told });
  lately.length = Math.min(lately.length, KEPT);
  return told;
}

/** @param {string} type @param {Record<string, any>} widgets
 * @param {Record<string, string> | null} holes @returns {Partial<AxisTold>} */
function toldBy(type, widgets, holes) {
  const isPrompt = [PROMPT_BATCH, SWEEP_ROWS].includes(type);
  if (Object.values(widgets).some(isLink)) return { isPrompt };
  try {
    if (type === PROMPT_BATCH) return { isPrompt, ...prompts(widgets, holes) };
    if (type === SWEEP_ROWS) return { isPrompt, ...rows(widgets) };
    const values = type === SEED_SWEEP ? seedList(widgets) : valueList(widgets);
    return { count: values.length, labels: values.map(label), outputs: [values] };
  } catch (error) {
    if (!(error instanceof GrammarError)) throw error;
    return { isPrompt, fault: error.message };
  }
}

/** @param {Record<string, any>} widgets @param {Record<string, string> | null} holes */
function prompts({ prompts = '', negative = '', template = '{prompt}', ...variants }, holes) {
  const found = readPrompts(prompts, negative, template, holes ?? {}, variants);
  if (holes) checkHoles(template, holes);
  const { count, texts, negatives, names } = found;
  return { count, labels: names, outputs: [texts, negatives, names] };
}

/** A row is called what its column `name` says, else by all of it. @param {Record<string, any>} all
 * @returns {Partial<AxisTold>} */
function rows({ table: written = '' }) {
  if (fileNamed(written)) return {};
  const table = readTable(written);
  const { columns, rows } = table;
  return {
    name: columns.join(JOINT),
    columns,
    count: rows.length,
    labels: rows.length > LABELLED ? [] : labelsOf(table),
    outputs: columns.map((_, at) => rows.map((row) => row[at])),
  };
}

/** Of each column, what its values are called. @param {import('../grammar/rows.js').Table} table */
export const columnLabels = (table) => table.columns.map((_, at) => labels(columnOf(table, at)));

/** @param {import('../grammar/rows.js').Table} table */
function labelsOf(table) {
  const all = columnLabels(table);
  const named = all[table.columns.findIndex((name) => name.toLowerCase() === 'name')] ?? [];
  return table.rows.map(
    (_, at) =>
      named[at] ||
      all
        .map((column) => column[at])
        .filter(Boolean)
        .join(JOINT),
  );
}

/** Values as they are; if there are long texts among them, all texts by what tells them apart,
 * equal ones alike. @param {Scalar[]} values */
function labels(values) {
  const texts = [...new Set(values.filter((value) => typeof value === 'string'))];
  const isLong = texts.some((text) => widthOf(text) > LONGEST || oneLine(text) !== text);
  const short = isLong ? unique(namesOf(texts)) : texts;
  const names = new Map(texts.map((text, at) => [text, short[at]]));
  return values.map((value) =>
    typeof value === 'string' ? (names.get(value) ?? value) : label(value),
  );
}
