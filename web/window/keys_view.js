/* The dialog that shows the keys. */

import { h, iconButton } from '../common/dom.js';
import { GROUPS } from '../model/commands.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/commands.js').Shown} Shown */

/** @param {Shown} shown */
function keycaps({ gesture, caps, keys = {} }) {
  const text = gesture ? say(gesture) : (caps ?? Object.keys(keys).join(' ').replaceAll('+', ' '));
  return text.split(' ').map((cap) => (cap === '–' ? cap : h('kbd', {}, cap)));
}

/** @param {[string, Shown[]]} group */
const section = ([title, lines]) =>
  h(
    'section',
    {},
    h('h3', {}, say(title)),
    h(
      'dl',
      {},
      lines
        .filter(({ help }) => help)
        .map((line) => [h('dt', {}, keycaps(line)), h('dd', {}, say(line.help ?? ''))]),
    ),
  );

/** @param {HTMLElement} parent beside which it lies; it closes with Esc
 * @param {Record<string, Shown[]>} groups @param {string} foot the name of its text */
export function showKeys(parent, groups = GROUPS, foot = 'keysFoot') {
  const back = /** @type {HTMLElement | null} */ (document.activeElement);
  const dialog = /** @type {HTMLDialogElement} */ (
    h('dialog', {
      class: 'ps ps-keys',
      'aria-label': say('keys'),
      'aria-modal': 'true',
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        event.stopPropagation();
        if (event.key !== 'Escape' && event.key !== '?') return;
        event.preventDefault();
        dialog.close();
      },
      onclick: (/** @type {Event} */ event) => event.target === dialog && dialog.close(),
      onclose: () => {
        dialog.remove();
        back?.focus({ preventScroll: true });
      },
    })
  );
  const close = iconButton('close', say('close'), 'Esc', { onclick: () => dialog.close() });
  dialog.append(
    h('header', {}, h('h2', {}, say('keys')), close),
    h('div', { class: 'cols' }, Object.entries(groups).map(section)),
    h('footer', {}, say(foot)),
  );
  (parent.matches('dialog') ? parent : document.body).append(dialog);
  dialog.showModal();
}
