/* What is said under a picture. */

import { named } from './headers.js';

/**
 * All that varies, or what the headers do not say of it.
 * @param {import('../model/sheet_model.js').SheetModel} model
 * @param {number} index
 * @param {{small: boolean, inner: boolean}} look `small`: without names; `inner`: the headers say
 *   all axes but the innermost
 */
export function captionOf(model, index, { small, inner }) {
  const frame = model.frames[index];
  const { axes } = model;
  const axis = axes.at(-1);
  const brief = inner || (small && axes.length === 1);
  if (!axis || !brief || !(axis.name in frame.values)) return frame.caption;
  const place = index % model.inner;
  return small ? axis.labels[place] : named(axis, place);
}
