/* How many prompts a Prompt Batch makes, for the line in it: what is at fault, the server says.
   Tested with tests/data/counts.json on both sides. */

import { GrammarError } from './cursor.js';
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
