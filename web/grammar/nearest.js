/* What of a list is nearest to a text: Python's difflib, as far as nodes/core uses it. */

import { short } from './cursor.js';

/** The longest run that both have between these places: Python's choice among equals.
 * @param {ArrayLike<string>} a @param {Map<string, number[]>} where places in the other
 * @param {number[]} range alo, ahi, blo, bhi @returns {[number, number, number]} */
function longestRun(a, where, [alo, ahi, blo, bhi]) {
  /** @type {[number, number, number]} */
  let best = [alo, blo, 0];
  /** @type {Map<number, number>} */
  let lengths = new Map();
  for (let i = alo; i < ahi; i += 1) {
    const next = new Map();
    for (const j of where.get(a[i]) ?? []) {
      if (j < blo) continue;
      if (j >= bhi) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best[2]) best = [i - length + 1, j - length + 1, length];
    }
    lengths = next;
  }
  return best;
}

/** Runs that both have, in order: place in `a`, place in `b`, length.
 * @param {ArrayLike<string>} a @param {ArrayLike<string>} b
 * @returns {[number, number, number][]} */
export function matchingRuns(a, b) {
  /** @type {Map<string, number[]>} */
  const where = new Map();
  for (let j = 0; j < b.length; j += 1) where.set(b[j], [...(where.get(b[j]) ?? []), j]);
  /** @type {[number, number, number][]} */
  const found = [];
  const left = [[0, a.length, 0, b.length]];
  for (let range = left.pop(); range; range = left.pop()) {
    const [alo, ahi, blo, bhi] = range;
    const [i, j, size] = longestRun(a, where, range);
    if (!size) continue;
    found.push([i, j, size]);
    if (alo < i && blo < j) left.push([alo, i, blo, j]);
    if (i + size < ahi && j + size < bhi) left.push([i + size, ahi, j + size, bhi]);
  }
  return found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
}

/** How alike two texts are, from 0 to 1. @param {string[]} a @param {string[]} b */
function likeness(a, b) {
  const total = a.length + b.length;
  if (!total) return 1;
  if ((2 * Math.min(a.length, b.length)) / total < CUTOFF) return 0;
  return (2 * matchingRuns(a, b).reduce((sum, run) => sum + run[2], 0)) / total;
}

const CUTOFF = 0.6;

/** The words that are nearest to a text, the nearest first.
 * @param {string} written @param {Iterable<string>} words @param {number} [most] */
export function nearest(written, words, most = 3) {
  const text = [...written].slice(0, 80);
  const short = [...words].filter((word) => [...word].length <= 80);
  return short
    .map((word) => ({ word, score: likeness([...word], text) }))
    .filter(({ score }) => score >= CUTOFF)
    .sort((a, b) => b.score - a.score || (a.word < b.word ? 1 : -1))
    .slice(0, most)
    .map(({ word }) => word);
}

/** A few of the words for a message, those first that are nearest to what is written.
 * @param {string} written @param {Iterable<string>} words */
export function few(written, words) {
  const known = [...new Set(words)];
  const shown = [...new Set([...nearest(written, known), ...known])].slice(0, 6).map(short);
  const more = known.length > 6 ? `, … (${known.length.toLocaleString('en')})` : '';
  return shown.join(', ') + more;
}
