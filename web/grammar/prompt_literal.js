/* The texts of a Prompt Batch that stand for exactly one prompt: signs of its grammar kept literal
   (nodes/core/grammar/prompts.py). Spaces around its lines and empty lines around it are no part of
   a prompt. Both sides are tested with tests/data/literals.json. */

import { LINE_BREAK, trim } from './cursor.js';

const FIELDS =
  'name|negative|prompt|positive|neg|negative prompt|seed|seeds|steps|cfg|cfg scale|sampler|' +
  'scheduler|denoise|count|template';
const SIGN = new RegExp(`^(?:#|-{3,}$|(?:${FIELDS})\\s*[:：])`, 'i');

/** Every sign kept by a backslash, those before it doubled. @param {string} text */
const escaped = (text) =>
  text.replace(/(\\*)([{}])/g, (_, before, sign) => `${before}${before}\\${sign}`);

/** A line whose beginning would mean something. @param {string} line */
const keptLine = (line) => (SIGN.test(line.replace(/^\\+/, '')) ? `\\${line}` : line);

/** @param {string} line */
const keptNo = (line) => line.replace(/(^|\s)(?=\\*--no(?:\s|$))/g, '$1\\');

/** @param {string} positive @param {string} negative */
export function keptText(positive, negative) {
  const lines = positive.split(LINE_BREAK).map((line) => keptLine(keptNo(escaped(trim(line)))));
  while (lines.length > 1 && !lines[0]) lines.shift();
  while (lines.length > 1 && !lines[lines.length - 1]) lines.pop();
  const prompts = lines.length > 1 ? ['---', ...lines].join('\n') : lines[0];
  return { prompts, negative: escaped(negative), template: '{prompt}' };
}
