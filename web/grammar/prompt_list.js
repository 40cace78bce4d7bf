/* The prompts of a Prompt Batch and their names. The page's twin of nodes/core/grammar/prompts.py;
   both are tested with tests/data/prompts.json. */

import {
  UNCOUNTED,
  countOf,
  factorsInWords,
  factorsOf,
  formsOf,
  readPattern,
  textsOf,
} from './braces.js';
import {
  Cursor,
  GrammarError,
  MAX_ITEMS,
  amount,
  commas,
  linesOf,
  overLimit,
  trim,
} from './cursor.js';
import { readUnits } from './prompt_blocks.js';
import { promptNames } from './prompt_names.js';

/** @typedef {import('./braces.js').Pattern} Pattern */
/** @typedef {import('./prompt_blocks.js').Unit} Unit */
/** @typedef {{units: Unit[], template: Pattern, negative: Pattern}} Batch */

const NAMED = 500; // prompts: the names of more would take too long while somebody types
const MAX_OUTPUT = 20_000_000; // characters of all prompts together
const HOLE = '\0';

/**
 * @param {string} prompts
 * @param {string} [negative]
 * @param {string} [template]
 * @param {Record<string, string>} [holes] a text for each hole of the template
 * @returns {{count: number, texts: string[], negatives: string[], names: string[]}} none of them:
 *   too many to tell
 */
export function readPrompts(prompts, negative = '', template = '{prompt}', holes = {}) {
  const batch = readBatch(prompts, negative, template, holes);
  const braces = Math.max(1, template.split('{').length - 1);
  const filled = Object.values(holes).reduce((sum, text) => sum + text.length, 0);
  const count = checkedCount(batch, template.length + braces * filled + negative.length, braces);
  if (count > NAMED) return { count, texts: [], negatives: [], names: [] };
  const texts = batch.units.map((unit) => textsOfUnit(batch, unit));
  const names = promptNames(
    batch.units.map((unit) => unit.name),
    texts,
  );
  const [positives, negatives] = [0, 1].map((side) => texts.flat().map((each) => each[side]));
  return { count, texts: positives, negatives, names };
}

/** What the widgets say, nothing expanded; throws GrammarError. @param {string} prompts
 * @param {string} negative @param {string} template @param {Record<string, string>} holes
 * @returns {Batch} */
export function readBatch(prompts, negative, template, holes) {
  for (const text of [prompts, negative, template, ...Object.values(holes)]) new Cursor(text);
  const units = readUnits(prompts);
  if (!units.length) throw new GrammarError('Expected a prompt', 0, 0);
  const around = readTemplate(template, holes);
  return { units, template: around, negative: named('negative', () => read(negative)) };
}

/** How many prompts a line or block makes, and by which braces. @param {Batch} batch
 * @param {Unit} unit */
export function countOfUnit({ template, negative }, unit) {
  const parts = [unit.body, unit.negative, template, negative];
  const count = parts.reduce((product, part) => Math.min(UNCOUNTED, product * countOf(part)), 1);
  return { count, factors: parts.flatMap(factorsOf) };
}

/** The lines of a text without the spaces around them, as one pattern. @param {string} text
 * @param {Record<string, string>} [holes] */
function read(text, holes = {}) {
  const lines = [...linesOf(new Cursor(text))].map(([start, end]) => text.slice(start, end));
  return readPattern(lines.join('\n'), holes);
}

/** template = text with at least one '{prompt}'; nothing at all is '{prompt}'
 * @param {string} text @param {Record<string, string>} holes */
function readTemplate(text, holes) {
  return named('template', () => {
    const pattern = read(trim(text) ? text : '{prompt}', { ...holes, prompt: HOLE });
    if (textsOf(pattern).some((each) => each.includes(HOLE))) return pattern;
    throw new GrammarError('Expected {prompt}, the place of each prompt', 0, 0);
  });
}

/** Faults of a widget begin with its name. @template T @param {string} widget
 * @param {() => T} read */
function named(widget, read) {
  try {
    return read();
  } catch (error) {
    const { message } = /** @type {Error} */ (error);
    throw new GrammarError(`${widget}: ${message}`, 0, 0);
  }
}

/** How many prompts that makes; throws if they are too many, or too long in all.
 * @param {Batch} batch @param {number} around characters around each @param {number} holes */
function checkedCount(batch, around, holes) {
  let before = 0;
  let size = 0;
  for (const unit of batch.units) {
    const { count, factors } = countOfUnit(batch, unit);
    if (before + count > MAX_ITEMS) {
      const words = factorsInWords(factors);
      const message = overLimit(BigInt(before), BigInt(count), words, 'prompts');
      throw new GrammarError(message, 0, 0);
    }
    before += count;
    size += count * (around + holes * unit.length);
  }
  if (size <= MAX_OUTPUT) return before;
  const made = `${commas(before)} prompts of ${commas(Math.floor(size / before))} characters`;
  const most = `at most ${commas(MAX_OUTPUT)} characters`;
  throw new GrammarError(`${made} = ${amount(BigInt(size))}; ${most}`, 0, 0);
}

/** The positives and negatives of a line or block. @param {Batch} batch @param {Unit} unit */
function textsOfUnit({ template, negative }, unit) {
  /** @type {[string, string][]} */
  const found = [];
  const wraps = formsOf(template).map(split);
  const fields = formsOf(unit.negative);
  for (const [text, own] of formsOf(unit.body).map(split))
    for (const field of fields)
      for (const [wrap, everywhere] of wraps)
        for (const shared of formsOf(negative)) {
          const around = everywhere.replaceAll(HOLE, () => text);
          const positive = trim(wrap.replaceAll(HOLE, () => text));
          found.push([positive, joined([shared, around, field, own])]);
        }
  return found;
}

/** line = positive (' --no' negative)* @param {string} text @returns {[string, string]} */
function split(text) {
  const lines = text.split('\n').map((line) => line.split(/(?:^|\s)--no(?=\s|$)/));
  const positive = lines.map((line) => (line.length > 1 ? line[0].trimEnd() : line[0])).join('\n');
  const own = joined(lines.flatMap((line) => line.slice(1)));
  return [trim(withoutKept(positive)), withoutKept(own)];
}

/** @param {string} text */
const withoutKept = (text) => text.replace(/(^|\s)\\(?=\\*--no(?:\s|$))/gm, '$1');

/** @param {string[]} negatives */
function joined(negatives) {
  const written = negatives.map(trim).filter(Boolean);
  return [
    ...written.slice(0, -1).map((each) => each.replace(/[, ]+$/, '')),
    ...written.slice(-1),
  ].join(', ');
}
