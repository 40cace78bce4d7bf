/* The text *axes* of a Sweep, changed a line at a time; all else in it stays as it is. The rules of
   nodes/core/grammar/addresses.py; both sides are tested with tests/data/axis_lines.json. */

import { LINE_BREAK, trim } from '../grammar/cursor.js';

/** @typedef {{text: string, end: string}} Line with the break after it */

const COMMENT = /^#(?:[\s#]|$)/;
const QUOTED = /^"(?:[^"\\]|\\.)*"/;

/** @param {string} axes @returns {Line[]} */
function linesOf(axes) {
  const ends = [...axes.matchAll(LINE_BREAK)];
  const starts = [0, ...ends.map((each) => each.index + each[0].length)];
  return starts.map((start, at) => ({
    text: axes.slice(start, ends[at]?.index),
    end: ends[at]?.[0] ?? '',
  }));
}

/** @param {Line[]} lines */
const joined = (lines) => lines.map(({ text, end }) => text + end).join('');

/** Where the equals sign of a line stands; -1: it gives no values. @param {string} line */
function equals(line) {
  const said = trim(line);
  if (COMMENT.test(said)) return -1;
  return line.indexOf('=', line.indexOf(said) + (QUOTED.exec(said)?.[0].length ?? 0));
}

/** The number of the line for an address, from 1; 0: there is none.
 * @param {string} axes @param {string} address as it is written there */
export const lineFor = (axes, address) =>
  1 +
  linesOf(axes).findIndex(({ text }) => {
    const at = equals(text);
    return at >= 0 && trim(text.slice(0, at)) === address;
  });

/** The values that a line gives, as they are written. @param {string} axes @param {number} line */
export function valuesAt(axes, line) {
  const { text } = linesOf(axes)[line - 1] ?? { text: '' };
  const at = equals(text);
  return at < 0 ? '' : trim(text.slice(at + 1));
}

/** Other values in a line. @param {string} axes @param {number} line @param {string} values */
export function withValues(axes, line, values) {
  const lines = linesOf(axes);
  const { text, end } = lines[line - 1];
  const [before, after] = [text.slice(0, equals(text) + 1), text.slice(equals(text) + 1)];
  const space = /^\s*/.exec(after)?.[0] ?? '';
  lines[line - 1] = { text: before + space + values, end };
  return joined(lines);
}

/** With the line for an address: its values changed, or a line more.
 * @param {string} axes @param {string} address @param {string} values */
export function withLine(axes, address, values) {
  const line = lineFor(axes, address);
  if (line) return withValues(axes, line, values);
  const written = `${address} = ${values}`;
  const last = linesOf(axes).at(-1)?.text;
  if (!axes) return written;
  return last ? `${axes}\n${written}` : `${axes}${written}\n`;
}

/** @param {string} axes @param {number} line */
export function withoutLine(axes, line) {
  const lines = linesOf(axes);
  const [{ end }] = lines.splice(line - 1, 1);
  if (!end && lines.length) lines[lines.length - 1].end = '';
  return joined(lines);
}
