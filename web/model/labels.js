/* How values are written on the page. Numbers lose digits above 2^53, and their .0, on their way
   here; what they are written like comes beside them, from the manifest. The rules that are needed
   on both sides are tested with tests/data/labels.json on both. */

/** @typedef {Record<string, string>} Labels how some values are written, by their names */

/** Between the pieces of a caption, and what varies together (nodes/core/axes.py). */
export const JOINT = ' · ';

const TAIL = 5; // digits that a shortened seed keeps at least
const WORTH = 4; // digits that are worth cutting off

/** @param {string} name @param {unknown} value @param {Labels} labels */
export const written = (name, value, labels) =>
  labels[name] ?? (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** A number beyond what numbers hold, by its digits. @param {unknown} value @param {string} [label]
 * @returns {unknown} */
export function exact(value, label = '') {
  const rounded = typeof value === 'number' && !Number.isSafeInteger(value);
  return rounded && /^-?\d+$/.test(label) ? label : value;
}

/** Long numbers without the digits they all begin with: 900751615 as …51615.
 * @param {string[]} labels */
export function shortened(labels) {
  const [first = ''] = labels;
  const alike = labels.every((label) => label.length === first.length && /^\d+$/.test(label));
  if (labels.length < 2 || !alike) return labels;
  let shared = 0;
  while (shared < first.length && labels.every((label) => label[shared] === first[shared]))
    shared += 1;
  const cut = Math.min(shared, first.length - TAIL);
  return cut < WORTH ? labels : labels.map((label) => `…${label.slice(cut)}`);
}

/**
 * JSON with the digits of whole numbers kept, as texts, where numbers cannot hold them. The host
 * takes a text of digits for a number.
 * @param {string} text
 * @returns {any}
 */
export function parseExactly(text) {
  const token = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
  const kept = (/** @type {string} */ each) =>
    /^-?\d+$/.test(each) && !Number.isSafeInteger(Number(each)) ? `"${each}"` : each;
  return JSON.parse(text.replace(token, kept));
}
