/* The dialog that shows the keys. */

import { h, iconButton } from '../common/dom.js';
import { TABLE } from '../model/keys.js';
import { say } from '../common/texts.js';

/** @param {string} caps */
const keycaps = (caps) =>
  (caps.startsWith('@') ? say(caps.slice(1)).split(' ') : caps.split(' ')).map((cap) =>
    cap === '–' ? cap : h('kbd', {}, cap),
  );

/** @param {HTMLElement} parent beside which it lies; it closes with Esc */
export function showKeys(parent) {
  const groups = TABLE.map(([title, keys]) =>
    h(
      'section',
      {},
      h('h3', {}, say(title)),
      h(
        'dl',
        {},
        keys.map(([caps, what]) => [h('dt', {}, keycaps(caps)), h('dd', {}, say(what))]),
      ),
    ),
  );
  const close = iconButton('close', say('close'), 'Esc', { onclick: () => dialog.close() });
  const dialog = /** @type {HTMLDialogElement} */ (
    h(
      'dialog',
      { class: 'ps ps-keys', 'aria-label': say('keys'), 'aria-modal': 'true' },
      h('header', {}, h('h2', {}, say('keys')), close),
      h('div', { class: 'cols' }, groups),
      h('footer', {}, say('keysFoot')),
    )
  );
  dialog.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === '?') {
      event.preventDefault();
      dialog.close();
    }
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    back?.focus({ preventScroll: true });
  });
  const back = /** @type {HTMLElement | null} */ (document.activeElement);
  (parent.matches('dialog') ? parent : document.body).append(dialog);
  dialog.showModal();
}
