/* Flags in a prompt: what stands behind --no is to be left out of the picture. The page's twin of
   nodes/core/grammar/flags.py. */

import { BLANK, SPACES_IN, strip, trim } from './cursor.js';

/** @typedef {import('./cursor.js').Cursor} Cursor */

const NAMES = ['no', 'neg', 'negative', 'negative_prompt'];
const WORDS = `(?:${NAMES.join('|')})(?=[${SPACES_IN}]|$)`;
const LEAVE_OUT = `--${WORDS}`;
const NO = new RegExp(`(?:^|[${SPACES_IN}])${LEAVE_OUT}`);
const EMPTY = new RegExp(`(?:.*[${SPACES_IN}${BLANK}])?(${LEAVE_OUT})$`, 'sy');
const BEGINS = `(?:(?<![^${SPACES_IN}{|${BLANK}])|(?<=::)|(?<=\\$\\$))`;
const WORD = '--[A-Za-z][\\p{L}\\p{N}_-]*';
const FLAG = new RegExp(`${BEGINS}${WORD}`, 'gu');
const OTHER = new RegExp(`${BEGINS}(?!${LEAVE_OUT})${WORD}`, 'gu');
const DASH = `[—–]${WORDS}`; // what phones and word processors make of --no
const DASHED = new RegExp(BEGINS + DASH, 'g');
const KEPT = new RegExp(`${BEGINS}\\\\(?=\\\\*(?:--[A-Za-z]|${DASH}))`, 'g');
const TO_KEEP = new RegExp(`${BEGINS}(?=\\\\*(?:--[A-Za-z]|${DASH}))`, 'g');

/** Throws GrammarError for a flag that is not read, and for one with nothing behind it.
 * @param {Cursor} cursor @param {[number, number]} span @param {boolean} [isNegative] */
export function checkFlags(cursor, [start, end], isNegative = false) {
  const text = cursor.source.slice(0, end);
  const dashed = foundFrom(DASHED, text, start);
  if (dashed) {
    const [flag] = dashed;
    const message = `Expected two hyphens, --${flag.slice(1)}; write \\${flag} to keep it`;
    throw cursor.fail(message, dashed.index, dashed.index + flag.length);
  }
  if (text.indexOf('--', start) < 0) return;
  const empty = isNegative ? null : foundFrom(EMPTY, text, start);
  if (empty)
    throw cursor.fail(`Expected what to leave out after ${empty[1]}`, end - empty[1].length, end);
  const found = foundFrom(isNegative ? FLAG : OTHER, text, start);
  if (!found) return;
  const [flag] = found;
  const isKnown = NAMES.includes(flag.slice(2));
  let message = `Only --no is read here, not ${flag}: leave it out, or write \\${flag} to keep it`;
  if (isKnown) message = `Expected a space behind ${flag}; write \\${flag} to keep it`;
  if (isKnown && isNegative)
    message = `All of this is left out: write it without ${flag}, or \\${flag} to keep it`;
  throw cursor.fail(message, found.index, found.index + flag.length);
}

/** @param {RegExp} pattern @param {string} text @param {number} start */
function foundFrom(pattern, text, start) {
  pattern.lastIndex = start;
  return pattern.exec(text);
}

/** line = positive (' --no' negative)* @param {string} text @returns {[string, string]} the prompt
 *   and what to leave out */
export function split(text) {
  if (!text.includes('--')) return [trim(withoutKept(text)), ''];
  const lines = text.split('\n').map((line) => line.split(NO));
  const positive = lines
    .map(([first, ...others]) => (others.length ? strip(`.${first}`).slice(1) : first))
    .join('\n');
  return [trim(withoutKept(positive)), withoutKept(joined(lines.flatMap((line) => line.slice(1))))];
}

/** @param {string[]} negatives */
export function joined(negatives) {
  const written = negatives.map(trim).filter(Boolean);
  return [
    ...written.slice(0, -1).map((each) => each.replace(/[, ]+$/, '')),
    ...written.slice(-1),
  ].join(', ');
}

/** The text with a backslash before each flag. @param {string} text */
export const flagsKept = (text) => text.replace(TO_KEEP, '\\');

/** @param {string} text */
export const withoutKept = (text) => (text.includes('\\') ? text.replace(KEPT, '') : text);
