/* Which frames go on: 3, 2-5, #9f3a1c0b77d2e845, !seed=1003. The page's twin of
   nodes/core/grammar/picks.py; both are tested with tests/data/picks.json. */

/** @typedef {{id: string, number: number | null, seed: number | string | null, prompt?: number,
 *   values: Record<string, unknown>, labels?: Record<string, string>}} Pickable */
/** @typedef {{kind: string, removes: boolean, start: number, end: number, first?: number,
 *   last?: number, id?: string, name?: string, value?: string, quoted?: boolean}} PickItem */

const ID_LENGTH = 16;
const SHORTEST_ID = 6;
const MAX_ITEMS = 10_000;
const MAX_TEXT = 200_000;
const EXPECTED = 'a frame number, a range like 2-5, all, none, #id or seed=1001';
const INVISIBLE = /^[\s\x1c-\x1f\x85\u200b\u2060\ufeff]+|[\s\x1c-\x1f\x85\u200b\u2060\ufeff]+$/g;
const BREAK = /[\n\v\f\r\x85\u2028\u2029]/;
// \s of JavaScript has the byte order mark and lacks what Python's has
const SPACE = /[^\S\ufeff]*/y;
const GAP = /[^\S\ufeff]*,?[^\S\ufeff]*/y;

export class PicksError extends Error {
  /** @param {string} message @param {number} start @param {number} end */
  constructor(message, start, end) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

class Cursor {
  /** @param {string} source */
  constructor(source) {
    this.source = source;
    this.position = source.startsWith('\ufeff') ? 1 : 0;
    if (source.length > MAX_TEXT)
      throw new PicksError(`A text of ${source.length} characters`, 0, 1);
  }

  get done() {
    return this.position >= this.source.length;
  }

  /** @param {RegExp} pattern a sticky one */
  take(pattern) {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.source);
    if (found) this.position += found[0].length;
    return found;
  }

  /** @param {RegExp} pattern @param {string} expected */
  expect(pattern, expected) {
    const found = this.take(pattern);
    if (!found) throw this.fail(`Expected ${expected}`);
    return found;
  }

  /** @param {string} message @param {number} [start] */
  fail(message, start) {
    const length = this.source.length;
    if (start !== undefined)
      return new PicksError(message, start, Math.min(length, Math.max(this.position, start + 1)));
    const run = /[^\s,]+/y;
    run.lastIndex = this.position;
    const end = run.test(this.source) ? run.lastIndex : this.position + 1;
    return new PicksError(message, this.position, Math.min(length, end));
  }
}

/** A text in quotes for a message, as Python's repr writes it. @param {string} text */
function short(text) {
  const cut = text.length <= 40 ? text : `${text.slice(0, 39)}…`;
  const quote = cut.includes("'") && !cut.includes('"') ? '"' : "'";
  const escapes = /** @type {Record<string, string>} */ ({
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
    '\\': '\\\\',
  });
  return (
    quote +
    cut
      .replace(/[\n\r\t\\]/g, (sign) => escapes[sign])
      .replaceAll(quote, quote === "'" ? "\\'" : quote) +
    quote
  );
}

/** @param {Cursor} cursor */
function number(cursor) {
  const start = cursor.position;
  const digits = cursor.expect(/[0-9]+/y, 'the frame that ends the range')[0].replace(/^0+/, '');
  if (!digits) throw cursor.fail('Frames are numbered from 1', start);
  if (digits.length > 9)
    throw cursor.fail('No sweep has that many frames; an id begins with #', start);
  return Number(digits);
}

/** @param {Cursor} cursor */
function range(cursor) {
  const first = number(cursor);
  return { kind: 'frames', first, last: cursor.take(/\s*-\s*/y) ? number(cursor) : first };
}

/** @param {Cursor} cursor */
function identity(cursor) {
  const start = cursor.position;
  const id = cursor.expect(/#([0-9A-Za-z]*)/y, '#')[1].toLowerCase();
  if (/^[0-9a-f]+$/.test(id) && id.length >= SHORTEST_ID && id.length <= ID_LENGTH)
    return { kind: 'id', id };
  throw cursor.fail(
    `A frame id is # and ${ID_LENGTH} digits 0-9 a-f, or the first ${SHORTEST_ID} and more of them`,
    start,
  );
}

/** @param {Cursor} cursor */
function word(cursor) {
  const start = cursor.position;
  const name = cursor.expect(
    /[\p{L}_][\p{L}\p{N}\p{M}_]*(?:[ .:-][\p{L}\p{N}\p{M}_]+)*/uy,
    EXPECTED,
  )[0];
  if (cursor.take(/\s*=\s*/y)) return { kind: 'axis', name, ...axisValue(cursor, name) };
  const kind = name.toLowerCase();
  if (kind !== 'all' && kind !== 'none') throw cursor.fail(`Expected ${EXPECTED}`, start);
  return { kind };
}

/** @param {Cursor} cursor @param {string} name */
function axisValue(cursor, name) {
  const start = cursor.position;
  if (cursor.source.startsWith('"', start)) {
    const quoted = cursor.take(/"((?:[^"\\]|\\[^\n])*)"/y);
    if (!quoted) throw cursor.fail('This quote is never closed', start);
    const plain = `${quoted[1]}"`.replace(/(\\+)(?=")/g, (run) => run.slice(0, run.length >> 1));
    return { value: plain.slice(0, -1), quoted: true };
  }
  const value = cursor
    .expect(/[^,\n\v\f\r\x85\u2028\u2029]+/y, `a value after ${name}=`)[0]
    .replace(INVISIBLE, '');
  if (!value) throw cursor.fail(`Expected a value after ${name}=`, start);
  if (name === 'seed' && !/^[0-9]+$/.test(value))
    throw cursor.fail('A seed is a whole number', start);
  return { value };
}

/** @param {Cursor} cursor @returns {PickItem} */
function item(cursor) {
  const start = cursor.position;
  const removes = cursor.take(/!\s*/y) !== null;
  const here = cursor.source[cursor.position] ?? '';
  const read = here === '#' ? identity : /[0-9]/.test(here) ? range : word;
  return { ...read(cursor), removes, start, end: cursor.position };
}

/** The items of a picks text; throws PicksError. @param {string} text */
export function parse(text) {
  const cursor = new Cursor(text);
  /** @type {PickItem[]} */
  const items = [];
  cursor.take(SPACE);
  while (!cursor.done) {
    const begin = cursor.position;
    items.push(item(cursor));
    if (items.length > MAX_ITEMS) throw fault(items[items.length - 1], 'More than 10,000 picks');
    const written = text.slice(begin, cursor.position);
    const gap = cursor.take(GAP)?.[0] ?? '';
    if (!cursor.done && !gap.includes(',') && !BREAK.test(gap)) {
      throw cursor.fail(`Expected ',' or a new line after ${short(written)}`);
    }
  }
  for (const each of items) {
    if (each.kind === 'none' && (items.length > 1 || each.removes))
      throw fault(each, 'none stands alone');
  }
  if (items[0]?.removes) throw fault(items[0], 'Nothing to take away yet; begin with all');
  return items;
}

/** @param {PickItem} at @param {string} message */
export const fault = (at, message) => new PicksError(message, at.start, at.end);

/** The text that picks these frames in this order. @param {Iterable<string>} ids */
export const formatIds = (ids) => Array.from(ids, (id) => `#${id}`).join(', ');
