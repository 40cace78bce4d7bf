/* Lists of values for any widget: 4, 5.5, 7..9:0.5. The page's twin of
   nodes/core/grammar/values.py; both are tested with tests/data/values.json. A whole number is a
   bigint, any other a number. */

import {
  LINE_END,
  MAX_DIGITS,
  MAX_ITEMS,
  Cursor,
  GrammarError,
  commas,
  counted,
  placed,
  short,
  sticky,
  trim,
  unescaped,
} from './cursor.js';
import { NUMBER, aligned, decimal, nearestTo, plain } from './decimals.js';
import { BOOLEAN, typed } from './input_types.js';

/** @typedef {import('./input_types.js').Scalar} Scalar */
/** @typedef {import('./decimals.js').Decimal} Decimal */
/** @template T @typedef {import('./cursor.js').Written<T>} Written */
/** @typedef {{first: bigint, step: bigint, count: bigint, power: number}} Run equally spaced
 *   numbers: digits times ten to the power */

const TYPES = ['float', 'int', 'text', 'boolean'];
const EXAMPLE = '4, 5.5, 7..9:0.5';
const [SMALLEST, LARGEST] = [-(2n ** 63n), 2n ** 64n - 1n]; // what a widget can hold
const A_NUMBER = sticky(NUMBER);
const DOTS = sticky('\\s*\\.\\.\\s*');
const COLON = sticky('\\s*:\\s*');
const DASH = sticky('\\s*-\\s*(?=[0-9.])');
const QUOTED = sticky('"((?:[^"\\\\]|\\\\.)*)"', 's');
const PLAIN = sticky(`(?:[^,\\\\${LINE_END}]|\\\\[,\\\\]?)*`);

/** The values of a Sweep Values with these widgets; throws GrammarError.
 * @param {Record<string, any>} widgets @returns {Scalar[]} */
export function valueList({ values = EXAMPLE, type = 'float' }) {
  if (!TYPES.includes(type))
    throw new GrammarError(`type: one of ${TYPES.join(', ')}, not ${short(String(type))}`, 0, 0);
  if (type === 'text') return placedTexts(values).map((item) => item.value);
  if (type === 'boolean') return placedTexts(values).map(truth);
  const found = runs(values, type === 'int').flatMap(({ value }) => decimalsOf(value));
  return found.map(type === 'int' ? plain : nearestTo);
}

/** @param {Written<string>} item */
function truth({ value, start, end }) {
  try {
    return typed(value, BOOLEAN);
  } catch (error) {
    throw new GrammarError(/** @type {Error} */ (error).message, start, end);
  }
}

/** The numbers of each range, and where it stands. @param {string} text
 * @returns {Written<(bigint | number)[]>[]} */
export const placedNumbers = (text) =>
  runs(text, false).map((run) => ({ ...run, value: decimalsOf(run.value).map(plain) }));

/** list = item ((',' | new line) item)*; item = quoted | plain
 * @param {string} text @returns {Written<string>[]} */
export function placedTexts(text) {
  const cursor = new Cursor(text);
  /** @type {Written<string>[]} */
  const found = [];
  for (const item of placed(cursor, written)) {
    if (found.length === MAX_ITEMS) throw cursor.fail(`More than ${commas(MAX_ITEMS)} values`);
    found.push(item);
  }
  return some(cursor, found);
}

/** @param {Run} run @returns {Decimal[]} */
const decimalsOf = ({ first, step, count, power }) =>
  Array.from({ length: Number(count) }, (_, at) => ({ digits: first + BigInt(at) * step, power }));

/** list = item ((',' | new line) item)* @param {string} text @param {boolean} isWhole */
function runs(text, isWhole) {
  const cursor = new Cursor(text);
  const found = counted(
    cursor,
    (here) => run(here, isWhole),
    ({ count }) => count,
    'values',
  );
  return some(cursor, found);
}

/** item = number ['..' number [':' step]]; without a step it is 1
 * @param {Cursor} cursor @param {boolean} isWhole @returns {Run} */
function run(cursor, isWhole) {
  const start = cursor.position;
  const first = number(cursor, isWhole, 'a number');
  if (cursor.take(DASH)) throw cursor.fail('Write a range of values with two dots: 7..9', start);
  if (!cursor.take(DOTS)) return spaced(first, first, decimal('1'));
  const last = number(cursor, isWhole, 'the number that ends the range');
  const step = cursor.take(COLON) ? stepOf(cursor, isWhole, first, last) : decimal('1');
  return spaced(first, last, step);
}

/** @param {Decimal} from @param {Decimal} to @param {Decimal} by @returns {Run} */
function spaced(from, to, by) {
  const [[first, last, step], power] = aligned([from, to, by]);
  const size = step < 0n ? -step : step;
  const way = last < first ? first - last : last - first;
  return { first, step: last < first ? -size : size, count: way / size + 1n, power };
}

/** step = number; its sign may be left out: 9..7:0.5 goes down
 * @param {Cursor} cursor @param {boolean} isWhole @param {Decimal} first @param {Decimal} last */
function stepOf(cursor, isWhole, first, last) {
  const start = cursor.position;
  const step = number(cursor, isWhole, 'the step of the range');
  const [[from, to]] = aligned([first, last]);
  if (!step.digits) throw cursor.fail('A step of 0 never arrives', start);
  if (step.digits < 0n && from < to)
    throw cursor.fail('This step leads away from the end of the range', start);
  return step;
}

/** @param {Cursor} cursor @param {boolean} isWhole @param {string} what */
function number(cursor, isWhole, what) {
  const start = cursor.position;
  const [written] = cursor.expect(A_NUMBER, what);
  if (written.length > MAX_DIGITS)
    throw cursor.fail(`A number of ${written.length} characters; at most ${MAX_DIGITS}`, start);
  const found = decimal(written);
  const wrong = isWhole ? notWhole(found, written) : notFloat(found);
  if (wrong) throw cursor.fail(wrong, start);
  return found;
}

/** @param {Decimal} number */
function notFloat(number) {
  const near = nearestTo(number);
  if (!Number.isFinite(near)) return 'Too large for a floating point number';
  return near === 0 && number.digits ? 'Too small for a floating point number' : '';
}

/** @param {Decimal} number @param {string} written */
function notWhole(number, written) {
  const found = plain(number);
  if (typeof found === 'number') return `${short(written)} is not a whole number, and type is int`;
  if (found >= SMALLEST && found <= LARGEST) return '';
  return `${short(written)} is not between ${SMALLEST} and ${LARGEST}`;
}

/** plain = anything up to ',' or the end of the line, `\,` being a comma; quoted = '"' anything
 * '"', also commas and new lines, `\"` being a quote @param {Cursor} cursor */
function written(cursor) {
  const start = cursor.position;
  if (cursor.source.startsWith('"', start)) {
    const quoted = cursor.take(QUOTED);
    if (!quoted)
      throw cursor.fail('This quote is never closed; write \\" for a quote itself', start);
    return unescaped(`${quoted[1]}"`, '"').slice(0, -1);
  }
  const [text] = cursor.expect(PLAIN, 'a value');
  if (!trim(text)) throw cursor.fail('Expected a value; write "" for an empty one');
  const isBeforeComma = cursor.source.startsWith(',', cursor.position);
  return trim(isBeforeComma ? unescaped(`${text},`, ',"').slice(0, -1) : unescaped(text, ',"'));
}

/** @template T @param {Cursor} cursor @param {T[]} found */
function some(cursor, found) {
  if (!found.length) throw cursor.fail(`Expected values, for example ${EXAMPLE}`, 0);
  return found;
}
