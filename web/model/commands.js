/* What marks and moves do, the same in the sheet and in every window over it. */

import { DONE } from './sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('./sheet_model.js').SheetModel} SheetModel */
/** @typedef {import('./keys.js').Command} Command */

/** Carries out a command that marks a frame; false if it is not of that kind.
 * @param {SheetModel} model @param {Command} command @param {number} index @returns {boolean} */
export function mark(model, command, index) {
  const frame = model.frames[index];
  const act = MARKS[command.name];
  if (!act || !frame) return false;
  if (frame.status !== DONE && !model.marks.place(frame.id)) return true;
  act(model.marks, frame.id, index + 1, command.stars ?? 0);
  model.marked();
  if (Boolean(command.advance) !== model.advance) step(model, 1, index);
  return true;
}

/**
 * @type {Record<string, (marks: import('./marks.js').Marks, id: string, n: number, stars: number)
 *   => void>}
 */
const MARKS = {
  pick: (marks, id, n) =>
    marks.togglePick(id, say(marks.place(id) ? 'didUnpick' : 'didPick', { n })),
  reject: (marks, id, n) => marks.toggleReject(id, say('didReject', { n })),
  unflag: (marks, id, n) => marks.unflag([id], say('didUnflag', { n })),
  stars: (marks, id, n, stars) => marks.rate(id, stars, say('didStars', { n })),
};

/** Commands on the marks as a whole; false if it is none of them.
 * @param {SheetModel} model @param {Command} command @param {number} index @returns {boolean} */
export function arrange(model, command, index) {
  const { marks } = model;
  const id = model.frames[index]?.id ?? '';
  if (command.name === 'undo' || command.name === 'redo') {
    const what = command.name === 'undo' ? marks.undo() : marks.redo();
    model.tell(
      what === null
        ? say('nothingToUndo')
        : say(command.name === 'undo' ? 'undone' : 'redone', { what }),
    );
  } else if (command.name === 'reorder') {
    if (marks.place(id)) marks.move(id, marks.place(id) + (command.by ?? 0), say('didMove'));
  } else if (command.name === 'pick all') pickMany(model, model.shown);
  else if (command.name === 'set A') model.champion = id;
  else return false;
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

/** @param {SheetModel} model @param {string} to @param {{columns: number, page: number}} shape */
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
