/* Which frames go on: 3, 2-5, #9f3a1c0b77d2e845, !seed=1003. The page's twin of
   nodes/core/grammar/picks.py; both are tested with tests/data/picks.json. */

import {
  LINE_END,
  MAX_ITEMS,
  Cursor,
  GrammarError,
  commas,
  placed,
  sticky,
  trim,
  unescaped,
} from './cursor.js';

/** @typedef {{id: string, number: number | null, seed: number | string | null, prompt?: number,
 *   values: Record<string, unknown>, labels?: Record<string, string>}} Pickable */
/** @typedef {{kind: string, removes: boolean, start: number, end: number, first?: number,
 *   last?: number, id?: string, name?: string, value?: string, quoted?: boolean}} PickItem */

const ID_LENGTH = 16;
const SHORTEST_ID = 6;
const EXPECTED = 'a frame number, a range like 2-5, all, none, #id or seed=1001';
const NUMBER = sticky('[0-9]+');
const DASH = sticky('\\s*-\\s*');
const EQUALS = sticky('\\s*=\\s*');
const REMOVES = sticky('!\\s*');
const WORD = sticky('[\\p{L}_][\\p{L}\\p{N}\\p{M}_]*(?:[ .:-][\\p{L}\\p{N}\\p{M}_]+)*', 'u');
const PLAIN = sticky(`[^,${LINE_END}]+`);

/** @param {Cursor} cursor */
function number(cursor) {
  const start = cursor.position;
  const digits = cursor.expect(NUMBER, 'the frame that ends the range')[0].replace(/^0+/, '');
  if (!digits) throw cursor.fail('Frames are numbered from 1', start);
  if (digits.length > 9)
    throw cursor.fail('No sweep has that many frames; an id begins with #', start);
  return Number(digits);
}

/** @param {Cursor} cursor */
function range(cursor) {
  const first = number(cursor);
  return { kind: 'frames', first, last: cursor.take(DASH) ? number(cursor) : first };
}

/** @param {Cursor} cursor */
function identity(cursor) {
  const start = cursor.position;
  const id = cursor.expect(/#([0-9A-Za-z]*)/y, '#')[1].toLowerCase();
  if (/^[0-9a-f]+$/.test(id) && id.length >= SHORTEST_ID && id.length <= ID_LENGTH)
    return { kind: 'id', id };
  throw cursor.fail(
    `A frame id is # and ${ID_LENGTH} digits 0-9 a-f, or the first ${SHORTEST_ID} and more of them`,
    start,
  );
}

/** @param {Cursor} cursor */
function word(cursor) {
  const start = cursor.position;
  const [name] = cursor.expect(WORD, EXPECTED);
  if (cursor.take(EQUALS)) return { kind: 'axis', name, ...axisValue(cursor, name) };
  const kind = name.toLowerCase();
  if (kind !== 'all' && kind !== 'none') throw cursor.fail(`Expected ${EXPECTED}`, start);
  return { kind };
}

/** @param {Cursor} cursor @param {string} name */
function axisValue(cursor, name) {
  const start = cursor.position;
  if (cursor.source.startsWith('"', start)) {
    const quoted = cursor.take(/"((?:[^"\\]|\\[^\n])*)"/y);
    if (!quoted) throw cursor.fail('This quote is never closed', start);
    return { value: unescaped(`${quoted[1]}"`, '"').slice(0, -1), quoted: true };
  }
  const value = trim(cursor.expect(PLAIN, `a value after ${name}=`)[0]);
  if (!value) throw cursor.fail(`Expected a value after ${name}=`, start);
  if (name === 'seed' && !/^[0-9]+$/.test(value))
    throw cursor.fail('A seed is a whole number', start);
  return { value };
}

/** @param {Cursor} cursor @returns {PickItem} */
function item(cursor) {
  const start = cursor.position;
  const removes = cursor.take(REMOVES) !== null;
  const here = cursor.source[cursor.position] ?? '';
  const read = here === '#' ? identity : /[0-9]/.test(here) ? range : word;
  return { ...read(cursor), removes, start, end: cursor.position };
}

/** The items of a picks text; throws GrammarError. @param {string} text */
export function parse(text) {
  /** @type {PickItem[]} */
  const items = [];
  for (const { value } of placed(new Cursor(text), item)) {
    items.push(value);
    if (items.length > MAX_ITEMS) throw fault(value, `More than ${commas(MAX_ITEMS)} picks`);
  }
  for (const each of items) {
    if (each.kind === 'none' && (items.length > 1 || each.removes))
      throw fault(each, 'none stands alone');
  }
  if (items[0]?.removes) throw fault(items[0], 'Nothing to take away yet; begin with all');
  return items;
}

/** @param {PickItem} at @param {string} message */
export const fault = (at, message) => new GrammarError(message, at.start, at.end);

/** The text that picks these frames in this order. @param {Iterable<string>} ids */
export const formatIds = (ids) => Array.from(ids, (id) => `#${id}`).join(', ');
