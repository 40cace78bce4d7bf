/* How a sheet is looked at, beside what its widgets say: rows and columns swapped, counts shown.
   It is saved with the sheet. */

import { say } from '../common/texts.js';

/** @typedef {import('./sheet_model.js').SheetModel} SheetModel */

/** Only what is not as it comes. @param {SheetModel} model */
export const savedLooks = ({ swapped, counts }) => ({
  swapped: swapped || undefined,
  counts: counts ? undefined : false,
});

/** @param {SheetModel} model @param {any} from of any shape: workflows come from anywhere */
export function openLooks(model, from) {
  model.counts = from.counts !== false;
  if ((from.swapped === true) !== model.swapped) turn(model);
}

/** Rows become columns and back. @param {SheetModel} model */
export function swap(model) {
  if (model.axes.length < 2) return model.tell(say('nothingToTurn'));
  turn(model);
  model.refilter();
  model.emit({ what: 'sheet' });
}

const OTHER = /** @type {Record<string, string>} */ ({ row: 'column', column: 'row' });

/** What the filter shows alone stays, and is the other kind of line. @param {SheetModel} model */
function turn(model) {
  const { filter } = model;
  model.swapped = !model.swapped;
  model.filter = { ...filter, kind: OTHER[filter.kind] ?? filter.kind };
  model.lay();
}

/** Counts come and go. @param {SheetModel} model */
function toggleCounts(model) {
  model.counts = !model.counts;
  model.emit({ what: 'sheet' });
}

/** The commands that only the sheet has, not the windows over it.
 * @type {import('./commands.js').Entry[]} */
export const LOOKS = [
  { name: 'counts', run: ({ model }) => toggleCounts(model) },
  { name: 'turn', run: ({ model }) => swap(model) },
];
