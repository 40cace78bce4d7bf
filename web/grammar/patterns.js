/* What a text with braces stands for: every form of it, in the order written, counted and measured
   without being made. The page's twin of nodes/core/grammar/patterns.py. */

import { HOLE, amount, lengthOf, strip } from './cursor.js';

/** @typedef {{least: number, most: number, joint: string}} Picked how many of the options, and what
 *   stands between them */
/** @typedef {{options: Pattern[], picked?: Picked, isList?: boolean, total?: Total}} Choice one of
 *   the options, or some; `isList`: of a list, which only the server has */
/** @typedef {(string | Choice)[]} Pattern text and choices, one after the other */
/** @typedef {{count: number, size: number, holes: number}} Total how many forms there are, and how
 *   many characters and holes they have together; NaN where only the server can tell, but no holes
 *   are 0 */

const UNCOUNTED = 1e18; // a count above it is not told apart from it
const ONE = { count: 1, size: 0, holes: 0 };
const NONE = { count: 0, size: 0, holes: 0 };
const UNKNOWN = { count: Number.NaN, size: Number.NaN, holes: 0 };

/** @param {number} count @param {number} size @param {number} holes @returns {Total} */
const capped = (count, size, holes) => ({
  count: Math.min(UNCOUNTED, count),
  size: Math.min(UNCOUNTED, size),
  holes: Math.min(UNCOUNTED, holes),
});

/** Those and others. @param {Total} a @param {Total} b */
const plus = (a, b) => capped(a.count + b.count, a.size + b.size, a.holes + b.holes);

/** Each of those followed by each of the others. @param {Total} a @param {Total} b */
export const times = (a, b) =>
  capped(
    a.count * b.count,
    a.size * b.count + a.count * b.size,
    (a.holes && a.holes * b.count) + (b.holes && a.count * b.holes),
  );

/** Whether there is a hole in it, however often. @param {Pattern} pattern */
export const hasHoles = (pattern) => totalOf(pattern).holes !== 0;

/** @param {string} text @returns {Total} */
function totalOfText(text) {
  const holes = text.includes(HOLE) ? text.split(HOLE).length - 1 : 0;
  return { count: 1, size: lengthOf(text) - holes, holes };
}

/** How many forms a text has, and how long they are. @param {Pattern} pattern @returns {Total} */
export const totalOf = (pattern) =>
  pattern
    .map((piece) => (typeof piece === 'string' ? totalOfText(piece) : totalOfChoice(piece)))
    .reduce(times, ONE);

/** @param {Choice} choice @returns {Total} */
function totalOfChoice(choice) {
  const total = choice.total ?? measured(choice);
  choice.total = total;
  return total;
}

/** @param {Choice} choice */
function measured({ options, picked, isList }) {
  if (isList) return UNKNOWN;
  const totals = options.map(totalOf);
  if (!picked) return totals.reduce(plus, NONE);
  const joint = totalOfText(picked.joint);
  const found = [ONE, ...Array(picked.most).fill(NONE)]; // how those of so many options measure
  for (const one of totals)
    for (let number = picked.most; number > 0; number -= 1) {
      const further = number === 1 ? one : times(joint, one);
      found[number] = plus(found[number], times(found[number - 1], further));
    }
  return found.slice(picked.least).reduce(plus, NONE);
}

/** How many forms each choice has. @param {Pattern} pattern */
export const factorsOf = (pattern) =>
  pattern.flatMap((piece) => (typeof piece === 'string' ? [] : [totalOfChoice(piece).count]));

/** How a count comes about: 2 x 3 x 4 @param {number[]} factors */
export function factorsInWords(factors) {
  const words = factors.filter((factor) => factor !== 1).map((each) => amount(BigInt(each)));
  const shown = words.length <= 8 ? words : [...words.slice(0, 8), `… (${words.length} braces)`];
  return shown.join(' x ') || '1';
}

/** Every form of the text: the last choice changes fastest. Spaces on both sides of a brace count
 * once. @param {Pattern} pattern @returns {string[]} */
export function formsOf(pattern) {
  if (pattern.length < 2) {
    const [piece = ''] = pattern;
    return typeof piece === 'string' ? [piece] : formsOfChoice(piece);
  }
  const half = pattern.length >> 1;
  const after = formsOf(pattern.slice(half));
  const trimmed = after.map((form) => form.replace(/^ +/, ''));
  return formsOf(pattern.slice(0, half)).flatMap((left) =>
    (left.endsWith(' ') ? trimmed : after).map((right) => left + right),
  );
}

/** @param {Choice} choice @returns {string[]} */
function formsOfChoice({ options, picked }) {
  if (!picked) return options.flatMap(formsOf);
  const { least, most, joint } = picked;
  const numbers = Array.from({ length: most - least + 1 }, (_, at) => least + at);
  return numbers
    .flatMap((number) => combinations(options, number).flatMap(product))
    .map((texts) => texts.map(strip).filter(Boolean).join(joint));
}

/** Every so many of the options, in order. @param {Pattern[]} options @param {number} number
 * @returns {Pattern[][]} */
function combinations(options, number) {
  if (!number) return [[]];
  return options
    .slice(0, options.length - number + 1)
    .flatMap((option, at) =>
      combinations(options.slice(at + 1), number - 1).map((others) => [option, ...others]),
    );
}

/** Every form of each with every form of those behind it. @param {Pattern[]} options
 * @returns {string[][]} */
function product([first, ...others]) {
  if (!first) return [[]];
  const after = product(others);
  return formsOf(first).flatMap((form) => after.map((texts) => [form, ...texts]));
}
