/* The one notice of the Sweep's face: what stops the run, and the buttons that mend it. */

import { say } from '../common/texts.js';
import { number } from './axis_shown.js';
import { isInTarget } from './mended_line.js';

/** @typedef {import('./axes_told.js').Told} Told */
/** @typedef {import('./sweep_face.js').Ask} Ask */
/** @typedef {{text: string, code: {text: string, start: number, end: number} | null,
 *   buttons: Ask[]}} Notice `code`: a line with a fault, and where that is */

/** @param {Told} told @param {string} error of the last run @returns {Notice | null} */
export function noticeOf(told, error) {
  const { fault } = told;
  switch (fault?.kind) {
    case 'savers':
      return savers(fault.nodes.map(({ title }) => title));
    case 'line':
      return line(fault);
    case 'limit':
      return notice(say('overLimit', { n: number(fault.limit) }), [
        { text: say('showLongest'), ask: 'axis', key: fault.longest },
      ]);
    case 'pair':
      return notice(say('pairLengths', { lengths: lengthsOf(fault.lengths) }), [
        { text: say('everyCombination'), ask: 'every' },
      ]);
    case 'value':
      return notice(`${fault.title}: ${fault.message}`, [
        { text: say('showIt'), ask: 'node', key: fault.id },
      ]);
  }
  return error ? notice(say('runFailed', { message: error })) : null;
}

/** @param {string} text @param {Ask[]} [buttons] @param {Notice["code"]} [code]
 * @returns {Notice} */
const notice = (text, buttons = [], code = null) => ({ text, code, buttons });

/** @param {string[]} titles */
function savers(titles) {
  const n = titles.length;
  return notice(say('savers', { n, names: titles.join(', ') }), [
    { text: say('muteThem', { n }), ask: 'mute' },
    { text: say('showThem', { n }), ask: 'savers' },
  ]);
}

/** @param {import('./mended_line.js').LineFault} fault */
function line(fault) {
  const { text, start, end, message, suggestion } = fault;
  const buttons = [];
  if (suggestion) buttons.push({ text: say('writeThis', { text: suggestion }), ask: 'write' });
  if (isInTarget(fault)) buttons.push({ text: say('chooseInput'), ask: 'choose' });
  return notice(message, buttons, { text, start, end });
}

/** @param {{name: string, count: number}[]} lengths */
const lengthsOf = (lengths) =>
  lengths.map(({ name, count }) => say('axisHas', { name, n: number(count) })).join(', ');
