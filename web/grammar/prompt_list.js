/* The prompts of a Prompt Batch and their names. The page's twin of nodes/core/grammar/prompts.py;
   both are tested with tests/data/prompts.json. Which prompts are drawn at random, and what lists
   of wildcards have in them, only the server tells. */

import { readPattern } from './braces.js';
import { withoutComments } from './comments.js';
import {
  Cursor,
  GrammarError,
  HOLE,
  MAX_ITEMS,
  MAX_LONG_TEXT,
  amount,
  choice,
  commas,
  overLimit,
  trim,
  whole,
} from './cursor.js';
import { checkFlags, joined, split, withoutKept } from './flags.js';
import { factorsInWords, factorsOf, formsOf, hasHoles, times, totalOf } from './patterns.js';
import { readUnits } from './prompt_blocks.js';
import { promptNames } from './prompt_names.js';
import { promptText } from './prompt_text.js';

/** @typedef {import('./patterns.js').Pattern} Pattern */
/** @typedef {import('./prompt_blocks.js').Unit} Unit */
/** @typedef {{units: Unit[], template: Pattern, negative: Pattern}} Batch */
/** @typedef {{variants?: unknown, count?: unknown, seed?: unknown}} Variants which prompts come:
 *   all, or so many that are drawn */

const NAMED = 500; // prompts: the names of more would take too long while somebody types
const BRACES = 100_000; // more of them would take too long while somebody types
const MAX_OUTPUT = 20_000_000; // characters of all prompts together
const SEEDS = 2n ** 64n;
/** @type {Batch} */
const NO_BATCH = { units: [], template: [], negative: [] };

/**
 * @param {string} prompts
 * @param {string} [negative]
 * @param {string} [template]
 * @param {Record<string, string>} [holes] a text for each hole of the template
 * @param {Variants} [variants]
 * @returns {{count: number | null, texts: string[], negatives: string[], names: string[]}} `count`:
 *   null if only the server tells; no texts: it alone tells them, or they are too many
 */
export function readPrompts(prompts, negative, template, holes = {}, variants = {}) {
  const { batch, count } = readBatch(prompts, negative, template, holes, variants);
  const isTold = variants.variants !== 'random' && count <= NAMED;
  if (!isTold)
    return { count: Number.isNaN(count) ? null : count, texts: [], negatives: [], names: [] };
  const texts = batch.units.map((unit) => textsOfUnit(batch, unit));
  const names = promptNames(
    batch.units.map((unit) => unit.name),
    texts,
  );
  const [positives, negatives] = [0, 1].map((side) => texts.flat().map((each) => each[side]));
  return { count, texts: positives, negatives, names };
}

/** What the widgets say, nothing expanded, and how many prompts that makes, NaN if only the server
 * tells; throws GrammarError. @param {string} prompts @param {string} [negative]
 * @param {string} [template] @param {Record<string, string>} [holes]
 * @param {Variants} [variants] */
export function readBatch(
  prompts,
  negative = '',
  template = '{prompt}',
  holes = {},
  { variants = 'all', count = 8, seed = 0 } = {},
) {
  choice(variants, 'variants', ['all', 'random']);
  const drawn = whole(count, 'count', 1n, BigInt(MAX_ITEMS));
  whole(seed, 'seed', 0n, SEEDS - 1n);
  const isDrawn = variants === 'random';
  if (hasMany([prompts, negative, template]))
    return { batch: NO_BATCH, count: isDrawn ? Number(drawn) : Number.NaN };
  const cursor = withoutComments(new Cursor(prompts, '', MAX_LONG_TEXT));
  const units = readUnits(cursor);
  if (!units.length) throw cursor.fail('Expected a prompt', 0);
  const around = readTemplate(template, holes);
  const { cursor: field, lines } = promptText(negative, 'negative');
  for (const line of lines) checkFlags(field, line, true);
  const batch = { units, template: around, negative: readPattern(field, lines) };
  return { batch, count: isDrawn ? Number(drawn) : checkedCount(cursor, batch) };
}

/** Whether the texts have so many braces that only the server reads them.
 * @param {unknown[]} texts */
const hasMany = (texts) =>
  texts.some((text) => {
    if (typeof text !== 'string' || text.length < BRACES) return false;
    let found = 0;
    for (let at = text.indexOf('{'); at >= 0 && found < BRACES; at = text.indexOf('{', at + 1))
      found += 1;
    return found === BRACES;
  });

/** template = text with at least one '{prompt}'; nothing at all is '{prompt}'
 * @param {string} text @param {Record<string, string>} holes */
function readTemplate(text, holes) {
  const isEmpty = typeof text === 'string' && !trim(text);
  const { cursor, lines } = promptText(isEmpty ? '{prompt}' : text, 'template');
  for (const [name, filled] of Object.entries(holes)) new Cursor(filled, `{${name}}`);
  for (const line of lines) checkFlags(cursor, line);
  const pattern = readPattern(cursor, lines, { ...holes, prompt: HOLE });
  if (hasHoles(pattern)) return pattern;
  throw cursor.fail('Expected {prompt}, the place of each prompt', text.length);
}

/** How many prompts that makes; throws if they are too many, or they or their negatives too long in
 * all. @param {Cursor} cursor @param {Batch} batch */
function checkedCount(cursor, { units, template, negative }) {
  const around = totalOf(template);
  const shared = totalOf(negative);
  let before = 0;
  let positives = 0;
  let negatives = 0;
  for (const { body, negative: own, span } of units) {
    const text = totalOf(body);
    const beside = times(totalOf(own), shared);
    const more = text.count * around.count * beside.count;
    if (before + more > MAX_ITEMS) {
      const factors = [body, own, template, negative].flatMap(factorsOf);
      const words = factorsInWords(factors);
      const message = overLimit(BigInt(before), BigInt(more), words, 'prompts');
      throw cursor.fail(message, ...span);
    }
    before += more;
    positives += (around.size * text.count + around.holes * text.size) * beside.count;
    negatives += beside.size * text.count * around.count;
  }
  checkSize(Math.max(positives, negatives), before);
  return before;
}

/** @param {number} size @param {number} count */
function checkSize(size, count) {
  if (!(size > MAX_OUTPUT)) return;
  const made = `${commas(count)} prompts of ${commas(Math.floor(size / count))} characters`;
  const most = `at most ${commas(MAX_OUTPUT)} characters`;
  throw new GrammarError(`${made} = ${amount(BigInt(size))}; ${most}`, 0, 0);
}

/** The positives and negatives of a line or block. @param {Batch} batch @param {Unit} unit
 * @returns {[string, string][]} */
function textsOfUnit({ template, negative }, unit) {
  const bodies = formsOf(unit.body).map(split);
  const fields = formsOf(unit.negative).map(withoutKept);
  const wraps = formsOf(template).map(split);
  const alike = formsOf(negative).map(withoutKept);
  return bodies.flatMap(([text, own]) => {
    const put = (/** @type {string} */ around) => around.replaceAll(HOLE, () => text);
    return fields.flatMap((field) =>
      wraps.flatMap(([around, everywhere]) =>
        alike.map(
          (shared) =>
            /** @type {[string, string]} */ ([
              trim(put(around)),
              joined([shared, put(everywhere), field, own]),
            ]),
        ),
      ),
    );
  });
}
