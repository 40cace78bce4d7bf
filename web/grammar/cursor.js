/* Reading a text from left to right: what the grammars of this folder share. The page's twin of
   nodes/core/grammar/cursor.py; places count UTF-16 units, as those of text fields do. */

/** @template T @typedef {{value: T, start: number, end: number}} Written what an item of a list
 *   says, and where it stands */

export const MAX_ITEMS = 10_000;
export const MAX_DIGITS = 60; // characters of a number
export const MAX_TEXT = 200_000;

// \s of JavaScript has the byte order mark and lacks what Python's has
const SPACE = '(?:[^\\S\\ufeff]|[\\x1c-\\x1f\\x85])';
const INVISIBLE = '[\\t-\\r\\x1c-\\x1f \\x85\\xa0\\u2028\\u2029\\u3000\\u200b\\u2060\\ufeff]';
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');
const UNSEEN = new RegExp(`^${INVISIBLE}+|${INVISIBLE}+$`, 'g');
const SPACES = sticky('\\s*');
const GAP = sticky('\\s*,?\\s*');
const RUN = /[^\s\x1c-\x1f\x85,]+/y;
const SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
export const LINE_BREAK = /\r\n|[\n\v\f\r\x85\u2028\u2029]/g;
export const LINE_END = '\\n\\v\\f\\r\\x85\\u2028\\u2029'; // in a class of characters

/** A pattern that matches at a place, with Python's \s. @param {string} pattern
 * @param {string} [flags] */
export function sticky(pattern, flags = '') {
  return new RegExp(pattern.replaceAll('\\s', SPACE), `y${flags}`);
}

/** A fault in a text, with the place it stands at. */
export class GrammarError extends Error {
  /** @param {string} message @param {number} start @param {number} end */
  constructor(message, start, end) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

/** A place in a text: `take` moves it past what a pattern matches, `fail` points at it. */
export class Cursor {
  /** @param {unknown} source */
  constructor(source) {
    if (typeof source !== 'string')
      throw new GrammarError(`Expected a text, not ${String(source)}`, 0, 0);
    this.source = source;
    this.position = source.startsWith('\ufeff') ? 1 : 0;
    const broken = SURROGATE.exec(source);
    if (source.length > MAX_TEXT && [...source].length > MAX_TEXT)
      throw this.fail(
        `A text of ${commas([...source].length)} characters; at most ${commas(MAX_TEXT)}`,
        0,
      );
    if (broken) throw this.fail(`Half of a character (U+${hex(broken[0])})`, broken.index);
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

  /** The error to throw: points at start..end, or start..here, or at what stands here.
   * @param {string} message @param {number} [start] @param {number} [end] */
  fail(message, start, end) {
    const length = this.source.length;
    if (start !== undefined) {
      const last = end ?? Math.max(this.position, start + 1);
      return new GrammarError(message, Math.min(length, start), Math.min(length, last));
    }
    RUN.lastIndex = this.position;
    const last = RUN.test(this.source) ? RUN.lastIndex : this.position + 1;
    return new GrammarError(message, Math.min(length, this.position), Math.min(length, last));
  }
}

/** list = [item (separator item)* [separator]]; separator = ',' | a new line
 * @template T @param {Cursor} cursor @param {(cursor: Cursor) => T} item
 * @returns {Generator<Written<T>>} the items with their places */
export function* placed(cursor, item) {
  cursor.take(SPACES);
  while (!cursor.done) {
    const start = cursor.position;
    const value = item(cursor);
    const written = cursor.source.slice(start, cursor.position);
    yield { value, start, end: start + written.replace(new RegExp(`${SPACE}+$`), '').length };
    const gap = cursor.take(GAP)?.[0] ?? '';
    if (!cursor.done && !gap.includes(',') && gap.search(LINE_BREAK) < 0)
      throw cursor.fail(`Expected ',' or a new line after ${short(written)}`);
  }
}

/** The items of a list with their places; all stand for at most MAX_ITEMS of `what`.
 * @template T @param {Cursor} cursor @param {(cursor: Cursor) => T} item
 * @param {(value: T) => bigint} count @param {string} what @returns {Written<T>[]} */
export function counted(cursor, item, count, what) {
  /** @type {Written<T>[]} */
  const found = [];
  let before = 0n;
  for (const each of placed(cursor, item)) {
    const more = count(each.value);
    if (before + more > MAX_ITEMS)
      throw cursor.fail(overLimit(before, more, amount(more), what), each.start);
    before += more;
    found.push(each);
  }
  return found;
}

/** The lines of a text without the spaces around them: where each begins and ends.
 * @param {Cursor} cursor @returns {Generator<[number, number]>} */
export function* linesOf({ source, position }) {
  let start = position;
  const ends = [...source.matchAll(LINE_BREAK)].map((each) => [each.index, each[0].length]);
  for (const [end, length] of [...ends, [source.length, 0]]) {
    const text = trim(source.slice(start, end));
    const begin = source.indexOf(text, start);
    yield [begin, begin + text.length];
    start = end + length;
  }
}

/** Without the spaces around it, nor the invisible characters that come with pasted text.
 * @param {string} text */
export const trim = (text) => text.replace(AROUND, '').replace(UNSEEN, '');

/** One plain space for every run of spaces and new lines. @param {string} text */
export const oneLine = (text) =>
  text.replace(AROUND, '').replace(new RegExp(`${SPACE}+`, 'g'), ' ');

const ESCAPES = /** @type {Record<string, string>} */ ({
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\\': '\\\\',
});

/** A text in quotes for a message, cut if long, as Python's repr writes it.
 * @param {string} text */
export function short(text) {
  const all = [...text];
  return quoted(all.length <= 40 ? text : `${all.slice(0, 39).join('')}…`);
}

/** As Python's repr writes it. @param {string} text */
export function quoted(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const shown = text.replace(/[\n\r\t\\]/g, (sign) => ESCAPES[sign]);
  return quote + (quote === "'" ? shown.replaceAll("'", "\\'") : shown) + quote;
}

/** @param {number | bigint} number */
export const commas = (number) => String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');

/** A count for a message, however large. @param {bigint} number */
export const amount = (number) => (number < 10n ** 15n ? commas(number) : 'more than 10^15');

/** The arithmetic of too many. @param {bigint} before @param {bigint} more @param {string} words
 * @param {string} what */
export function overLimit(before, more, words, what) {
  const left = before ? `${commas(before)} + ${words}` : words;
  const total = amount(before + more);
  return `${left === total ? left : `${left} = ${total}`} ${what}; at most ${commas(MAX_ITEMS)}`;
}

/** Without the backslashes that keep one of the signs literal: of those right before a sign half.
 * @param {string} text @param {string} signs of a class of characters */
export const unescaped = (text, signs) =>
  text.replace(new RegExp(`(\\\\+)(?=[${signs}])`, 'g'), (run) => run.slice(0, run.length >> 1));

/** @param {string} sign */
const hex = (sign) => sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
