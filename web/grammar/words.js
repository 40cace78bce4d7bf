/* Words of any script, and what some texts share. The page's share of
   nodes/core/text/difference.py. */

import { SPACES_IN } from './cursor.js';

// Tested with the same table: tests/data/labels.json.
const BROAD_IN =
  '\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff' +
  '\\ufe30-\\ufe6f\\uff01-\\uff60\\uffe0-\\uffe6\\u{20000}-\\u{3fffd}'; // in a class of characters
const KOREAN = '[\\uac00-\\ud7a3]'; // puts spaces between words
const LETTER = `(?:${KOREAN}|(?![${BROAD_IN}])[\\p{L}\\p{N}\\p{M}])`;
const INSIDE = `(?:[.'’_:/\\\\-]|(?<=\\p{Nd}),(?=\\p{Nd}))`; // between two letters
const WORD = new RegExp(
  `${LETTER}+(?:${INSIDE}${LETTER}+)*|[${SPACES_IN}]+|\\p{RI}\\p{RI}|` +
    '[^](?:\\p{M}|\\p{Emoji_Modifier}|\\u200d\\p{Extended_Pictographic})*',
  'gu',
);

/** Words, and what stands between them; joined, they are the text. @param {string} text */
export const words = (text) => text.match(WORD) ?? [];

/** Each text without the words that all begin with and end with; unless it may become empty, it
 * keeps at least one word. @param {string[][]} lists @param {boolean} [empty] */
export function middles(lists, empty = false) {
  if (lists.length < 2) return lists;
  let front = alike(lists);
  let tail = alike(lists.map((list) => list.slice(front).reverse()));
  const inside = () => lists.map((list) => list.slice(front, list.length - tail));
  while (front + tail && !empty && !inside().every(speaks)) {
    if (front) front -= 1;
    else tail -= 1;
  }
  return inside();
}

/** How many words all begin with. @param {string[][]} lists */
function alike(lists) {
  const least = Math.min(...lists.map((list) => list.length));
  let count = 0;
  while (count < least && lists.every((list) => list[count] === lists[0][count])) count += 1;
  return count;
}

/** Whether it can stand as a name: a letter, a digit or a picture. @param {string[]} list */
export const speaks = (list) =>
  list.some((word) => /^[\p{L}\p{N}]/u.test(word) || Number(word.codePointAt(0)) >= 0x2190);

const BROAD = new RegExp(`[${BROAD_IN}]|\\p{Emoji_Presentation}`, 'u');

/** How wide a text is: East Asian characters take two columns, marks none. @param {string} text */
export function columns(text) {
  const seen = [...text].filter((char) => !/[\p{Mn}\p{Me}\p{Cf}]/u.test(char));
  return seen.reduce((sum, char) => sum + (BROAD.test(char) ? 2 : 1), 0);
}
