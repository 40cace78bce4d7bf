/* What the inputs of nodes take, and a value with the type of the input that it reaches. The page's
   twin of nodes/core/grammar/input_types.py. */

import { MAX_DIGITS, commas, quoted, short, trim } from './cursor.js';
import { NUMBER, decimal, floatText, nearestTo, plain } from './decimals.js';
import { few } from './nearest.js';

/** @typedef {string | boolean | bigint | number} Scalar whole numbers are bigints */
/** @typedef {{type: string, low?: number, high?: number, choices?: unknown[], isOpen?: boolean}}
 *   InputType what an input takes. No choices allow anything. `isOpen`: its class judges itself
 *   what is out of range or none of the choices */

export const WIDGETS = ['STRING', 'INT', 'FLOAT', 'BOOLEAN', 'COMBO'];
const ANY = ['*', '', 'None'];
const A_NUMBER = new RegExp(`^${NUMBER}$`);
const JSON_NUMBER = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?$/;

/** @type {InputType} */
export const TEXT = { type: 'STRING' };
/** @type {InputType} */
export const BOOLEAN = { type: 'BOOLEAN' };

/** Whether a value makes sense in the place of a link to it. @param {InputType} kind */
export const takesValues = ({ type }) =>
  type.startsWith('COMFY_') || type.split(',').some((each) => [...WIDGETS, ...ANY].includes(each));

/** The choices by their texts, in order. @param {InputType} kind */
function optionsOf({ choices = [] }) {
  /** @type {Map<string, Scalar[]>} */
  const found = new Map();
  for (const choice of choices.map(scalar).filter((each) => each !== null))
    found.set(asText(choice), [...(found.get(asText(choice)) ?? []), choice]);
  return found;
}

/** A value of JSON; null if no widget could hold it. @param {unknown} value
 * @returns {Scalar | null} */
export function scalar(value) {
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) return null;
    return Number.isInteger(value) ? BigInt(value) : value;
  }
  return ['string', 'boolean', 'bigint'].includes(typeof value)
    ? /** @type {Scalar} */ (value)
    : null;
}

/** The value with the type of the input that it reaches; throws an Error that says what is
 * expected. @param {Scalar} value @param {InputType} kind @returns {Scalar} */
export function typed(value, kind) {
  const found = fitted(value, kind);
  if (found !== null) return found;
  const expected = inWords(kind, typeof value === 'string' ? value : '');
  throw new Error(`Expected ${expected}, not ${[...repr(value)].slice(0, 80).join('')}`);
}

/** @param {Scalar} value @param {InputType} kind @returns {Scalar | null} */
function fitted(value, kind) {
  const { type } = kind;
  if (type === 'STRING') return asText(value);
  if (type === 'BOOLEAN') return truth(value);
  if (type === 'COMBO') return option(value, kind);
  if (type === 'INT' || type === 'FLOAT') return inRange(value, kind);
  if (typeof value !== 'string' || value.length > MAX_DIGITS) return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return JSON_NUMBER.test(value) ? asNumber(value) : value;
}

/** @param {Scalar} value */
function truth(value) {
  if (typeof value === 'boolean') return value;
  const text = asText(value);
  if (['true', 'True'].includes(text)) return true;
  return ['false', 'False'].includes(text) ? false : null;
}

/** @param {Scalar} value @param {InputType} kind */
function inRange(value, kind) {
  const number = asNumber(value);
  if (number === null || !hasRoomFor(kind, number)) return null;
  if (kind.type === 'FLOAT') return Number(number);
  return typeof number === 'bigint' ? number : null;
}

/** @param {InputType} kind @param {bigint | number} number */
function hasRoomFor({ low, high, isOpen }, number) {
  const isInside = (low == null || bound(low) <= number) && (high == null || number <= bound(high));
  return isOpen || isInside;
}

/** The end of a range: JSON has rounded the largest whole numbers. @param {number} number */
function bound(number) {
  if (number === 2 ** 64 || number === 2 ** 63) return BigInt(number) - 1n;
  return Number.isInteger(number) ? BigInt(number) : number;
}

/** The choice that is the value, else one that is written like it.
 * @param {Scalar} value @param {InputType} kind */
function option(value, kind) {
  const options = optionsOf(kind);
  const number = asNumber(value);
  const texts = [asText(value), ...(number === null ? [] : [asText(number)])];
  const found = options.get(texts.find((text) => options.has(text)) ?? '\0') ?? [];
  const same = found.find((choice) => typeof choice === typeof value);
  const isFree = kind.isOpen || !kind.choices?.length;
  return same ?? found[0] ?? (isFree ? value : null);
}

/** What it takes, for a message. @param {InputType} kind @param {string} given */
function inWords(kind, given) {
  const { type, low, high } = kind;
  if (type === 'COMBO') return `one of ${few(given, optionsOf(kind).keys())}`;
  if (type === 'STRING') return 'a text';
  if (type === 'BOOLEAN') return 'true or false';
  if (type !== 'INT' && type !== 'FLOAT') return 'a number, true, false or a text';
  const from = low == null ? '' : ` from ${size(low)}`;
  const to = high == null ? '' : ` ${low == null ? 'up to' : 'to'} ${size(high)}`;
  return (type === 'INT' ? 'a whole number' : 'a number') + from + to;
}

/** @param {number} number */
function size(number) {
  const end = bound(number);
  return typeof end === 'bigint' ? commas(end) : floatText(Number(number.toPrecision(6)));
}

/** What a value that somebody wrote stands for in an input: a text with a star is a pattern for its
 * choices, unless one is written like that; throws an Error. @param {Scalar} value
 * @param {InputType} kind @returns {Scalar[]} */
export function meant(value, kind) {
  if (typeof value !== 'string' || !value.includes('*')) return [typed(value, kind)];
  const options = optionsOf(kind);
  if (!options.size || options.has(value)) return [typed(value, kind)];
  const found = [...options].filter(([text]) => fits(value, text)).flatMap(([, all]) => all);
  if (!found.length) throw new Error(`${short(value)} fits none of ${few(value, options.keys())}`);
  return found;
}

/** The texts of its choices. @param {InputType} kind */
export const choicesOf = (kind) => [...optionsOf(kind).keys()];

/** A value as it is written: true, 7, 7.5 @param {Scalar} value */
export function asText(value) {
  if (typeof value !== 'number') return String(value);
  return Number.isInteger(value) ? String(BigInt(value)) : floatText(value);
}

/** The number that a value is or that a text says, whole ones with every digit.
 * @param {Scalar} value @returns {bigint | number | null} */
export function asNumber(value) {
  if (typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value === 'bigint') return value;
  const written = trim(value);
  if (written.length > MAX_DIGITS || !A_NUMBER.test(written)) return null;
  const exact = decimal(written);
  const near = nearestTo(exact);
  return !Number.isFinite(near) || (near === 0 && exact.digits) ? null : plain(exact);
}

/** A value as its axis tells it: a float keeps its point. @param {Scalar} value */
export const label = (value) => (typeof value === 'number' ? floatText(value) : String(value));

/** As Python's repr writes it. @param {Scalar} value */
function repr(value) {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'boolean' ? (value ? 'True' : 'False') : label(value);
}

/** Whether the text is the pattern, with anything at all for each star in it.
 * @param {string} pattern @param {string} text */
export function fits(pattern, text) {
  const [first, ...middle] = pattern.split('*');
  const last = middle.pop() ?? '';
  const end = text.length - last.length;
  let place = first.length;
  if (place > end || !text.startsWith(first) || !text.endsWith(last)) return false;
  for (const piece of middle) {
    const found = text.indexOf(piece, place);
    if (found < 0 || found + piece.length > end) return false;
    place = found + piece.length;
  }
  return true;
}
