/* What rows and columns are called. */

import { places } from '../model/seen.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sweep.js').Axis} Axis */

/** A text says what it is, and so do the labels of what was paired up.
 * @param {Axis} axis @param {number} value */
export const named = (axis, value) =>
  typeof axis.values[value] === 'string' || Array.isArray(axis.values[value])
    ? axis.labels[value]
    : `${axis.name} ${axis.labels[value]}`;

/** A text, or a row with one, and which of them it is. @param {Axis} axis @param {number} value */
export const numbered = (axis, value) =>
  [axis.values[value]].flat().some((each) => typeof each === 'string')
    ? `${value + 1}  ${axis.labels[value]}`
    : named(axis, value);

/** The whole prompt, where the label is only its name. @param {Axis} axis @param {number} value */
export function fullText(axis, value) {
  const whole = axis.values[value];
  if (typeof whole === 'string') return whole;
  return Array.isArray(whole) ? whole.filter((part) => typeof part === 'string').join('\n') : '';
}

/** What the filter shows alone. @param {import('../model/sheet_model.js').SheetModel} model */
export function filterName({ filter, seen }) {
  const { kind, place = 0 } = filter;
  if (kind !== 'row' && kind !== 'column') return '';
  const axes = kind === 'row' ? seen.rows : seen.columns;
  const labels = places(axes, place).map((value, level) => axes[level].labels[value]);
  return say(kind, { what: labels.join(' · ') || String(place + 1) });
}
