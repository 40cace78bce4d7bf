/* What is saved with a Contact Sheet in the workflow, and what comes back when one is opened. */

import { openLooks, savedLooks } from '../model/looks.js';
import { restored, saved } from '../model/marks.js';
import { packed, unpacked } from '../model/saved_sweep.js';
import { WAITING } from '../model/sweep.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */

/** @param {SheetModel} model @param {any} sheet the sweep as `packed` made it
 * @param {any} made the API graph that made the frames */
export const stateOf = (model, sheet, made) => ({
  version: 1,
  ...saved(model.marks.state),
  ...savedLooks(model),
  sheet,
  gone: [...model.lost],
  made: made ?? undefined,
});

/** @param {SheetModel} model */
export const packedSweep = (model) => (model.sweep ? packed(model.sweep) : undefined);

/** How it was looked at, and the saved sweep, if the model has none yet.
 * @param {SheetModel} model @param {any} state
 * @returns {boolean} whether there was one */
export function openSweep(model, state) {
  openLooks(model, state);
  const sweep = model.sweep ? null : unpacked(state.sheet);
  if (!sweep) return false;
  const isWhole = sweep.frames.every((frame) => frame.status !== WAITING);
  model.load(sweep, isWhole ? 'reopened' : 'stopped', state.gone ?? []);
  return true;
}

/** The saved marks; their history begins anew, unless nothing is new.
 * @param {SheetModel} model @param {any} from @param {readonly string[]} picks */
export function openMarks(model, from, picks) {
  const { marks } = model;
  const state = restored(from, picks);
  const text = (/** @type {any} */ some, /** @type {readonly string[]} */ ids) =>
    JSON.stringify([saved(some), ids]);
  if (text(state, picks) !== text(marks.state, marks.picks)) {
    marks.state = state;
    marks.past = [];
    marks.future = [];
  }
  model.refilter();
}
