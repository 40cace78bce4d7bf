/* Values written so that the lists of Sweep Values and of the lines in axes read them back exactly
   (nodes/core/grammar/values.py). Both sides are tested with tests/data/axis_lines.json. */

import { LINE_END, trim } from './cursor.js';

const SIGNS = new RegExp(`[,"${LINE_END}]|\\\\$`);

/** A text as an item of a list, in quotes where it would mean something else without.
 * @param {string} text */
export const textItem = (text) =>
  text && trim(text) === text && !SIGNS.test(text) ? text : inQuotes(text);

/** @param {string[]} texts */
export const textList = (texts) => texts.map(textItem).join(', ');

/** Quotes, and the backslashes before them, kept literal. @param {string} text */
const inQuotes = (text) =>
  `"${`${text}"`.replace(/(\\*)"/g, (_, before) => `${before}${before}\\"`).slice(0, -2)}"`;

/** A number with every digit that the page has; a float keeps its point.
 * @param {unknown} value @param {string} type */
export function numberItem(value, type) {
  const written = String(value);
  return type === 'FLOAT' && /^-?\d+$/.test(written) ? `${written}.0` : written;
}

/** So many whole numbers in a row from one on, as a list; after the largest seed comes 0.
 * @param {unknown} from @param {number} count @param {string} to between the ends of a range */
export function run(from, count, to) {
  const first = /^\d+$/.test(String(from)) ? BigInt(String(from)) : 0n;
  const last = first + BigInt(count) - 1n;
  if (count === 1) return String(first);
  if (last < SEEDS) return `${first}${to}${last}`;
  const all = Array.from({ length: count }, (_, at) => (first + BigInt(at)) % SEEDS);
  return all.join(', ');
}

const SEEDS = 2n ** 64n;
