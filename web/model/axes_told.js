/* The axes that a Sweep multiplies and what they come to, told from the graph alone; nothing is
   queued. The page's twin of what nodes/host/plan/sweep_plan.py plans, tested with the same table:
   tests/data/axes.json. What only a run can tell is null, never guessed. */

import { GrammarError, LINE_BREAK, trim } from '../grammar/cursor.js';
import { given, titleOf } from './above.js';
import { isLink } from './api_graphs.js';
import { named, ordered } from './axis_order.js';
import { AxisSources } from './axis_sources.js';
import { NamedInputs, UnknownError } from './named_inputs.js';
import { suggestion } from './suggestions.js';
import {
  PAIR_UP,
  countFault,
  linkedFault,
  product,
  saversFault,
  valueFault,
} from './sweep_faults.js';
import { promptTeller } from './told_prompts.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('./axis_sources.js').Source} Source */
/** @typedef {import('./named_inputs.js').LineAxis} LineAxis */
/** @typedef {import('./node_defs.js').Defs} Defs */
/** @typedef {{kind: 'node', id: string, title: string, class_type: string} |
 *   {kind: 'line', line: number, text: string}} AxisSource `line`: counts from 1 */
/** @typedef {{key: string, name: string, count: number | null, values: string[],
 *   more: number | null, source: AxisSource, targets: {id: string, input: string, title: string}[],
 *   place: 'rows' | 'columns' | ''}} ToldAxis `values`: the labels of the first few, none if the
 *   page cannot tell; `more`: how many follow, null if unknown */
/** @typedef {{kind: 'line', line: number, text: string, start: number, end: number, at: number,
 *   message: string, suggestion: string | null}} LineFault */
/** @typedef {LineFault | {kind: 'savers', nodes: {id: string, title: string}[]} |
 *   {kind: 'value', id: string, title: string, message: string} |
 *   {kind: 'pair', lengths: {key: string, name: string, count: number}[]} |
 *   {kind: 'limit', count: number, limit: number, longest: string}} Fault
 *   Of a line: its whole text, the fault from `start` to `end` in that, `at` where the line begins
 *   in the axes text; the suggestion takes the faulty place. `longest`: an axis' key */
/** @typedef {{axes: ToldAxis[], combine: string, count: number | null,
 *   fault: Fault | null}} Told */
/** @typedef {{defs: Defs, limit?: number, isOutput?: (class_type: string) => boolean}} Host */

const SHOWN = 8; // labels of an axis
const EVERY_COMBINATION = 'every combination';

/**
 * @param {Api} api
 * @param {string} sweepId
 * @param {Host} host `defs`: what the host says of a class; `limit`: of cells
 * @returns {Told}
 */
export function axesTold(api, sweepId, { defs, limit = Number.POSITIVE_INFINITY, isOutput }) {
  const written = api[sweepId]?.inputs ?? {};
  const text = given(api, written.axes ?? '');
  const combine = given(api, written.combine ?? EVERY_COMBINATION);
  const lines =
    typeof text === 'string' ? readLines(api, sweepId, defs, text) : { axes: [], isKnown: false };
  const found = new AxisSources(api, defs, lines.axes).find(sweepId);
  const axes = toldAxes(api, sweepId, found, String(text), combine);
  const isSure = lines.isKnown && !isLink(combine) && (found.isSure || isLeastToo(found, sweepId));
  const isOutputNode = isOutput ?? ((class_type) => defs(class_type)?.output_node === true);
  const fault =
    lines.fault ??
    valueFault(api, found) ??
    saversFault(api, sweepId, found, { defs, isOutput: isOutputNode }) ??
    linkedFault(api, found) ??
    (isSure ? countFault(axes, combine, limit) : null);
  const isCounted = isSure && !['line', 'value', 'pair'].includes(fault?.kind ?? '');
  return {
    axes,
    combine: String(combine),
    count: isCounted ? product(axes, combine) : null,
    fault,
  };
}

/** @param {Api} api @param {string} sweepId @param {Defs} defs @param {string} text
 * @returns {{axes: LineAxis[], isKnown: boolean, fault?: Fault}} with a fault, those of other lines
 */
function readLines(api, sweepId, defs, text) {
  const inputs = new NamedInputs(api, sweepId, defs);
  try {
    return { axes: inputs.axes(text), isKnown: true };
  } catch (error) {
    if (error instanceof UnknownError) return { axes: [], isKnown: false };
    if (!(error instanceof GrammarError)) throw error;
    const fault = lineFault(inputs, text, error);
    const { at, text: written } = fault;
    const others = text.slice(0, at) + ' '.repeat(written.length) + text.slice(at + written.length);
    const axes = written.trim() ? readLines(api, sweepId, defs, others).axes : [];
    return { axes, isKnown: false, fault };
  }
}

/** @param {NamedInputs} inputs @param {string} text @param {GrammarError} error
 * @returns {LineFault} */
function lineFault(inputs, text, error) {
  const { message, start, end } = error;
  const { line, at, written } = lineAt(text, start);
  const place = { start: start - at, end: Math.min(end - at, written.length) };
  const instead = suggestion(inputs, written, error, text.slice(start, end));
  return { kind: 'line', line, text: written, at, ...place, message, suggestion: instead };
}

/** The line of a text at a place: its number, where it begins and what it says.
 * @param {string} text @param {number} place */
function lineAt(text, place) {
  const breaks = [...text.matchAll(LINE_BREAK)];
  const before = breaks.filter((each) => each.index + each[0].length <= place);
  const at = before.reduce((_, each) => each.index + each[0].length, 0);
  const end = breaks[before.length]?.index ?? text.length;
  return { line: before.length + 1, at, written: text.slice(at, end) };
}

/** @param {Api} api @param {string} sweepId @param {AxisSources} found @param {string} text
 * @param {any} combine @returns {ToldAxis[]} */
function toldAxes(api, sweepId, found, text, combine) {
  const { sources, targets } = found;
  const order = ordered([...sources.keys()], targets, promptTeller(found, sweepId));
  const varying = order.filter((key) => sources.get(key)?.count !== 1);
  const title = (/** @type {string} */ id) => titleOf(api, id);
  const names = named(
    varying.map((key) => [key, /** @type {Source} */ (sources.get(key))]),
    targets,
    title,
  );
  return order.map((key) => {
    const source = /** @type {Source} */ (sources.get(key));
    const fed = targets.get(key) ?? source.line?.targets ?? [];
    return {
      key,
      name: names.get(key) ?? (source.name || (fed[0]?.input ?? '')),
      count: source.count,
      values: source.labels.slice(0, SHOWN),
      more: source.count === null ? null : source.count - source.labels.slice(0, SHOWN).length,
      source: sourceOf(api, key, source, text),
      targets: fed.map((target) => ({ ...target, title: title(target.id) })),
      place: placeOf(varying, key, combine),
    };
  });
}

/** @param {Api} api @param {string} key @param {Source} source @param {string} text
 * @returns {AxisSource} */
function sourceOf(api, key, { line }, text) {
  if (!line)
    return { kind: 'node', id: key, title: titleOf(api, key), class_type: api[key].class_type };
  const at = lineAt(text, line.line.target.start);
  return { kind: 'line', line: at.line, text: trim(at.written) };
}

/** Where an axis stands on the sheet: the innermost makes columns, the others rows; a single one
 * wraps. @param {string[]} varying @param {string} key @param {any} combine
 * @returns {'rows' | 'columns' | ''} */
function placeOf(varying, key, combine) {
  if (varying.length < 2 || combine === PAIR_UP || !varying.includes(key)) return '';
  return key === varying.at(-1) ? 'columns' : 'rows';
}

/** Whether the axes are the same without what is asked for only maybe.
 * @param {AxisSources} found @param {string} sweepId */
function isLeastToo(found, sweepId) {
  const lines = [...found.lines.values()];
  const least = new AxisSources(found.api, found.defs, lines, true).find(sweepId);
  return JSON.stringify([...least.targets]) === JSON.stringify([...found.targets]);
}
