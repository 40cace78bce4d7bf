/* What a screen reader says of a frame. */

import { JOINT } from '../model/labels.js';
import { FAILED, GONE, MISSING, WAITING } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */

/**
 * @param {SheetModel} model
 * @param {number} index
 * @param {boolean} [isRunning]
 */
export function spoken(model, index, isRunning = false) {
  const frame = model.frames[index];
  const place = model.marks.place(frame.id);
  const stars = model.marks.stars(frame.id);
  return [
    say('frame', { n: index + 1 }),
    frame.seed !== null && say('seed', { seed: frame.seed }),
    ...frame.caption.split(JOINT).filter((piece) => piece !== `seed ${frame.seed}`),
    isRunning && model.run
      ? say('sayRunning', { step: model.run.step, steps: model.run.steps })
      : STATES[frame.status] && say(STATES[frame.status]),
    place ? say('sayPicked', { n: place }) : model.marks.isRejected(frame.id) && say('sayRejected'),
    stars && say('sayStars', { n: stars }),
  ]
    .filter(Boolean)
    .join(', ');
}

/** @type {Record<string, string>} */
const STATES = {
  [WAITING]: 'sayWaiting',
  [FAILED]: 'sayFailed',
  [GONE]: 'sayGone',
  [MISSING]: 'sayMissing',
};
