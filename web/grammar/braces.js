/* Braces in a text: {a|b} stands for every form of it, nested braces too, in the order written. The
   page's twin of nodes/core/grammar/braces.py. */

import { GrammarError, amount } from './cursor.js';

/** @typedef {{options: Pattern[]}} Choice one of the options */
/** @typedef {(string | Choice)[]} Pattern text and choices, one after the other */

export const UNCOUNTED = 1e18; // a count above it is not told apart from it
const MAX_DEPTH = 50;
const HOLE = '\0';

/**
 * Braces without a bar stay as they are; a backslash keeps a brace, and in braces a bar, literal. A
 * name in braces that is in `holes` becomes its text. Throws GrammarError.
 * @param {string} text
 * @param {Record<string, string>} [holes]
 * @returns {Pattern}
 */
export function readPattern(text, holes = {}) {
  /** @type {{start: number, options: Pattern[]}[]} */
  const groups = [{ start: 0, options: [[]] }];
  const add = (/** @type {string} */ piece) => piece && groups.at(-1)?.options.at(-1)?.push(piece);
  let position = 0;
  for (const found of text.matchAll(/(\\*)([{}|])/g)) {
    const [all, slashes, sign] = found;
    const isBar = sign === '|' && groups.length === 1;
    add(text.slice(position, found.index));
    position = found.index + all.length;
    if (isBar) add(all);
    else add(slashes.slice(0, slashes.length >> 1) + (slashes.length % 2 ? sign : ''));
    if (!isBar && slashes.length % 2 === 0) signed(groups, sign, position - 1, holes);
  }
  add(text.slice(position));
  const { start } = groups[groups.length - 1];
  if (groups.length > 1) throw wrong('This { is never closed; write \\{ for a brace itself', start);
  return merged(groups[0].options[0]);
}

/** @param {{start: number, options: Pattern[]}[]} groups @param {string} sign
 * @param {number} position @param {Record<string, string>} holes */
function signed(groups, sign, position, holes) {
  if (sign === '|') groups.at(-1)?.options.push([]);
  else if (sign === '{') {
    if (groups.length > MAX_DEPTH)
      throw wrong(`Braces in braces, more than ${MAX_DEPTH} deep`, position);
    groups.push({ start: position, options: [[]] });
  } else if (groups.length === 1)
    throw wrong('This } closes nothing; write \\} for a brace itself', position);
  else {
    const { options } = /** @type {{options: Pattern[]}} */ (groups.pop());
    groups
      .at(-1)
      ?.options.at(-1)
      ?.push(...closed(options, holes));
  }
}

/** What stands in braces: a choice, a hole, or text with braces. @param {Pattern[]} options
 * @param {Record<string, string>} holes @returns {Pattern} */
function closed(options, holes) {
  if (options.length > 1) return [{ options: options.map(merged) }];
  const [pieces] = options;
  const name = pieces.length === 1 && typeof pieces[0] === 'string' ? pieces[0].trim() : '';
  return Object.hasOwn(holes, name) ? [holes[name]] : ['{', ...pieces, '}'];
}

/** Texts that follow each other as one. @param {Pattern} pieces @returns {Pattern} */
function merged(pieces) {
  /** @type {Pattern} */
  const found = [];
  for (const piece of pieces) {
    const last = found.at(-1);
    if (typeof piece === 'string' && typeof last === 'string') found.splice(-1, 1, last + piece);
    else found.push(piece);
  }
  return found;
}

/** @param {string} message @param {number} at */
const wrong = (message, at) => new GrammarError(message, at, at + 1);

/** How many forms each choice has. @param {Pattern} pattern */
export const factorsOf = (pattern) =>
  pattern.flatMap((piece) =>
    typeof piece === 'string'
      ? []
      : [
          Math.min(
            UNCOUNTED,
            piece.options.reduce((sum, option) => sum + countOf(option), 0),
          ),
        ],
  );

/** How many forms a text has. @param {Pattern} pattern @returns {number} */
export const countOf = (pattern) =>
  factorsOf(pattern).reduce((product, factor) => Math.min(UNCOUNTED, product * factor), 1);

/** How a count comes about: 2 x 3 x 4 @param {number[]} factors */
export function factorsInWords(factors) {
  const words = factors.filter((factor) => factor !== 1).map((each) => amount(BigInt(each)));
  const shown = words.length <= 8 ? words : [...words.slice(0, 8), `… (${words.length} braces)`];
  return shown.join(' x ') || '1';
}

/** Every form of the text: the last choice changes fastest. Spaces on both sides of a brace count
 * once. @param {Pattern} pattern @returns {string[]} */
export function formsOf(pattern) {
  if (pattern.length < 2) {
    const [piece = ''] = pattern;
    return typeof piece === 'string' ? [piece] : piece.options.flatMap(formsOf);
  }
  const half = pattern.length >> 1;
  const after = formsOf(pattern.slice(half));
  const trimmed = after.map((form) => form.replace(/^ +/, ''));
  return formsOf(pattern.slice(0, half)).flatMap((left) =>
    (left.endsWith(' ') ? trimmed : after).map((right) => left + right),
  );
}

/** The texts in a pattern, in its choices too. @param {Pattern} pattern @returns {string[]} */
export const textsOf = (pattern) =>
  pattern.flatMap((piece) =>
    typeof piece === 'string' ? [piece] : piece.options.flatMap(textsOf),
  );

/** Whether a name stands in braces in a template. @param {string} template @param {string} name */
export const hasHole = (template, name) =>
  textsOf(readPattern(template, { [name]: HOLE })).some((text) => text.includes(HOLE));
