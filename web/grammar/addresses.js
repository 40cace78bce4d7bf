/* Axes by address, a line for each input that varies: KSampler.cfg = 4, 7. The page's twin of
   nodes/core/grammar/addresses.py. */

import {
  MAX_ITEMS,
  Cursor,
  GrammarError,
  commas,
  linesOf,
  sticky,
  strip,
  trim,
  unescaped,
} from './cursor.js';
import { TEXT, WIDGETS, meant } from './input_types.js';
import { placedSeeds, seedsOf } from './seeds.js';
import { placedNumbers, placedTexts } from './values.js';

/** @typedef {import('./input_types.js').InputType} InputType */
/** @typedef {import('./input_types.js').Scalar} Scalar */
/** @template T @typedef {import('./cursor.js').Written<T>} Written */
/** @typedef {{hole?: string, path?: string, word?: string, input?: string, name?: string}} Address
 *   what a line names: the `hole` of a template; `path`, a node id with an input after it; an
 *   `input` of the nodes with the title or of the class `word`; every input called `name`. One with
 *   a dot may be either of the last two */
/** @typedef {{address: Address, target: Written<string>, text: Written<string>}} AddressLine */

const EXAMPLE = 'seed = 7, 40-43';
const COMMENT = sticky('#(?:\\s|#|$)');
const QUOTED = sticky('"((?:[^"\\\\]|\\\\[^\\n])*)"\\s*');

/** text = (line | comment | nothing)*; comment = '#' space anything
 * @param {string} text @returns {AddressLine[]} */
export function parseLines(text) {
  const cursor = new Cursor(text);
  return [...linesOf(cursor)]
    .filter(([start, end]) => start < end && !isComment(text.slice(start, end)))
    .map(([start, end]) => line(cursor, start, end));
}

/** @param {string} written */
function isComment(written) {
  COMMENT.lastIndex = 0;
  return COMMENT.test(written);
}

/** line = target '=' values; a title in quotes may have an equals sign
 * @param {Cursor} cursor @param {number} start @param {number} end @returns {AddressLine} */
function line(cursor, start, end) {
  const { source } = cursor;
  const written = source.slice(start, end);
  QUOTED.lastIndex = 0;
  const quoted = written.startsWith('"') ? QUOTED.exec(written) : null;
  if (written.startsWith('"') && !quoted)
    throw cursor.fail('This quote is never closed; write \\" for a quote itself', start);
  const equals = written.indexOf('=', quoted ? quoted[0].length : 0);
  if (equals < 0)
    throw cursor.fail(`Expected a target, = and values, such as ${EXAMPLE}`, start, end);
  const target = trimmed(source, start, start + equals);
  const address = quoted ? titled(cursor, target, quoted[1]) : named(cursor, target);
  return { address, target, text: trimmed(source, start + equals + 1, end) };
}

/** @param {string} source @param {number} start @param {number} end @returns {Written<string>} */
function trimmed(source, start, end) {
  const value = trim(source.slice(start, end));
  const first = source.indexOf(value, start);
  return { value, start: first, end: first + value.length };
}

/** target = '"' title '"' '.' input | '"' input '"'
 * @param {Cursor} cursor @param {Written<string>} target @param {string} written
 * @returns {Address} */
function titled(cursor, target, written) {
  const title = unescaped(`${written}"`, '"').slice(0, -1);
  const rest = strip(target.value.slice(written.length + 2));
  const input = trim(rest.slice(1));
  if (!trim(title) || (rest && !(rest.startsWith('.') && input)))
    throw cursor.fail('Expected "title".input, or "input"', target.start, target.end);
  return rest ? { word: trim(title), input } : { name: title };
}

/** target = '{' hole '}' | '#' id '.' input | word '.' input | input
 * @param {Cursor} cursor @param {Written<string>} target @returns {Address} */
function named(cursor, { value, start, end }) {
  const fail = (/** @type {string} */ message) => cursor.fail(message, start, end || start + 1);
  if (value.startsWith('{')) return { hole: holeOf(value, fail) };
  if (value.startsWith('#')) {
    if (!/^#.+\..+$/.test(value)) throw fail('Expected #id.input, such as #12.seed');
    return { path: value.slice(1) };
  }
  const dot = value.indexOf('.');
  const [word, input] = [value.slice(0, dot < 0 ? undefined : dot), value.slice(dot + 1)].map(trim);
  if (!word || (dot >= 0 && !input)) throw fail('Expected input, or title.input');
  return dot < 0 ? { name: value } : { word, input, name: value };
}

/** @param {string} written @param {(message: string) => Error} fail */
function holeOf(written, fail) {
  const name = trim(written.slice(1, -1));
  if (!written.endsWith('}') || !name || /[{}|]/.test(name))
    throw fail('A hole is one name in braces: {animal}');
  if (name === 'prompt')
    throw fail('{prompt} is the place of each prompt: write these into the Prompt Batch');
  return name;
}

/**
 * The values of a line for an input of this type; in quotes they are texts where any type is
 * allowed. Throws GrammarError, whose message begins with `where`, what the input is called.
 * @param {AddressLine} line
 * @param {InputType} kind
 * @param {boolean} isSeed
 * @param {string} where
 * @returns {Scalar[]}
 */
export function lineValues({ text }, kind, isSeed, where) {
  /** @type {Scalar[]} */
  const found = [];
  let place = { start: 0, end: text.value.length };
  try {
    for (const item of itemsOf(text.value, kind, isSeed)) {
      place = item;
      const isKept = !WIDGETS.includes(kind.type) && text.value.startsWith('"', item.start);
      for (const value of item.value) found.push(...meant(value, isKept ? TEXT : kind));
      if (found.length > MAX_ITEMS) throw new Error(`More than ${commas(MAX_ITEMS)} values`);
    }
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    const { start, end } = error instanceof GrammarError ? error : place;
    throw new GrammarError(`${where}: ${message}`, text.start + start, text.start + end);
  }
  return found;
}

/** @param {string} text @param {InputType} kind @param {boolean} isSeed
 * @returns {Written<Scalar[]>[]} */
function itemsOf(text, kind, isSeed) {
  if (isSeed) return placedSeeds(text).map((run) => ({ ...run, value: seedsOf(run.value) }));
  if (kind.type === 'INT' || kind.type === 'FLOAT') return placedNumbers(text);
  return placedTexts(text).map((item) => ({ ...item, value: [item.value] }));
}
