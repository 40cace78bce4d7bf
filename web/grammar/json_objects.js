/* Objects of JSON whose values are texts, numbers, true or false, with every digit and the places
   of their names: the share of nodes/core/grammar/rows.py that Python's json does. */

import { SURROGATE } from './cursor.js';

/** @typedef {import('./cursor.js').Cursor} Cursor */
/** @typedef {import('./input_types.js').Scalar} Scalar */
/** @typedef {[number, number]} Span */

const SPACE = '[ \\t\\r\\n]*';
const PLAIN = '[^"\\\\\\x00-\\x1f]*';
// Nothing in it can be read in two ways: a quote that is not closed is found at once.
const A_STRING = `"${PLAIN}(?:\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4})${PLAIN})*"`;
const STRING = new RegExp(A_STRING, 'y');
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const WORD = /true|false|null|-?Infinity|NaN/y;
const COLON = new RegExp(`${SPACE}:${SPACE}`, 'y');
const COMMA = new RegExp(`${SPACE},${SPACE}`, 'y');
const OPEN = new RegExp(`\\{${SPACE}`, 'y');
const CLOSE = new RegExp(`${SPACE}\\}`, 'y');
const NESTED = new RegExp(`${A_STRING}|[[\\]{}]|[^"[\\]{}]+`, 'y');
const WORDS = /** @type {Record<string, any>} */ ({ true: true, false: false, null: '' });

/** object = '{' [name ':' value (',' name ':' value)*] '}'; null is an empty text. Throws
 * GrammarError. @param {Cursor} cursor
 * @returns {{values: Map<string, Scalar>, spans: Map<string, Span>}} */
export function readObject(cursor) {
  const start = cursor.position;
  if (!cursor.take(OPEN)) throw cursor.fail('Expected an object: {...}', start, start + 1);
  /** @type {{name: string, value: Scalar | null, span: Span}[]} */
  const pairs = [];
  while (!cursor.take(CLOSE)) {
    if (pairs.length && !cursor.take(COMMA)) throw wrong(cursor, "expected ',' or '}'");
    const from = cursor.position;
    const name = cursor.take(STRING)?.[0];
    if (name === undefined) throw wrong(cursor, 'expected a name in quotes');
    const span = /** @type {Span} */ ([from, cursor.position]);
    if (!cursor.take(COLON)) throw wrong(cursor, "expected ':'");
    pairs.push({ name: JSON.parse(name), value: readValue(cursor), span });
  }
  return checked(cursor, pairs);
}

/** @param {Cursor} cursor @param {{name: string, value: Scalar | null, span: Span}[]} pairs */
function checked(cursor, pairs) {
  /** @type {Map<string, Scalar>} */
  const values = new Map();
  /** @type {Map<string, Span>} */
  const spans = new Map();
  for (const { name, value, span } of pairs) {
    const place = spans.get(name) ?? span;
    if (values.has(name)) throw cursor.fail(`A second ${name} in this object`, ...place);
    if (value === null) throw cursor.fail('A value is a text, a number, true or false', ...span);
    const broken = typeof value === 'string' ? SURROGATE.exec(value) : null;
    if (broken) {
      const code = broken[0].charCodeAt(0).toString(16).toUpperCase();
      throw cursor.fail(`Half of a character (U+${code})`, ...span);
    }
    values.set(name, value);
    spans.set(name, span);
  }
  return { values, spans };
}

/** A value; null for one that no widget could hold. @param {Cursor} cursor
 * @returns {Scalar | null} */
function readValue(cursor) {
  const text = cursor.take(STRING)?.[0];
  if (text !== undefined) return JSON.parse(text);
  const word = cursor.take(WORD)?.[0];
  if (word) return WORDS[word] ?? null;
  const number = cursor.take(NUMBER);
  if (number) {
    if (!Number.isFinite(Number(number[0]))) return null;
    return number[1] === undefined && number[2] === undefined
      ? BigInt(number[0])
      : Number(number[0]);
  }
  return skipNested(cursor);
}

/** @param {Cursor} cursor @returns {null} */
function skipNested(cursor) {
  const start = cursor.position;
  if (!'[{'.includes(cursor.source[start] ?? ' ')) throw wrong(cursor, 'expected a value');
  let depth = 0;
  do {
    const found = cursor.take(NESTED);
    if (!found) throw wrong(cursor, 'it ends too early');
    if ('[{'.includes(found[0])) depth += 1;
    else if (']}'.includes(found[0])) depth -= 1;
  } while (depth);
  try {
    JSON.parse(cursor.source.slice(start, cursor.position));
  } catch {
    throw cursor.fail('This is no JSON: it cannot be read', start, start + 1);
  }
  return null;
}

/** @param {Cursor} cursor @param {string} message */
const wrong = (cursor, message) =>
  cursor.fail(`This is no JSON: ${message}`, cursor.position, cursor.position + 1);
