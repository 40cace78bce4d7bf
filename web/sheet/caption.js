/* What is said under a picture. */

import { JOINT } from '../model/labels.js';
import { places } from '../model/seen.js';
import { named } from './line_names.js';

/**
 * All that varies, or what the headers do not say of it.
 * @param {import('../model/sheet_model.js').SheetModel} model
 * @param {number} index
 * @param {{small: boolean, inner: boolean}} look `small`: without names; `inner`: the rows'
 *   headings say all axes but those of the columns
 */
export function captionOf(model, index, { small, inner }) {
  const frame = model.frames[index];
  const { seen } = model;
  const brief = inner || (small && seen.axes.length === 1);
  const known = seen.columns.every(({ name }) => name in frame.values);
  if (!seen.columns.length || !brief || !known) return frame.caption;
  return places(seen.columns, seen.line('column', index))
    .map((value, level) => written(seen.columns[level], value, small))
    .join(JOINT);
}

/** @param {import('../model/sweep.js').Axis} axis @param {number} value @param {boolean} small */
const written = (axis, value, small) => (small ? axis.labels[value] : named(axis, value));
