/* The buttons in a cell. For the keyboard they are keys. */

import { button, h, icon, set } from '../common/dom.js';
import { keyOf } from '../model/keys.js';
import { DONE } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */

/**
 * The button that makes a frame which is not made yet.
 * @param {HTMLElement} cell
 * @param {number} index
 * @param {boolean} isMissing
 * @param {boolean} small
 */
export function offerMaking(cell, index, isMissing, small) {
  const box = /** @type {HTMLElement} */ (cell.firstElementChild);
  const old = box.querySelector('.ps-make');
  if (!isMissing) return old?.remove();
  const name = say('makeFrame', { n: index + 1 });
  if (old) return set(old, 'aria-label', name);
  const props = {
    tabindex: -1,
    'aria-label': name,
    title: `${say('makeThis')} (${keyOf('make')})`,
  };
  box.append(button('text ps-make', props, small ? icon('plus', 14) : say('makeThis')));
}

/**
 * The button that opens the loupe, where the pointer is.
 * @param {HTMLElement} cell
 * @param {SheetModel} model
 */
export function offerLoupe(cell, model) {
  const index = Number(cell.dataset.index);
  const box = cell.firstElementChild;
  if (model.frames[index]?.status !== DONE || box?.querySelector('.ps-open')) return;
  box?.append(
    h(
      'button',
      {
        type: 'button',
        class: 'ps-open',
        tabindex: -1,
        'aria-label': say('look', { n: index + 1 }),
      },
      icon('loupe', 14),
    ),
  );
}
