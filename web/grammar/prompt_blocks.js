/* The lines and blocks of a text of prompts, with their fields. The page's twin of
   nodes/core/grammar/prompt_blocks.py. */

import { readPattern } from './braces.js';
import { BLANK, SPACES_IN, linesOf, oneLine, quoted } from './cursor.js';
import { checkFlags } from './flags.js';

/** @typedef {import('./cursor.js').Cursor} Cursor */
/** @typedef {import('./patterns.js').Pattern} Pattern */
/** @typedef {[number, number]} Span */
/** @typedef {{body: Pattern, negative: Pattern, name: string, span: Span}} Unit what one line or
 *   block says, and where */

const SEPARATOR = '---';
const FIELDS = ['name', 'negative'];
const OTHERS =
  'prompt|positive|neg|negative prompt|seed|seeds|steps|cfg|cfg scale|sampler|scheduler|denoise|' +
  'count|template';
const A_FIELD = `(${FIELDS.join('|')}|${OTHERS})[${SPACES_IN}]*[:：][${SPACES_IN}]*`;
const FIELD = new RegExp(A_FIELD, 'iyu');
const ALONE = /(?:BREAK|AND)$/y;
const DASHES = /-{4,}$/y;
const SIGN = new RegExp(`-{3,}$|${A_FIELD}`, 'iyu');
const SLASHES = /\\+/y;

/** text = line* | block (separator block)* @param {Cursor} cursor @returns {Unit[]} */
export function readUnits(cursor) {
  const lines = [...linesOf(cursor)];
  const written = (/** @type {Span} */ line) => cursor.source.slice(...line);
  if (!lines.some((line) => written(line) === SEPARATOR))
    return lines.filter(([start, end]) => start < end).map((line) => lineUnit(cursor, line));
  /** @type {Span[][]} */
  const blocks = [[]];
  for (const line of lines) {
    if (written(line) === SEPARATOR) blocks.push([]);
    else blocks.at(-1)?.push(line);
  }
  return blocks
    .map(withoutBlankEnds)
    .filter((block) => block.length)
    .map((block) => blockUnit(cursor, block));
}

/** The line with a backslash in front, if its beginning would otherwise mean something.
 * @param {string} line */
export const lineKept = (line) => (isSign(line, line.search(/[^\\]|$/)) ? `\\${line}` : line);

/** Whether something other than a prompt begins there. @param {string} text
 * @param {number} place */
const isSign = (text, place) => Boolean(at(SIGN, text, place) ?? at(ALONE, text, place));

/** @param {RegExp} pattern @param {string} text @param {number} place */
function at(pattern, text, place) {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

/** line = prompt @param {Cursor} cursor @param {Span} line @returns {Unit} */
function lineUnit(cursor, line) {
  const { field, end } = fieldOf(cursor, line);
  if (FIELDS.includes(field.toLowerCase())) {
    const message = `${field}: belongs to a block; put --- between blocks, or write \\${field}:`;
    throw cursor.fail(message, line[0], end);
  }
  const body = readPattern(cursor, [promptLine(cursor, line)]);
  return { body, negative: [], name: '', span: line };
}

/** The field that a line begins with, and where what it says begins. @param {Cursor} cursor
 * @param {Span} line */
function fieldOf(cursor, [start, end]) {
  const [head, field] = at(FIELD, cursor.source.slice(0, end), start) ?? ['', ''];
  return { field, end: start + head.length };
}

/** block = (field | line)* @param {Cursor} cursor @param {Span[]} lines @returns {Unit} */
function blockUnit(cursor, lines) {
  /** @type {Record<string, Span>} */
  const fields = {};
  /** @type {Span[]} */
  const body = [];
  for (const line of lines) {
    const { field, end } = fieldOf(cursor, line);
    const name = field.toLowerCase();
    if (!FIELDS.includes(name)) body.push(promptLine(cursor, line));
    else if (name in fields) throw cursor.fail(`A second ${field}: in this block`, line[0], end);
    else fields[name] = [end, line[1]];
  }
  const prompt = readPattern(cursor, withoutBlankEnds(body));
  if (fields.negative) checkFlags(cursor, fields.negative, true);
  const negative = readPattern(cursor, fields.negative ? [fields.negative] : []);
  const [start, end] = fields.name ?? [0, 0];
  const name = oneLine(cursor.source.slice(start, end).replaceAll(BLANK, ''));
  if (fields.name && !name) throw cursor.fail('Expected a name', start);
  return { body: prompt, negative, name, span: [lines[0][0], lines[lines.length - 1][1]] };
}

/** A line of a prompt, without the backslash in front of --- name: and the like.
 * @param {Cursor} cursor @param {Span} line @returns {Span} */
function promptLine(cursor, line) {
  const [start, end] = line;
  const { field } = fieldOf(cursor, line);
  if (field) {
    const known = `a block has name: and negative:; write \\${field}: to keep it`;
    const message = `Unknown field ${quoted(field)}; ${known}`;
    throw cursor.fail(message, start, start + field.length);
  }
  const text = cursor.source.slice(0, end);
  if (at(DASHES, text, start))
    throw cursor.fail('The line between blocks is exactly ---; to keep this, \\----', start, end);
  const [alone] = at(ALONE, text, start) ?? [];
  if (alone) {
    const message = `${alone} is no prompt: write it into a line, or \\${alone} to keep it`;
    throw cursor.fail(message, start, end);
  }
  checkFlags(cursor, line);
  const slashes = at(SLASHES, text, start);
  return slashes && isSign(text, start + slashes[0].length) ? [start + 1, end] : line;
}

/** @param {Span[]} lines */
function withoutBlankEnds(lines) {
  const places = lines.flatMap(([start, end], place) => (start < end ? [place] : []));
  return places.length ? lines.slice(places[0], Number(places.at(-1)) + 1) : [];
}
