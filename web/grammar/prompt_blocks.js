/* The lines and blocks of a text of prompts, with their fields. The page's twin of
   nodes/core/grammar/prompt_blocks.py. */

import { readPattern } from './braces.js';
import { Cursor, GrammarError, linesOf, oneLine, quoted } from './cursor.js';

/** @typedef {import('./braces.js').Pattern} Pattern */
/** @typedef {{body: Pattern, negative: Pattern, name: string, length: number}} Unit what one line
 *   or block says; `length`: of its text */

const SEPARATOR = '---';
const FIELDS = ['name', 'negative'];
const OTHERS =
  'prompt|positive|neg|negative prompt|seed|seeds|steps|cfg|cfg scale|sampler|scheduler|denoise|' +
  'count|template';
const FIELD = new RegExp(`^(${FIELDS.join('|')}|${OTHERS})\\s*[:：]\\s*`, 'i');
const KEPT = new RegExp(`^\\\\+(?=#|-{3,}$|(?:${FIELDS.join('|')}|${OTHERS})\\s*[:：])`, 'i');

/** text = line* | block (separator block)* @param {string} text @returns {Unit[]} */
export function readUnits(text) {
  const spans = [...linesOf(new Cursor(text))].filter(([start]) => text[start] !== '#');
  const lines = spans.map(([start, end]) => text.slice(start, end));
  if (!lines.includes(SEPARATOR)) return lines.filter(Boolean).map(lineUnit);
  /** @type {number[][]} */
  const runs = [[]];
  for (const [at, line] of lines.entries()) {
    if (line === SEPARATOR) runs.push([]);
    else runs.at(-1)?.push(at);
  }
  return runs
    .map((run) => withoutBlankEnds(run, (at) => lines[at]))
    .filter((run) => run.length)
    .map((run) => {
      const length = spans[run[run.length - 1]][1] - spans[run[0]][0];
      return { ...blockUnit(run.map((at) => lines[at])), length };
    });
}

/** line = prompt @param {string} line @returns {Unit} */
function lineUnit(line) {
  const [, field = ''] = FIELD.exec(line) ?? [];
  if (FIELDS.includes(field.toLowerCase()))
    throw wrong(`${field}: belongs to a block; put --- between blocks, or write \\${field}:`);
  return { body: readPattern(promptLine(line)), negative: [], name: '', length: line.length };
}

/** block = (field | line)*; field = ('name' | 'negative') ':' text @param {string[]} lines */
function blockUnit(lines) {
  /** @type {Record<string, string>} */
  const fields = {};
  /** @type {string[]} */
  const body = [];
  for (const line of lines) {
    const [head = '', field = ''] = FIELD.exec(line) ?? [];
    const name = field.toLowerCase();
    if (!FIELDS.includes(name)) body.push(promptLine(line));
    else if (name in fields) throw wrong(`A second ${field}: in this block`);
    else fields[name] = line.slice(head.length);
  }
  const name = oneLine(fields.name ?? '');
  if ('name' in fields && !name) throw wrong('Expected a name');
  const text = withoutBlankEnds(body, (line) => line).join('\n');
  return { body: readPattern(text), negative: readPattern(fields.negative ?? ''), name };
}

/** A line of a prompt, without the backslash in front of # --- name: and the like.
 * @param {string} line */
function promptLine(line) {
  const [, field] = FIELD.exec(line) ?? [];
  if (field) {
    const known = `a block has name: and negative:; write \\${field}: to keep it`;
    throw wrong(`Unknown field ${quoted(field)}; ${known}`);
  }
  if (/^-{4,}$/.test(line))
    throw wrong('The line between blocks is exactly ---; to keep this, \\----');
  if (/^(?:.*\s)?--no$/.test(line)) throw wrong('Expected what to leave out after --no');
  return KEPT.test(line) ? line.slice(1) : line;
}

/** @template T @param {T[]} all @param {(each: T) => string} textOf */
function withoutBlankEnds(all, textOf) {
  const places = all.flatMap((each, at) => (textOf(each) ? [at] : []));
  return places.length ? all.slice(places[0], Number(places.at(-1)) + 1) : [];
}

/** @param {string} message */
const wrong = (message) => new GrammarError(message, 0, 0);
