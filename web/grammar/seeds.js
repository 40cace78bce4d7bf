/* Lists of seeds: 7, 40-43, 99. The page's twin of nodes/core/grammar/seeds.py; both are tested
   with tests/data/values.json. Seeds are bigints: numbers lose digits above 2^53. */

import { MAX_ITEMS, Cursor, choice, counted, short, sticky, whole } from './cursor.js';

/** @template T @typedef {import('./cursor.js').Written<T>} Written */
/** @typedef {{first: bigint, last: bigint}} Run seeds in a row, both ends included, up or down */

const LIMIT = 2n ** 64n;
const MODES = ['consecutive', 'random', 'list'];
const NUMBER = sticky('[0-9]+');
const DASH = sticky('\\s*-\\s*');
const DOTS = sticky('\\s*\\.\\.');

/**
 * The seeds of a Seed Sweep with these widgets; throws GrammarError.
 * @param {Record<string, any>} widgets
 * @returns {bigint[]}
 */
export function seedList({ seed = 0, count = 4, mode = 'consecutive', list = '' }) {
  choice(mode, 'mode', MODES);
  if (mode === 'list') return placedSeeds(list).flatMap(({ value }) => seedsOf(value));
  const start = whole(seed, 'seed', 0n, LIMIT - 1n);
  const length = Number(whole(count, 'count', 1n, BigInt(MAX_ITEMS)));
  if (mode === 'random') return random(start, length);
  return Array.from({ length }, (_, at) => (start + BigInt(at)) % LIMIT);
}

/** The numbers of SplitMix64 shifted right by 11 bits, each once.
 * @param {bigint} state @param {number} count */
function random(state, count) {
  /** @type {Set<bigint>} */
  const seeds = new Set();
  for (let at = state; seeds.size < count; ) {
    at = (at + 0x9e3779b97f4a7c15n) % LIMIT;
    let mixed = ((at ^ (at >> 30n)) * 0xbf58476d1ce4e5b9n) % LIMIT;
    mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) % LIMIT;
    seeds.add((mixed ^ (mixed >> 31n)) >> 11n);
  }
  return [...seeds];
}

/** list = item ((',' | new line) item)* @param {string} text @returns {Written<Run>[]} */
export function placedSeeds(text) {
  const cursor = new Cursor(text);
  const runs = counted(cursor, item, ({ first, last }) => distance(first, last) + 1n, 'seeds');
  if (!runs.length) throw cursor.fail('Expected seeds, for example 7, 40-43, 99', 0);
  return runs;
}

/** @param {bigint} one @param {bigint} other */
const distance = (one, other) => (one > other ? one - other : other - one);

/** @param {Run} run @returns {bigint[]} */
export function seedsOf({ first, last }) {
  const step = last >= first ? 1n : -1n;
  const length = Number(distance(first, last)) + 1;
  return Array.from({ length }, (_, at) => first + BigInt(at) * step);
}

/** item = seed ['-' seed] @param {Cursor} cursor @returns {Run} */
function item(cursor) {
  const begin = cursor.position;
  const first = seed(cursor, 'a seed');
  if (cursor.take(DOTS)) throw cursor.fail('Write a range of seeds with a dash: 40-43', begin);
  return { first, last: cursor.take(DASH) ? seed(cursor, 'the seed that ends the range') : first };
}

/** @param {Cursor} cursor @param {string} what */
function seed(cursor, what) {
  const begin = cursor.position;
  const [digits] = cursor.expect(NUMBER, `${what}, a whole number from 0 to ${LIMIT - 1n}`);
  if (digits.replace(/^0+/, '').length > 20 || BigInt(digits) >= LIMIT)
    throw cursor.fail(`${short(digits)} is above ${LIMIT - 1n}, the largest seed`, begin);
  return BigInt(digits);
}
