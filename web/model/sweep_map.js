/* The map of a sweep: a square for each cell in the order of the sheet, or one bar for many. */

import { say } from '../common/texts.js';
import { cost } from './durations.js';
import { JOINT } from './labels.js';
import { DONE, FAILED, WAITING } from './sweep.js';

/** @typedef {import('./sheet_model.js').SheetModel} SheetModel */
/** @typedef {'done' | 'new' | 'now' | 'failed' | ''} Square '': to make */
/** @typedef {{squares: Square[], columns: number, shares: null} |
 *   {squares: null, shares: Record<'done' | 'new', number>}} SweepMap
 *   `columns`: squares of a row; 1: there are no rows */

const MOST = 240;

/** @param {SheetModel} sheet @returns {SweepMap} */
export function mapOf(sheet) {
  const columns = sheet.axes.length > 1 ? sheet.seen.inner : 1;
  const squares = sheet.frames.map((frame) => squareOf(sheet, frame));
  if (squares.length <= MOST) return { squares, columns, shares: null };
  const share = (/** @type {Square} */ kind) =>
    squares.filter((square) => square === kind).length / squares.length;
  return { squares: null, shares: { done: share('done'), new: share('new') } };
}

/** @param {SheetModel} sheet @param {import('./sweep.js').Frame} frame @returns {Square} */
function squareOf({ run }, { number, status }) {
  if (status === DONE) return run && !run.stored.has(number) ? 'new' : 'done';
  if (run?.numbers.has(number)) return 'now';
  return status === FAILED ? 'failed' : '';
}

/** The line under the map, which says the same. @param {SheetModel} sheet */
export const lineOf = (sheet) => (sheet.run ? running(sheet) : counted(sheet)).join(JOINT);

/** @param {SheetModel} sheet */
function counted(sheet) {
  const done = sheet.count(DONE);
  const failed = sheet.count(FAILED);
  const n = toMake(sheet);
  const estimate = sheet.sweep?.estimate;
  return [
    ...(done ? [say('inStore', { n: done })] : []),
    ...(failed ? [say('failedCount', { n: failed })] : []),
    n ? say('nToMake', { n }) : say('nothingToMake'),
    ...(n && estimate?.missing === n ? cost(estimate) : []),
  ];
}

/** @param {SheetModel} sheet */
function running(sheet) {
  const stored = sheet.run?.stored.size ?? 0;
  const batch = sheet.run?.numbers.size ?? 0;
  const made = sheet.count(DONE) - stored;
  const n = made + sheet.count(WAITING) + sheet.count(FAILED);
  return [
    ...(stored ? [say('nFromStore', { n: stored })] : []),
    say('madeOf', { made, n }),
    ...(batch ? [say('batchOf', { n: batch })] : []),
  ];
}

/** @param {SheetModel} sheet */
export const toMake = (sheet) => sheet.frames.length - sheet.count(DONE);
