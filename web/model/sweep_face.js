/* What the Sweep's face shows, from what is known: plain data, no page and no host. */

import { say } from '../common/texts.js';
import { axisShown, faultyAxis, number } from './axis_shown.js';
import { left } from './durations.js';
import { noticeOf } from './sweep_notice.js';
import { lineOf, mapOf, toMake } from './sweep_map.js';
import { PAIR_UP, tries } from './tries.js';
import { DONE, FAILED } from './sweep.js';

/** @typedef {import('./axes_told.js').Told} Told */
/** @typedef {import('./axes_told.js').ToldAxis} ToldAxis */
/** @typedef {import('./sheet_model.js').SheetModel} SheetModel */
/** @typedef {{told: Told, linked: boolean, sheet: SheetModel | null, current: boolean,
 *   counting: boolean, error: string, make: string}} Known
 *   `linked`: something is at `source`; `sheet`: the one below; `current`: it shows the cells of
 *   the graph as it is now; `error`: what the host said of the last run, if nothing changed since
 * @typedef {{text: string, ask: string, key?: string}} Ask a button, and what it asks for
 * @typedef {Ask & {off: string, title: string}} Action `off`: why it cannot be done now
 * @typedef {{status: string[], progress: number | null,
 *   notice: import('./sweep_notice.js').Notice | null,
 *   axes: import('./axis_shown.js').AxisShown[], empty: string,
 *   product: {parts: string[], joint: string, sum: string},
 *   map: import('./sweep_map.js').SweepMap | null, line: string,
 *   actions: Action[], note: string, rest: Ask | null}} View */

const TRIED = [DONE, FAILED];
const STOPPING = ['line', 'pair', 'value']; // faults of which the host can count nothing

/** @param {Known} known @returns {View} */
export function faceOf(known) {
  const { told } = known;
  const sheet = isCounted(known) ? known.sheet : null;
  const isRunning = sheet?.phase === 'running';
  const tried = sheet && !isRunning ? triedOf(known, sheet) : 0;
  const count = told.count ?? sheet?.frames.length ?? null;
  const axes = axesOf(told);
  return {
    status: statusOf(known, sheet, count, tried),
    progress: isRunning ? Math.round(100 * (sheet.run?.share ?? 0)) : null,
    notice: noticeOf(told, known.error),
    axes: axes.map((axis) => axisShown(axis, told.fault)),
    empty: axes.length ? '' : say(known.linked ? 'noAxis' : 'noSource'),
    product: productOf(axes, told.combine, count),
    map: sheet && mapOf(sheet),
    line: sheet ? lineOf(sheet) : '',
    actions: actionsOf(known),
    note: noteOf(known, tried),
    rest: tried ? { text: say('makeAll'), ask: 'all' } : null,
  };
}

/** Whether the sheet tells of these very cells. @param {Known} known */
function isCounted({ told, sheet, current, counting }) {
  const n = sheet?.frames.length ?? 0;
  return current && !counting && n > 0 && (told.count === null ? !told.fault : told.count === n);
}

/** The axes, with what a faulty line was meant to be before the seeds.
 * @param {Told} told @returns {ToldAxis[]} */
function axesOf({ axes, fault }) {
  if (fault?.kind !== 'line') return axes;
  const at = axes.findIndex((axis) => axis.source.kind === 'node' && axis.name === 'seed');
  const before = at < 0 ? axes.length : at;
  return [...axes.slice(0, before), faultyAxis(fault), ...axes.slice(before)];
}

/** @param {Known} known @param {SheetModel | null} sheet @param {number | null} n
 * @param {number} tried */
function statusOf({ told, linked, counting }, sheet, n, tried) {
  if (!linked) return [say('notLinked')];
  if (counting) return [say('counting')];
  if (told.fault) return faultStatus(told.fault, framesOf(n));
  if (sheet?.phase === 'running')
    return [say('countOf', { done: sheet.count(DONE), n: n ?? 0 }), ...left(sheet.run)];
  if (!sheet) return [framesOf(n), say(n === 1 ? 'nothingVaries' : 'notCounted')];
  const rest = toMake(sheet);
  if (!rest) return [framesOf(n), say('nothingToMake')];
  return [framesOf(n), say(tried ? 'missingCount' : 'nToMake', { n: rest })];
}

/** @param {import('./axes_told.js').Fault} fault @param {string} frames */
function faultStatus(fault, frames) {
  switch (fault.kind) {
    case 'line':
      return [say('faultInLine', { line: fault.line })];
    case 'value':
      return [say('faultIn', { title: fault.title })];
    case 'pair':
      return [say('cannotPair')];
    case 'limit':
      return [frames, say('atMost', { n: number(fault.limit) })];
    case 'savers':
      return [frames, say('cannotRun')];
  }
}

/** @param {number | null} n */
const framesOf = (n) => say('count', { n: n === 1 ? 1 : number(n) });

/** @param {ToldAxis[]} axes @param {string} combine @param {number | null} count */
const productOf = (axes, combine, count) => ({
  parts: axes.map(partOf),
  joint: combine === PAIR_UP ? ` ${say('pairedWith')} ` : ' × ',
  sum: framesOf(count),
});

/** @param {ToldAxis} axis */
function partOf({ name, count }) {
  const n = count === 1 ? 1 : number(count);
  if (name === 'prompt') return say('nPrompts', { n });
  return name === 'seed' ? say('nSeeds', { n }) : say('nOf', { n, name });
}

/** @param {Known} known @returns {Action[]} */
function actionsOf(known) {
  const { told } = known;
  const numbers = tries(told);
  const n = numbers.length || 4;
  const off = whyNot(known);
  const few = told.fault ? say('mendFirst') : numbers.length ? '' : say('fewToTry');
  const uncounted = told.fault && STOPPING.includes(told.fault.kind) ? say('mendFirst') : '';
  const count = { text: say('countFrames'), ask: 'count', title: say('countTitle') };
  const first = { text: say('tryN', { n }), ask: 'try', title: say('tryTitle', { n }) };
  return [
    { ...count, off: off || uncounted },
    { ...first, off: off || few },
  ];
}

/** What keeps anything from being queued. @param {Known} known */
function whyNot({ linked, sheet, counting }) {
  if (!linked) return say('noSource');
  if (!sheet) return say('noSheetBelow');
  if (counting) return say('counting');
  return sheet.phase === 'running' ? say('notWhileRunning') : '';
}

/** How many frames were tried, if *make* is still about just these.
 * @param {Known} known @param {SheetModel} sheet */
function triedOf({ told, make }, { frames }) {
  const numbers = tries(told);
  const done = numbers.every((number) => TRIED.includes(frames[number - 1].status));
  return done && make === tryText(numbers) ? numbers.length : 0;
}

/** As *make* has it. @param {number[]} numbers */
export const tryText = (numbers) => numbers.join(', ');

/** @param {Known} known @param {number} tried */
function noteOf({ sheet }, tried) {
  if (sheet?.phase === 'running') return say('stopThere');
  return tried ? say('tried', { n: tried }) : '';
}
