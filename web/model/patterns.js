/* Patterns for choices: a star stands for anything at all, as nodes/core/grammar/input_types.py
   reads it. */

import { hasAll } from './finder.js';

const LETTER = /^[\p{L}\p{M}\p{N}]/u;
const HALF = /[\ud800-\udbff]$/; // of a sign beyond 16 bits
const SIGN = /[^\p{L}\p{M}\p{N}]/gu;

/** Whether the text is the pattern, with anything at all for each star in it; it has one.
 * @param {string} pattern @param {string} text */
export function fits(pattern, text) {
  const [first, ...middle] = pattern.split('*');
  const last = middle.pop() ?? '';
  const end = text.length - last.length;
  let place = first.length;
  if (place > end || !text.startsWith(first) || !text.endsWith(last)) return false;
  for (const piece of middle) {
    const at = text.indexOf(piece, place);
    if (at < 0 || at + piece.length > end) return false;
    place = at + piece.length;
  }
  return true;
}

/** The options that a text stands for; itself if there are none. A text with a star that is none
 * of them is a pattern.
 * @param {string} text @param {string[]} options @param {Set<string>} there */
export function meant(text, options, there) {
  if (!text.includes('*') || there.has(text)) return [text];
  const found = options.filter((name) => fits(text, name));
  return found.length ? found : [text];
}

/**
 * The shortest pattern of one star that takes in exactly these of the options, two at least; ''
 * where there is none. It is cut where a word begins or ends.
 * @param {string[]} names @param {string[]} options @param {string[]} [words] that it has to have
 */
export function patternOf(names, options, words = []) {
  if (names.length < 2) return '';
  const wanted = new Set(names);
  const isExact = (/** @type {string[]} */ [start, end]) =>
    options.every((name) => takesIn(start, end, name) === wanted.has(name)) &&
    !options.includes(`${start}*${end}`); // which would be read as that one
  const starts = starting(names);
  const ends = starting(names.map(turned)).map(turned);
  const both = starts.flatMap((start) => ends.map((end) => [start, end]));
  const candidates = [
    ...starts.map((start) => [start, '']),
    ...ends.map((end) => ['', end]),
    ...both,
  ];
  const found = candidates.find(
    ([start, end]) =>
      !`${start}${end}`.includes('*') && hasAll(`${start} ${end}`, words) && isExact([start, end]),
  );
  return found?.join('*') ?? '';
}

/** @param {string} start @param {string} end @param {string} name */
const takesIn = (start, end, name) =>
  name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);

/** @param {string} text */
const turned = (text) => [...text].reverse().join('');

/** What all names begin with, cut after every sign that is no letter, and where all of them have a
 * whole word; the shortest first. @param {string[]} names */
function starting(names) {
  const [first, ...others] = names;
  let common = first;
  for (const name of others) {
    let at = 0;
    while (at < common.length && common[at] === name[at]) at += 1;
    common = common.slice(0, at);
  }
  common = common.replace(HALF, '');
  const borders = [...common.matchAll(SIGN)].map(({ index = 0, 0: sign }) => index + sign.length);
  const isWhole = names.every((name) => !LETTER.test(name.slice(common.length)));
  const cuts = new Set([0, ...borders, ...(isWhole ? [common.length] : [])]);
  return [...cuts].map((at) => common.slice(0, at));
}
