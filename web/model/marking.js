/* What commands and pointers do to the marks of a sheet. */

import { DONE } from './sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('./sheet_model.js').SheetModel} SheetModel */
/** @typedef {import('./marks.js').Marks} Marks */

/** @param {SheetModel} model @param {number} index */
export const togglePick = (model, index) =>
  mark(model, index, (marks, id, n) =>
    marks.togglePick(id, say(marks.place(id) ? 'didUnpick' : 'didPick', { n })),
  );

/** @param {SheetModel} model @param {number} index */
export const toggleReject = (model, index) =>
  mark(model, index, (marks, id, n) => marks.toggleReject(id, say('didReject', { n })));

/** @param {SheetModel} model @param {number} index */
export const unflag = (model, index) =>
  mark(model, index, (marks, id, n) => marks.unflag([id], say('didUnflag', { n })));

/** @param {SheetModel} model @param {number} index @param {number} stars */
export const rate = (model, index, stars) =>
  mark(model, index, (marks, id, n) => marks.rate(id, stars, say('didStars', { n })));

/**
 * Only a frame that is done can be marked, or one that was picked when it was.
 * @param {SheetModel} model
 * @param {number} index
 * @param {(marks: Marks, id: string, number: number) => void} act
 * @returns {boolean} whether it was
 */
function mark(model, index, act) {
  const frame = model.frames[index];
  if (!frame || (frame.status !== DONE && !model.marks.place(frame.id))) return false;
  act(model.marks, frame.id, index + 1);
  model.marked();
  return true;
}

/** One step of undo. @param {SheetModel} model @param {number[]} indices */
export function pickMany(model, indices) {
  const ids = indices
    .map((index) => model.frames[index])
    .filter((frame) => frame?.status === DONE)
    .map((frame) => frame.id);
  const n = ids.filter((id) => !model.marks.place(id)).length;
  model.marks.pick(ids, say('didPicks', { n }));
  model.marked();
}

/** Earlier or later in the order of picks.
 * @param {SheetModel} model @param {number} index @param {number} by */
export function reorder(model, index, by) {
  const id = model.frames[index]?.id ?? '';
  const place = model.marks.place(id);
  if (place) model.marks.move(id, place + by, say('didMove'));
  model.marked();
}

/** @param {SheetModel} model */
export const undo = (model) => walkBack(model, 'undone', model.marks.undo());

/** @param {SheetModel} model */
export const redo = (model) => walkBack(model, 'redone', model.marks.redo());

/** @param {SheetModel} model @param {string} text @param {string | null} what */
function walkBack(model, text, what) {
  model.tell(what === null ? say('nothingToUndo') : say(text, { what }));
  model.marked();
}

/** The frame becomes A, the one to beat. @param {SheetModel} model @param {number} index */
export function setA(model, index) {
  model.champion = model.frames[index]?.id ?? '';
  model.marked();
}
