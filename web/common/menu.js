/* A small menu over the page. It closes when something is chosen, with Esc, Tab, or a press
   elsewhere; the focus goes back to where it was. */

import { h, icon } from './dom.js';

/** @typedef {{text: string, more?: string, icon?: string, off?: boolean | string,
 *   do: () => unknown}} Item
 *   `more`: a second, quiet line; `off`: cannot be chosen now; a text says why, in place of `more`
 * @typedef {Element | {x: number, y: number}} At what it belongs to, or a point of the window */

const MARGIN = 8; // to the edges of the window
const GAP = 4;
const TYPED = 800; // milliseconds until letters begin another word
const MOVES = /** @type {Record<string, (at: number, last: number) => number>} */ ({
  ArrowDown: (at, last) => (at < last ? at + 1 : 0),
  ArrowUp: (at, last) => (at > 0 ? at - 1 : last),
  Home: () => 0,
  End: (_, last) => last,
});

let close = () => {};

/** Shows a menu, in place of the one that is open.
 * @param {{at: At, label: string, items: Item[]}} menu @returns {() => void} closes it */
export function openMenu({ at, label, items }) {
  close();
  const back = /** @type {HTMLElement | null} */ (document.activeElement);
  const opener = at instanceof Element ? at : null;
  const away = new AbortController();
  const shut = () => {
    if (away.signal.aborted) return;
    away.abort();
    const inside = element.contains(document.activeElement);
    element.remove();
    opener?.setAttribute('aria-expanded', 'false');
    if (inside) back?.focus({ preventScroll: true });
  };
  const rows = items.map((item) => row(item, shut));
  const element = h('div', { class: 'ps ps-popup', role: 'menu', 'aria-label': label }, rows);
  element.addEventListener('keydown', keys(rows, shut));
  (opener?.closest('dialog') ?? document.body).append(element);
  place(element, at);
  rows[0]?.focus({ preventScroll: true });
  opener?.setAttribute('aria-expanded', 'true');
  const outside = (/** @type {Event} */ event) => {
    if (!event.composedPath().includes(element)) shut();
  };
  const listening = { capture: true, signal: away.signal };
  for (const name of ['pointerdown', 'wheel']) addEventListener(name, outside, listening);
  for (const name of ['blur', 'resize']) addEventListener(name, shut, { signal: away.signal });
  close = shut;
  return shut;
}

/** @param {Item} item @param {() => void} shut */
function row(item, shut) {
  const more = typeof item.off === 'string' && item.off ? item.off : item.more;
  const choose = () => {
    if (item.off) return;
    shut();
    item.do();
  };
  return h(
    'button',
    {
      type: 'button',
      role: 'menuitem',
      tabindex: -1,
      'aria-disabled': item.off ? 'true' : undefined,
      onclick: choose,
      onpointermove: (/** @type {Event} */ event) =>
        /** @type {HTMLElement} */ (event.currentTarget).focus({ preventScroll: true }),
    },
    item.icon ? icon(item.icon) : null,
    h('span', {}, item.text, more ? h('small', {}, more) : null),
  );
}

/** @param {HTMLElement[]} rows @param {() => void} shut */
function keys(rows, shut) {
  let typed = '';
  let last = 0;
  return (/** @type {KeyboardEvent} */ event) => {
    event.stopPropagation(); // the host has keys of its own
    const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const move = MOVES[event.key];
    if (move) rows[move(at, rows.length - 1)]?.focus();
    else if (event.key === 'Escape' || event.key === 'Tab') shut();
    else if (isLetter(event, typed)) {
      typed = event.timeStamp - last > TYPED ? event.key : typed + event.key;
      last = event.timeStamp;
      rows[found(rows.map(wordsOf), typed, at)]?.focus();
    } else return;
    event.preventDefault();
  };
}

/** A space is one only within a word that is being typed.
 * @param {KeyboardEvent} event @param {string} typed */
const isLetter = ({ key, ctrlKey, metaKey, altKey }, typed) =>
  key.length === 1 && !ctrlKey && !metaKey && !altKey && (key !== ' ' || typed !== '');

/** @param {HTMLElement} each */
const wordsOf = (each) => each.querySelector('span')?.firstChild?.textContent ?? '';

/**
 * Which of the texts is meant by what was typed: one that begins so, else one that has it inside;
 * the same letter again goes on to the next.
 * @param {string[]} texts
 * @param {string} typed
 * @param {number} at the one that has the focus
 * @returns {number} -1: none
 */
export function found(texts, typed, at) {
  const word = typed.toLowerCase();
  const again = word.length > 1 && new Set(word).size === 1;
  const sought = again ? word[0] : word;
  const begin = word.length === 1 || again ? at + 1 : Math.max(0, at);
  const order = texts.map((_, i) => (begin + i) % texts.length);
  const low = texts.map((text) => text.toLowerCase());
  return (
    order.find((i) => low[i].startsWith(sought)) ?? order.find((i) => low[i].includes(sought)) ?? -1
  );
}

/** Below what it belongs to, above where there is more room, always in the window.
 * @param {HTMLElement} element @param {At} at */
function place(element, at) {
  const box =
    at instanceof Element
      ? at.getBoundingClientRect()
      : { left: at.x, right: at.x, top: at.y - GAP, bottom: at.y - GAP };
  const below = innerHeight - box.bottom - GAP - MARGIN;
  const above = box.top - GAP - MARGIN;
  const { offsetWidth: width, scrollHeight: tall } = element;
  const down = tall <= below || below >= above;
  const height = Math.min(tall, Math.max(below, above));
  const left = Math.max(MARGIN, Math.min(box.left, innerWidth - width - MARGIN));
  const top = down ? box.bottom + GAP : box.top - GAP - height;
  Object.assign(element.style, {
    left: `${left}px`,
    top: `${Math.max(MARGIN, top)}px`,
    maxHeight: `${height}px`,
  });
}
