/* Which of the picks go on, and which belong to other sweeps. */

import { FAILED, GONE, MISSING } from './sweep.js';

/** @typedef {import('./sheet_model.js').SheetModel} SheetModel */

/** Picks that can be passed on. @param {SheetModel} model */
export function passing({ frames, marks, lost }) {
  const out = idsOf(frames.filter(({ status }) => [FAILED, GONE, MISSING].includes(status)));
  return marks.picks.filter((id) => !lost.has(id) && !out.has(id));
}

/** Picks of other sweeps that are not yet keepers. @param {SheetModel} model */
export function strangers({ frames, marks, lost }) {
  const here = idsOf(frames);
  return marks.picks.filter((id) => !here.has(id) && !lost.has(id) && !marks.isKeeper(id));
}

/** @param {import('./sweep.js').Frame[]} frames */
const idsOf = (frames) => new Set(frames.map(({ id }) => id));
