/* Short names for prompts, made of what really differs between them, in any language. The page's
   twin of nodes/core/grammar/prompt_names.py. */

import { folded, oneLine, strip } from './cursor.js';
import { matchingRuns } from './nearest.js';
import { columns, middles, speaks, words } from './words.js';

export const LONGEST = 40; // columns of a name
const WORTH = 16; // columns above which words that all share are left out inside a name too
const COMPARED = 200; // texts, and words in each, that are compared for that
const READ = 500_000; // characters read in all
const EDGES = ' ,;:.·、，。；：|/\\\\\\-–—_';
const AROUND = new RegExp(`^[${EDGES}]+|[${EDGES}]+$`, 'g');
const BRACKETS = ['()', '[]', '{}', '（）', '「」'];

/**
 * A name for each prompt, no two alike.
 * @param {string[]} given the names of lines or blocks, '' if none
 * @param {[string, string][][]} texts the (positive, negative) texts that each of them makes
 */
export function promptNames(given, texts) {
  const free = given.flatMap((name, at) => (name ? [] : texts[at].map(([positive]) => positive)));
  const derived = namesOf(free);
  const found = given.flatMap((name, at) => {
    const positives = texts[at].map(([positive]) => positive);
    if (!name) return positives.map(() => derived.shift() ?? '');
    if (new Set(positives).size === 1) return positives.map(() => name);
    return namesOf(positives).map((own) => `${name} ${own}`);
  });
  return unique(withNegatives(found, texts.flat()).map((name, at) => name || String(at + 1)));
}

/** Prompts that differ in their negatives alone are told apart by these: a cat --no hat
 * @param {string[]} found @param {[string, string][]} texts */
function withNegatives(found, texts) {
  const result = [...found];
  for (const places of alike(found.map((name, at) => JSON.stringify([name, texts[at][0]])))) {
    const negatives = places.map((at) => texts[at][1]);
    if (new Set(negatives).size < 2) continue;
    const own = middles(
      negatives.map((text) => words(oneLine(text))),
      true,
    ).map(cut);
    for (const [index, at] of places.entries())
      if (own[index]) result[at] = strip(`${found[at]} --no ${own[index]}`);
  }
  return result;
}

/** The places of equal texts. @param {string[]} texts */
function alike(texts) {
  /** @type {Map<string, number[]>} */
  const places = new Map();
  for (const [at, text] of texts.entries()) places.set(text, [...(places.get(text) ?? []), at]);
  return places.values();
}

/** A name for each text: the words in which it differs from the others; equal texts share one.
 * @param {string[]} texts */
export function namesOf(texts) {
  const length = Math.max(LONGEST, Math.floor(READ / Math.max(1, texts.length)));
  const apart = [...new Set(texts)];
  const lists = apart.map((text) => words([...oneLine(text)].slice(0, length).join('')));
  const isLong = (/** @type {string[][]} */ all) =>
    all.some((each) => columns(each.join('')) > WORTH);
  let found = middles(lists);
  if (isLong(found)) found = withoutShared(found);
  if (found.length > 1 && isLong(found)) found = heads(found);
  const names = new Map(apart.map((text, at) => [text, cut(found[at])]));
  return texts.map((text) => names.get(text) ?? '');
}

/** The names, with 2, 3, ... after one that came before, in capitals or not.
 * @param {string[]} found */
export function unique(found) {
  const taken = new Set(found.map((name) => folded(name)));
  /** @type {Map<string, number>} */
  const numbers = new Map();
  return found.map((name) => {
    const key = folded(name);
    let fresh = name;
    while (numbers.has(key) && taken.has(folded(fresh))) {
      numbers.set(key, Number(numbers.get(key)) + 1);
      fresh = strip(`${name} ${numbers.get(key)}`);
    }
    if (!numbers.has(key)) numbers.set(key, 1);
    taken.add(folded(fresh));
    return fresh;
  });
}

/** The same with … for what all share inside, if that tells them apart as well.
 * @param {string[][]} lists */
function withoutShared(lists) {
  if (lists.length > COMPARED || lists.some((list) => list.length > COMPARED)) return lists;
  const shared = lists.reduce((common, list) =>
    matchingRuns(common, list).flatMap(([start, , size]) => common.slice(start, start + size)),
  );
  const shorter = lists.map((list) => elided(list, shared));
  const isApart = new Set(shorter.map((list) => list.join(''))).size === lists.length;
  return isApart && shorter.every(speaks) ? shorter : lists;
}

/** @param {string[]} list @param {string[]} shared */
function elided(list, shared) {
  const runs = matchingRuns(list, shared);
  const isCommon = (/** @type {number} */ at) =>
    runs.some(([start, , size]) => at >= start && at < start + size);
  /** @type {{common: boolean, words: string[]}[]} */
  const found = [];
  for (const [at, word] of list.entries()) {
    if (found.at(-1)?.common === isCommon(at)) found.at(-1)?.words.push(word);
    else found.push({ common: isCommon(at), words: [word] });
  }
  return found.flatMap((run) => (run.common && speaks(run.words) ? [' … '] : run.words));
}

/** The same cut to the first few words, if these already tell them apart: white lighthouse
 * @param {string[][]} lists */
function heads(lists) {
  for (let count = 2; count < 7; count += 1) {
    const found = lists.map((list) => head(list, count));
    if (new Set(found.map((list) => list.join(''))).size === lists.length) return found;
  }
  return lists;
}

/** The first words, without short ones at the end: they join on what is left out.
 * @param {string[]} list @param {number} count */
function head(list, count) {
  const places = list.flatMap((word, at) => (speaks([word]) ? [at] : [])).slice(0, count);
  const isShort = (/** @type {number} */ at) =>
    /^[\0-\x7f]{0,3}$/.test(list[at]) && isLower(list[at]);
  while (places.length > 1 && isShort(places[places.length - 1])) places.pop();
  return places.length ? list.slice(0, places[places.length - 1] + 1) : list;
}

/** @param {string} word */
const isLower = (word) => /[a-z]/.test(word) && word === word.toLowerCase();

/** A name of at most LONGEST columns, ended by … if words had to go. @param {string[]} list */
function cut(list) {
  const name = tidy(list.join('')) || strip(list.join(''));
  if (columns(name) <= LONGEST) return name;
  const whole = fitting(words(name));
  const kept = whole.length ? whole : fitting([...name]);
  return `${kept.join('').replace(new RegExp(`[${EDGES}…]+$`), '')}…`;
}

/** @param {string[]} units */
function fitting(units) {
  let used = 1;
  const end = units.findIndex((unit) => {
    used += columns(unit);
    return used > LONGEST;
  });
  return end < 0 ? units : units.slice(0, end);
}

/** Without what a text cut out of another is left with: signs at its ends, lone brackets.
 * @param {string} text */
function tidy(text) {
  let found = text.replace(/^[ …]+|[ …]+$/g, '').replace(AROUND, '');
  for (const [opening, closing] of BRACKETS) {
    const more = found.split(opening).length - found.split(closing).length;
    while (more < 0 && found.endsWith(closing)) found = found.slice(0, -1);
    while (more > 0 && found.startsWith(opening)) found = found.slice(1);
  }
  return oneLine(found);
}
