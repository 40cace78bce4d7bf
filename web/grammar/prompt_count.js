/* How many prompts a Prompt Batch makes, for the line in it: what is at fault, the server says.
   Tested with tests/data/counts.json on both sides. */

import { withoutComments } from './comments.js';
import { Cursor, GrammarError, MAX_LONG_TEXT, linesOf } from './cursor.js';
import { readBatch } from './prompt_list.js';

/**
 * @param {string} prompts
 * @param {string} [negative]
 * @param {string} [template]
 * @param {import('./prompt_list.js').Variants} [variants]
 * @returns {number | null} null: something is at fault; NaN: only the server tells
 */
export function countPrompts(prompts, negative, template, variants) {
  try {
    return readBatch(prompts, negative, template, {}, variants).count;
  } catch (error) {
    if (error instanceof GrammarError) return null;
    throw error;
  }
}

/** The first prompt that begins like a comment: #1girl. '' if none does. @param {string} prompts */
export function hashPrompt(prompts) {
  if (!prompts.includes('#')) return '';
  const cursor = withoutComments(new Cursor(prompts, '', MAX_LONG_TEXT));
  for (const [start, end] of linesOf(cursor))
    if (prompts[start] === '#' && prompts[start - 1] !== '\\') return prompts.slice(start, end);
  return '';
}
