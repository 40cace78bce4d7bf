/* What stands in the full window where a frame has no picture. */

import { button, h } from '../common/dom.js';
import { keyOf } from '../model/keys.js';
import { DONE, FAILED, GONE, MISSING } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** Why there is none; a frame that is not made yet can be made.
 * @param {import('../model/sheet_model.js').SheetModel} model @param {number} index
 * @param {import('./full_window.js').FullWindow} full @returns {any[]} */
export function instead(model, index, full) {
  const { status, error } = model.frames[index];
  const n = index + 1;
  if (status === DONE) return [];
  if (status === FAILED) return [h('p', {}, say('failed', { n, message: error ?? '' }))];
  if (status === GONE) return [h('p', {}, say('goneCell'))];
  if (status !== MISSING) return [h('p', {}, say('sayWaiting'))];
  const onclick = () => {
    full.perform({ name: 'make' });
    full.dialog.focus({ preventScroll: true }); // the button goes when the frame comes
  };
  const title = `${say('makeThis')} (${keyOf('make')})`;
  const props = { 'aria-label': say('makeFrame', { n }), title, onclick };
  return [h('p', {}, say('sayMissing')), button('text', props, say('makeThis'))];
}
