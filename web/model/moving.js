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
 * Only one row or column; the same again: all.
 * @param {SheetModel} model
 * @param {import('./seen.js').Kind} kind
 * @param {number} place of the line, from 0
 */
export function filterLine(model, kind, place) {
  const on = model.filter.kind === kind && model.filter.place === place;
  model.filterBy(on ? { kind: 'all' } : { kind, place });
}

/**
 * The frame to beat: set with A, else the first pick, else the nearest before.
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
  const { shown } = model;
  const at = shown.indexOf(index);
  const near = [...shown.slice(0, Math.max(0, at)).reverse(), ...shown.slice(at + 1)];
  return near.find((each) => isDone(model, each)) ?? -1;
}

/** @param {SheetModel} model @param {number} index */
const isDone = (model, index) => model.frames[index]?.status === DONE;

/** The frames shown that have pictures, from the focus on and round. @param {SheetModel} model */
export function fromFocus({ shown, focus, frames }) {
  const at = Math.max(0, shown.indexOf(focus));
  const around = [...shown.slice(at), ...shown.slice(0, at)].map((index) => frames[index]);
  return around.filter(({ status }) => status === DONE);
}

/**
 * What a survey begins with: the picks shown, else the row of the frame in focus.
 * @param {SheetModel} model
 * @returns {number[]}
 */
export function candidates(model) {
  const done = (/** @type {number} */ index) => isDone(model, index);
  const picked = model.marks.picks
    .map((id) => model.indexOf(id))
    .filter((index) => model.shown.includes(index) && done(index));
  if (picked.length > 1) return picked.slice(0, SURVEYED);
  const row = model.seen.rowOf(model.focus).filter(done);
  const from = Math.max(0, Math.min(row.indexOf(model.focus) - 4, row.length - SURVEYED));
  return row.slice(from, from + SURVEYED);
}
