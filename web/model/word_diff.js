/* What differs between two texts: word by word, in scripts without spaces character by character
   (nodes/core/text/difference.py). */

import { words } from '../grammar/words.js';

/** @typedef {{text: string, differs: boolean}} Piece */

/** The words of two texts, those that only one of them has marked.
 * @param {string} a @param {string} b @returns {[Piece[], Piece[]]} */
export function wordsApart(a, b) {
  const [left, right] = [words(a), words(b)];
  if (left.length * right.length > 1_000_000)
    return [[{ text: a, differs: true }], [{ text: b, differs: true }]];
  const common = longestCommon(left, right);
  const places = (/** @type {0 | 1} */ side) => new Set(common.map((pair) => pair[side]));
  return [pieces(left, places(0)), pieces(right, places(1))];
}

/** @param {string[]} a @param {string[]} b @returns {[number, number][]} places in both */
function longestCommon(a, b) {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * width + j] =
        a[i] === b[j]
          ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
  }
  /** @type {[number, number][]} */
  const found = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) found.push([i++, j++]);
    else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

/**
 * Runs of words; a space between two that differ differs with them.
 * @param {string[]} list
 * @param {Set<number>} same the places of words that both texts have
 * @returns {Piece[]}
 */
function pieces(list, same) {
  const differs = (/** @type {number} */ at) =>
    !same.has(at) ||
    (/^\s+$/.test(list[at]) &&
      at > 0 &&
      at + 1 < list.length &&
      !same.has(at - 1) &&
      !same.has(at + 1));
  /** @type {Piece[]} */
  const found = [];
  for (const [at, text] of list.entries()) {
    const last = found.at(-1);
    if (last && last.differs === differs(at)) last.text += text;
    else found.push({ text, differs: differs(at) });
  }
  return found;
}
