/* Tables: a line of names, then a row a line, or a JSON list of objects. The page's twin of
   nodes/core/grammar/rows.py; both are tested with tests/data/rows.json. Files, only the server
   reads. */

import {
  Cursor,
  GrammarError,
  LINE_END,
  MAX_ITEMS,
  MAX_LONG_TEXT,
  SPACES_IN,
  commas,
  folded,
  lengthOf,
  trim,
} from './cursor.js';
import { NUMBER } from './decimals.js';
import { label, typed } from './input_types.js';
import { readObject } from './json_objects.js';

/** @typedef {import('./input_types.js').Scalar} Scalar */
/** @typedef {[number, number]} Span */
/** @typedef {{text: string, span: Span, stop: number, length: number}} Cell what it says, where,
 *   and where it ends; `length`: as it is written */
/** @typedef {{columns: string[], rows: Scalar[][], isTyped: boolean}} Table for each row a value of
 *   each column; `isTyped`: the values have types of their own, else they are texts as written */

export const COLUMNS = 8; // of Sweep Rows: it has an output for each
const LONGEST = 80; // characters of a name: more is the first row of a table without one
const FIELD = 131_072; // characters in a cell, to Python's csv
const S = SPACES_IN;
const FILE = new RegExp(`^[${S}]*@[${S}]*([^\\r\\n]*[^${S}])[${S}]*$`);
const NAME = new RegExp(`^(?![#@])[^%/\\\\=,"${LINE_END}]+$`);
const A_NUMBER = new RegExp(`^${NUMBER}$`);
const SIGNS = /** @type {Record<string, string>} */ ({
  '\t': 'a tab',
  ';': 'a semicolon',
  ',': 'a comma',
});
const NONE = '\x1f'; // no sign that is written: between the cells of a single column
const QUOTED = / *("(?:[^"]+|"")*("?))/y;
const JOINT = ' · ';
const SPACES = new RegExp(`[${S}]*`, 'y');
const COMMA = new RegExp(`[${S}]*,[${S}]*`, 'y');
const LAST = new RegExp(`\\][${S}]*$`, 'y');
const JSON_SPACE = /[ \t\r\n]*/y;

/** The file whose text is read instead; '' if none is. @param {string} text */
export const fileNamed = (text) => FILE.exec(text)?.[1] ?? '';

/** text = lines | list; throws GrammarError with the place of what is no table.
 * @param {unknown} text @param {string} [name] where it stands @returns {Table} */
export function readTable(text, name = 'table') {
  const { cursor, first, isJson } = begun(text, name);
  return isJson ? readJson(cursor) : readLines(cursor, first);
}

/** The names of the columns, as far as there are any; none of a file. @param {string} text
 * @returns {string[]} */
export function namesIn(text) {
  if (fileNamed(text)) return [];
  try {
    const { cursor, first, isJson } = begun(text, 'table');
    return isJson ? readJson(cursor).columns : readHeader(cursor, first).names;
  } catch (error) {
    if (error instanceof GrammarError) return [];
    throw error;
  }
}

/** @param {unknown} text @param {string} name */
function begun(text, name) {
  const cursor = new Cursor(text, name, MAX_LONG_TEXT);
  const { source } = cursor;
  const start = cursor.position + matchAt(SPACES, source, cursor.position)[0].length;
  const end = source.indexOf('\n', start);
  const first = source.slice(start, end < 0 ? undefined : end);
  if (!trim(first)) throw cursor.fail('Expected a line of names, and then a row a line', 0);
  return { cursor, first, isJson: '[{'.includes(first[0]) };
}

/** A column as it is for whoever takes any value: numbers, or true and false, if all of it is; else
 * texts. @param {Table} table @param {number} column @returns {Scalar[]} */
export function columnOf({ rows, isTyped }, column) {
  const written = rows.map((row) => row[column]);
  if (isTyped) return written;
  const found = written.map(untyped);
  const truths = found.filter((value) => typeof value === 'boolean').length;
  const isNumbers = !truths && !found.some((value) => typeof value === 'string');
  return truths === found.length || isNumbers ? found : written;
}

/** A table of that row alone. @param {Table} table @param {number} row */
export function oneRow({ columns, rows, isTyped }, row) {
  const quoted = (/** @type {Scalar} */ text) => `"${String(text).replaceAll('"', '""')}"`;
  if (!isTyped) return [columns, rows[row]].map((line) => line.map(quoted).join(',')).join('\n');
  const written = (/** @type {Scalar} */ value) =>
    typeof value === 'string' ? JSON.stringify(value) : label(value);
  const pairs = columns.map((name, at) => `${JSON.stringify(name)}: ${written(rows[row][at])}`);
  return `[{${pairs.join(', ')}}]`;
}

/** A number that no widget holds is a text. @param {Scalar} cell @returns {Scalar} */
function untyped(cell) {
  try {
    return typed(cell, { type: '*' });
  } catch {
    return cell;
  }
}

/** The first line, which tells the sign between cells, and the lines behind it.
 * @param {Cursor} cursor @param {string} first */
function readHeader(cursor, first) {
  const bare = first.replace(new RegExp(QUOTED, 'g'), '');
  const sign = Object.keys(SIGNS).find((each) => bare.includes(each)) ?? NONE;
  const records = recordsOf(cursor, sign);
  /** @type {Cell[]} */
  const header = records.next().value?.cells ?? [];
  const names = header.map(({ text }) => text);
  while (names.length && !names[names.length - 1]) names.pop();
  checkNames(cursor, names, (at) => header[at].span);
  const number = names.findIndex((name) => A_NUMBER.test(name));
  if (number >= 0) {
    const message = 'A number is no name: the first line names the columns';
    throw cursor.fail(message, ...header[number].span);
  }
  return { names, sign, records };
}

/** lines = header row*; both are cells with one sign between them
 * @param {Cursor} cursor @param {string} first @returns {Table} */
function readLines(cursor, first) {
  const { names, sign, records } = readHeader(cursor, first);
  /** @type {Scalar[][]} */
  const rows = [];
  for (const { cells, span } of records) {
    if (rows.length === MAX_ITEMS)
      throw cursor.fail(`More than ${commas(MAX_ITEMS)} rows`, ...span);
    checkCells(cursor, names, cells, sign);
    rows.push(names.map((_, at) => cells[at].text));
  }
  if (!rows.length) throw cursor.fail('Expected a row below the names', cursor.source.length);
  return { columns: names, rows, isTyped: false };
}

/** The lines that have any cells. @param {Cursor} cursor @param {string} sign
 * @returns {Generator<{cells: Cell[], span: Span}>} */
function* recordsOf(cursor, sign) {
  const { source } = cursor;
  const isSaid = new RegExp(`[^ \\r\\n${sign}]`);
  let { position } = cursor;
  while (position < source.length) {
    const start = position;
    /** @type {Cell[]} */
    const cells = [];
    let stop = start - 1;
    do {
      const cell = cellAt(cursor, stop + 1, sign);
      cells.push(cell);
      stop = cell.stop;
    } while (source[stop] === sign);
    position = stop + (source.startsWith('\r\n', stop) ? 2 : 1);
    const span = /** @type {Span} */ ([start, Math.min(position, source.length)]);
    const long = cells.find(({ length }) => length > FIELD);
    if (long) {
      const message = `This line cannot be read: field larger than field limit (${FIELD})`;
      throw cursor.fail(message, ...span);
    }
    if (isSaid.test(source.slice(...span))) yield { cells, span };
  }
}

/** The cell that begins at a place. @param {Cursor} cursor @param {number} start
 * @param {string} sign @returns {Cell} */
function cellAt(cursor, start, sign) {
  const { source } = cursor;
  const quoted = matchAt(QUOTED, source, start);
  const inside = quoted ? quoted[1].slice(1, quoted[2] ? -1 : undefined).replaceAll('""', '"') : '';
  const after = start + (quoted?.[0].length ?? 0);
  const stop = after + matchAt(new RegExp(`[^${sign}\\r\\n]*`, 'y'), source, after)[0].length;
  const text = trim(source.slice(start, stop));
  const first = source.indexOf(text, start);
  checkQuotes(cursor, first, first + text.length);
  const span = /** @type {Span} */ ([first, first + Math.max(1, text.length)]);
  const value = quoted ? trim(inside.replaceAll('\r\n', '\n')) : text;
  return { text: value, span, stop, length: inside.length || stop - start };
}

/** Throws for what Python's csv would guess at. @param {Cursor} cursor @param {number} start
 * @param {number} end */
function checkQuotes(cursor, start, end) {
  const quoted = matchAt(QUOTED, cursor.source.slice(0, end), start);
  if (!quoted) return;
  if (!quoted[2]) {
    const message = 'This quote is never closed; in quotes, "" is a quote itself';
    throw cursor.fail(message, start, start + 1);
  }
  const after = start + quoted[0].length;
  if (after < end) {
    const message = 'After the quote that closes a value it ends; in quotes, "" is a quote itself';
    throw cursor.fail(message, after, end);
  }
}

/** @param {RegExp} pattern a sticky one @param {string} source @param {number} place
 * @returns {any} */
function matchAt(pattern, source, place) {
  pattern.lastIndex = place;
  return pattern.exec(source);
}

/** @param {Cursor} cursor @param {string[]} names @param {Cell[]} cells @param {string} sign */
function checkCells(cursor, names, cells, sign) {
  if (cells.length < names.length) {
    const missing = names[cells.length];
    const each = `Expected a value for each of ${names.length} columns`;
    const message = `${each}: ${missing} has none here`;
    throw cursor.fail(message, cells[0].span[0], cells[cells.length - 1].span[1]);
  }
  const extra = cells.find(({ text }, at) => at >= names.length && text);
  if (!extra) return;
  const kept = SIGNS[sign] ? `: a text with ${SIGNS[sign]} in it goes in quotes` : '';
  throw cursor.fail(
    `More values than the ${names.length} columns have names${kept}`,
    ...extra.span,
  );
}

/** list = '[' object (',' object)* ']' @param {Cursor} cursor @returns {Table} */
function readJson(cursor) {
  cursor.take(SPACES);
  cursor.expect(/\[/y, 'a list of objects: [{...}, {...}]');
  /** @type {Map<string, Scalar>[]} */
  const objects = [];
  /** @type {Map<string, Span>} */
  const names = new Map();
  do {
    cursor.take(JSON_SPACE);
    const start = cursor.position;
    const { values, spans } = readObject(cursor);
    objects.push(values);
    if (objects.length > MAX_ITEMS)
      throw cursor.fail(`More than ${commas(MAX_ITEMS)} rows`, start, cursor.position);
    for (const [name, span] of spans) if (!names.has(name)) names.set(name, span);
  } while (cursor.take(COMMA));
  cursor.take(JSON_SPACE);
  cursor.expect(LAST, "',' or the ']' that ends the list");
  const columns = [...names.keys()];
  checkNames(cursor, columns, (at) => /** @type {Span} */ (names.get(columns[at])));
  const rows = objects.map((values) => columns.map((name) => values.get(name) ?? ''));
  return { columns, rows, isTyped: true };
}

/** name = letters and signs other than % / \ = , " and, at its beginning, # and @
 * @param {Cursor} cursor @param {string[]} names @param {(at: number) => Span} placeOf */
function checkNames(cursor, names, placeOf) {
  /** @type {Map<string, string>} */
  const seen = new Map();
  for (const [at, name] of names.entries()) {
    const wrong = wrongName(name, seen);
    if (wrong) throw cursor.fail(wrong, ...placeOf(at));
    seen.set(folded(name), name);
  }
  if (names.length > COLUMNS) {
    const message = `More than ${COLUMNS} columns: there is an output for each of these`;
    throw cursor.fail(message, ...placeOf(COLUMNS));
  }
  if (!names.length) throw cursor.fail('Expected the names of the columns');
}

/** @param {string} name @param {Map<string, string>} seen */
function wrongName(name, seen) {
  const length = lengthOf(name);
  if (!trim(name)) return 'This column has no name';
  if (length > LONGEST) return `A name of ${length} characters: the first line names the columns`;
  if (!NAME.test(name) || name.includes(JOINT) || name !== trim(name))
    return 'A name has no % / \\ = , " in it, and no # or @ before it';
  return seen.has(folded(name)) ? `Two columns are called ${seen.get(folded(name))}` : '';
}
