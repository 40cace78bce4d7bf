/* What is to be said of frames: their values, what all share, and what differs between some. */

import { say } from '../common/texts.js';

/** @typedef {import('./sweep.js').Frame} Frame */
/** @typedef {import('./sweep.js').Sweep} Sweep */
/** @typedef {[string, string]} Fact */
/** @typedef {{text: string, differs: boolean}} Part */

/** Numbers as the widgets write them. @param {unknown} value */
export const shown = (value) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** What varies in the sweep. @param {Frame} frame @returns {Fact[]} */
export const own = (frame) =>
  Object.entries(frame.values).map(([name, value]) => {
    if (name === 'seed') return [name, frame.seed ?? shown(value)];
    return [
      name,
      name === 'prompt' && frame.prompt ? `${frame.prompt}  ${shown(value)}` : shown(value),
    ];
  });

/** @param {Frame} frame @param {Sweep | null} sweep @returns {Fact[]} */
export function shared(frame, sweep) {
  const constants = Object.entries(sweep?.constants ?? {}).map(
    ([name, value]) => /** @type {Fact} */ ([name, shown(value)]),
  );
  const size = frame.width
    ? /** @type {Fact[]} */ ([[say('size'), `${frame.width} × ${frame.height}`]])
    : [];
  const negative = frame.negative
    ? /** @type {Fact[]} */ ([[say('negative').toLowerCase(), frame.negative]])
    : [];
  return [...negative, ...constants, ...size];
}

/**
 * Everything of a frame, each under a name.
 * @param {Frame} frame
 * @param {Sweep | null} sweep
 * @returns {Map<string, string>}
 */
export function all(frame, sweep) {
  const named = Object.entries(frame.values)
    .filter(([name]) => name !== 'prompt' && name !== 'seed')
    .map(([name, value]) => /** @type {Fact} */ ([name, shown(value)]));
  const constants = Object.entries(sweep?.constants ?? {}).map(
    ([name, value]) => /** @type {Fact} */ ([name, shown(value)]),
  );
  const size = frame.width ? `${frame.width} × ${frame.height}` : '';
  return new Map([
    ['prompt', frame.positive],
    ['negative', frame.negative],
    ['seed', frame.seed ?? ''],
    ...constants,
    ...named,
    [say('size'), size],
  ]);
}

/** Only the parameters that differ, and how many do not.
 * @param {Frame[]} frames @param {Sweep | null} sweep
 * @returns {{rows: [string, string[]][], same: Fact[]}} */
export function differences(frames, sweep) {
  const facts = frames.map((frame) => all(frame, sweep));
  const names = [...new Set(facts.flatMap((each) => [...each.keys()]))];
  const rows = names.map(
    (name) => /** @type {[string, string[]]} */ ([name, facts.map((each) => each.get(name) ?? '')]),
  );
  const differ = (/** @type {[string, string[]]} */ [, values]) =>
    values.some((value) => value !== values[0]);
  return {
    rows: rows.filter(differ),
    same: rows.filter((row) => !differ(row) && row[1][0]).map(([name, [value]]) => [name, value]),
  };
}

/** The words of two texts, those that only one of them has marked.
 * @param {string} a @param {string} b @returns {[Part[], Part[]]} */
export function wordsApart(a, b) {
  const [left, right] = [words(a), words(b)];
  if (left.length * right.length > 1_000_000)
    return [[{ text: a, differs: true }], [{ text: b, differs: true }]];
  const common = longestCommon(left, right);
  return [
    parts(
      left,
      common.map(([at]) => at),
    ),
    parts(
      right,
      common.map(([, at]) => at),
    ),
  ];
}

const LETTER = "\\p{L}\\p{N}\\p{M}_'’\\-";
const SPACELESS = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}]';
const WORD = new RegExp(`${SPACELESS}|[${LETTER}]+|\\s+|[^${LETTER}\\s]`, 'gu');

/** Words, single signs of scripts without spaces, and what stands between. @param {string} text */
const words = (text) => text.match(WORD) ?? [];

/** @param {string[]} a @param {string[]} b @returns {[number, number][]} places in both */
function longestCommon(a, b) {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * width + j] =
        a[i] === b[j]
          ? table[(i + 1) * width + j + 1] + 1
          : Math.max(table[(i + 1) * width + j], table[i * width + j + 1]);
    }
  }
  /** @type {[number, number][]} */
  const found = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if (a[i] === b[j]) found.push([i++, j++]);
    else if (table[(i + 1) * width + j] >= table[i * width + j + 1]) i += 1;
    else j += 1;
  }
  return found;
}

/**
 * Runs of words; a space between two that differ differs with them.
 * @param {string[]} list
 * @param {number[]} common
 * @returns {Part[]}
 */
function parts(list, common) {
  const same = new Set(common);
  const differs = (/** @type {number} */ at) =>
    !same.has(at) ||
    (/^\s+$/.test(list[at]) &&
      at > 0 &&
      at + 1 < list.length &&
      !same.has(at - 1) &&
      !same.has(at + 1));
  /** @type {Part[]} */
  const found = [];
  list.forEach((text, at) => {
    const last = found[found.length - 1];
    if (last && last.differs === differs(at)) last.text += text;
    else found.push({ text, differs: differs(at) });
  });
  return found;
}
