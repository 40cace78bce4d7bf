/* Which frames one looks at: where the focus goes, what is shown, what is held against what. */

import { DONE } from './sweep.js';

/** @typedef {import('./sheet_model.js').SheetModel} SheetModel */
/** @typedef {{columns: number, page: number}} Shape how frames lie: in a row, and rows in view */

const SURVEYED = 9; // at most

/**
 * To another frame among those shown.
 * @param {SheetModel} model
 * @param {number} by
 * @param {number} [from]
 */
export function step(model, by, from = model.focus) {
  const at = model.shown.indexOf(from);
  const next =
    at < 0 ? model.shown[0] : model.shown[Math.min(model.shown.length - 1, Math.max(0, at + by))];
  if (next !== undefined) model.focusOn(next);
}

/** @param {SheetModel} model @param {string} to @param {Shape} shape */
export function move(model, to, { columns, page }) {
  const at = Math.max(0, model.shown.indexOf(model.focus));
  const row = at - (at % columns);
  const last = model.shown.length - 1;
  const targets = /** @type {Record<string, number>} */ ({
    left: at - 1,
    right: at + 1,
    up: at - columns,
    down: at + columns,
    'row start': row,
    'row end': Math.min(last, row + columns - 1),
    first: 0,
    last,
    'page up': at - columns * page,
    'page down': at + columns * page,
  });
  let target = targets[to];
  if (to.startsWith('page'))
    target = Math.min(last - ((last - at) % columns), Math.max(at % columns, target));
  if (target >= 0 && target <= last) model.focusOn(model.shown[target]);
}

/**
 * Only the row or column of the frame in focus; the same again: all.
 * @param {SheetModel} model
 * @param {'row' | 'column'} kind
 * @param {number} index
 */
export function filterLine(model, kind, index) {
  const place = kind === 'row' ? Math.floor(index / model.inner) : index % model.inner;
  const on = model.filter.kind === kind && model.filter.place === place;
  model.filterBy(on ? { kind: 'all' } : { kind, place });
}

/**
 * The frame to beat: set with A, else the first pick, else the one before.
 * @param {SheetModel} model
 * @param {number} index
 */
export function opponent(model, index) {
  const set = model.champion ? model.indexOf(model.champion) : -1;
  if (set >= 0 && set !== index) return set;
  const picked = model.marks.picks
    .map((id) => model.indexOf(id))
    .find((at) => at >= 0 && at !== index);
  if (picked !== undefined) return picked;
  const at = model.shown.indexOf(index);
  return model.shown[at > 0 ? at - 1 : 1] ?? -1;
}

/**
 * What a survey begins with: the picks shown, else the row of the frame in focus.
 * @param {SheetModel} model
 * @returns {number[]}
 */
export function candidates(model) {
  const done = (/** @type {number} */ index) => model.frames[index]?.status === DONE;
  const picked = model.marks.picks
    .map((id) => model.indexOf(id))
    .filter((index) => model.shown.includes(index) && done(index));
  if (picked.length > 1) return picked.slice(0, SURVEYED);
  const start = model.focus - (model.focus % model.inner);
  const row = Array.from(
    { length: Math.min(model.inner, model.frames.length - start) },
    (_, at) => start + at,
  ).filter(done);
  const from = Math.max(0, Math.min(row.indexOf(model.focus) - 4, row.length - SURVEYED));
  return row.slice(from, from + SURVEYED);
}
