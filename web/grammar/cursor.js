/* Reading a text from left to right: what the grammars of this folder share. The page's twin of
   nodes/core/grammar/cursor.py; places count UTF-16 units, as those of text fields do. */

/** @template T @typedef {{value: T, start: number, end: number}} Written what an item of a list
 *   says, and where it stands */

export const MAX_ITEMS = 10_000;
export const MAX_DIGITS = 60; // characters of a number
export const MAX_TEXT = 200_000;
export const MAX_LONG_TEXT = 20_000_000 + MAX_ITEMS; // of prompts or rows: 2,000 characters each

// Halves of characters, which are in no text: what is not read, and where a template takes a
// prompt.
export const BLANK = '\udc00';
export const HOLE = '\udc01';

// In classes of characters, as Python reads them.
export const SPACES_IN =
  '\\t-\\r\\x1c- \\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
export const LETTERS_IN = '\\p{L}\\p{N}_';

// \s of JavaScript has the byte order mark and lacks what Python's has
const SPACE = '(?:[^\\S\\ufeff]|[\\x1c-\\x1f\\x85])';
const AROUND = new RegExp(`^${SPACE}+|${SPACE}+$`, 'g');
const IS_SPACE = new RegExp(`[${SPACES_IN}]`);
const IS_UNSEEN = /[\t-\r\x1c-\x20\x85\xa0\u2028\u2029\u3000\u200b\u2060\ufeff\udc00]/;
const SPACES = sticky('\\s*');
const GAP = sticky('\\s*,?\\s*');
const RUN = new RegExp(`[^${SPACES_IN},]+`, 'y');
export const SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
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

/** A place in a text: `take` moves it past what a pattern matches, `fail` points at it. With a
 * name, of the widget, errors begin with that. In `source` comments may be blanks. */
export class Cursor {
  /** @param {unknown} source @param {string} [name] @param {number} [longest] */
  constructor(source, name = '', longest = MAX_TEXT) {
    this.name = name;
    this.position = 0;
    this.source = '';
    if (typeof source !== 'string') throw this.fail(`Expected a text, not ${String(source)}`, 0, 0);
    this.source = source;
    const length = source.length > longest ? lengthOf(source) : 0;
    if (length > longest)
      throw this.fail(`A text of ${commas(length)} characters; at most ${commas(longest)}`, 0);
    const broken = isWhole(source) ? null : SURROGATE.exec(source);
    if (broken) throw this.fail(`Half of a character (U+${hex(broken[0])})`, broken.index);
    this.position = source.startsWith('\ufeff') ? 1 : 0;
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
    const said = this.name ? `${this.name}: ${message}` : message;
    if (start !== undefined) {
      const last = end || Math.max(this.position, start + 1);
      return new GrammarError(said, Math.min(length, start), Math.min(length, last));
    }
    RUN.lastIndex = this.position;
    const last = RUN.test(this.source) ? RUN.lastIndex : this.position + 1;
    return new GrammarError(said, Math.min(length, this.position), Math.min(length, last));
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

/** Whether no half of a character is in it. @param {string} text */
const isWhole = (text) => /** @type {any} */ (text).isWellFormed?.() ?? false;

/** How many characters a text has. @param {string} text */
export function lengthOf(text) {
  let length = text.length;
  if (/[\ud800-\udbff]/.test(text))
    for (let at = 0; at < text.length; at += 1)
      if ((text.charCodeAt(at) & 0xfc00) === 0xd800) length -= 1;
  return length;
}

/** The lines of a text without the spaces around them: where each begins and ends. One that is a
 * comment and nothing else is none. @param {Cursor} cursor
 * @returns {Generator<[number, number]>} */
export function* linesOf({ source, position }) {
  let start = position;
  const breaks = new RegExp(LINE_BREAK);
  for (let isLast = false; !isLast; ) {
    const found = breaks.exec(source);
    isLast = !found;
    const end = found ? found.index : source.length;
    const [first, last] = trimmed(source, start, end);
    if (first < last) yield [first, last];
    else if (!source.slice(start, end).includes(BLANK)) yield [start, start];
    start = breaks.lastIndex;
  }
}

/** Where a part of a text begins and ends without the spaces around it, nor the invisible
 * characters that come with pasted text.
 * @param {string} text @param {number} start @param {number} end @returns {[number, number]} */
function trimmed(text, start, end) {
  let [first, last] = [start, end];
  for (const away of [IS_SPACE, IS_UNSEEN]) {
    while (first < last && away.test(text[first])) first += 1;
    while (first < last && away.test(text[last - 1])) last -= 1;
  }
  return [first, last];
}

/** Without the spaces around it, nor the invisible characters that come with pasted text.
 * @param {string} text */
export const trim = (text) => text.slice(...trimmed(text, 0, text.length));

/** Without the spaces around it. @param {string} text */
export const strip = (text) => text.replace(AROUND, '');

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
  const shown = text.replace(/(?! )[\p{C}\p{Z}\\]/gu, (sign) => ESCAPES[sign] ?? coded(sign));
  return quote + (quote === "'" ? shown.replaceAll("'", "\\'") : shown) + quote;
}

/** A character that is not seen, by its number. @param {string} sign */
function coded(sign) {
  const number = Number(sign.codePointAt(0)).toString(16);
  const [letter, length] = number.length > 4 ? ['U', 8] : number.length > 2 ? ['u', 4] : ['x', 2];
  return `\\${letter}${number.padStart(length, '0')}`;
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

/** A widget's number, whole and from low to high. @param {unknown} value @param {string} name
 * @param {bigint} low @param {bigint} high */
export function whole(value, name, low, high) {
  const found = Number.isInteger(value) || /^\d+$/.test(String(value)) ? BigInt(`${value}`) : -1n;
  if (found >= low && found <= high) return found;
  const range = `${commas(low)} to ${commas(high)}`;
  throw new GrammarError(`${name}: a whole number from ${range}, not ${value}`, 0, 0);
}

/** A widget's word, one of the options. @param {unknown} value @param {string} name
 * @param {string[]} options */
export function choice(value, name, options) {
  if (options.includes(/** @type {string} */ (value))) return;
  const message = `${name}: one of ${options.join(', ')}, not ${short(`${value}`)}`;
  throw new GrammarError(message, 0, 0);
}

/** As Python's casefold: in capitals or not. @param {string} text */
export const folded = (text) => text.toUpperCase().toLowerCase();
