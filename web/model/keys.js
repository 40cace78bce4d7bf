/* What a key means, wherever the sheet or one of its windows has the focus. */

import { COMMANDS } from './commands.js';

/** @typedef {import('./commands.js').Command} Command */
/**
 * @typedef {{key: string, code: string, shiftKey: boolean, ctrlKey: boolean, metaKey: boolean,
 *   altKey: boolean}} Pressed
 */

/** Keys with a name; the number pad has some of them on its digits. */
const CAPS = new Map([
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['Home', 'Home'],
  ['End', 'End'],
  ['PageUp', 'PgUp'],
  ['PageDown', 'PgDn'],
  ['Escape', 'Esc'],
  ['Delete', 'Del'],
  [' ', 'Space'],
]);

const BY_KEY = new Map(
  COMMANDS.flatMap((entry) =>
    Object.entries(entry.keys ?? {}).map(([key, details]) => [key, { entry, details }]),
  ),
);

/** @param {Pressed} event @returns {Command | null} null: not ours */
export function command(event) {
  const { shiftKey: shift } = event;
  const held = `${event.altKey ? 'Alt+' : ''}${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}`;
  const cap = capOf(event);
  const found = (shift && BY_KEY.get(`${held}Shift+${cap}`)) || BY_KEY.get(held + cap);
  if (!found) return null;
  const { entry, details } = found;
  if (entry.marks) return { name: entry.name, ...details, advance: shift };
  // A capital letter is not ours.
  return shift && /^[A-Z]$/.test(held + cap) ? null : { name: entry.name, ...details };
}

/** How the table of commands writes a key. @param {Pressed} event */
function capOf({ key, code }) {
  const cap = CAPS.get(key);
  if (cap) return cap;
  // Layouts differ in what a digit's key writes, with Shift or without: so its place counts.
  const digit = /^(?:Digit|Numpad)([0-5])$/.exec(code)?.[1];
  return digit ?? (/^\D$/.test(key) ? key.toUpperCase() : key.replace(/^\d$/, ''));
}

/** The key of a command, for the tip of its button. @param {string} name */
export const keyOf = (name) =>
  Object.keys(COMMANDS.find((entry) => entry.name === name)?.keys ?? {})[0] ?? '';

/** The host must not act on the key, too. It listens before anyone else and acts in the next frame,
 * so that where it would take back a change of the graph, the key has to be gone by then.
 * @param {KeyboardEvent} event @param {Command} found */
export function keep(event, found) {
  event.preventDefault();
  event.stopPropagation();
  if (COMMANDS.some((entry) => entry.contested && entry.name === found.name))
    Object.defineProperty(event, 'key', { value: 'Unidentified' });
}
