/* Whether the frames of a sheet are still in the store. */

import { DONE, WAITING } from '../model/sweep.js';

const AT_ONCE = 6;
const SLOW = 300; // milliseconds until the sheet says that it reads

/**
 * Asks the store for every frame, a few at a time, until the model shows another sweep.
 * @param {import('../model/sheet_model.js').SheetModel} model
 * @param {(file: import('../model/sweep.js').FileRef) => Promise<boolean>} exists
 */
export async function checkStore(model, exists) {
  const { sweep } = model;
  const timer = setTimeout(() => reading(model, true), SLOW);
  const left = model.frames.keys();
  const worker = async () => {
    for (const index of left) {
      if (model.sweep !== sweep) return;
      const there = await exists(model.frames[index].thumb);
      if (model.sweep !== sweep) return;
      if (!there) model.vanished(index);
      else if (model.frames[index].status !== DONE) found(model, index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  clearTimeout(timer);
  if (model.phase === 'stopped' && !model.count(WAITING)) model.phase = 'reopened';
  reading(model, false);
}

/** @param {import('../model/sheet_model.js').SheetModel} model @param {number} index */
function found(model, index) {
  model.frames[index].status = DONE;
  model.emit({ what: 'frames', frames: [index] });
}

/** @param {import('../model/sheet_model.js').SheetModel} model @param {boolean} on */
function reading(model, on) {
  model.reading = on;
  model.emit({ what: 'status' });
}
