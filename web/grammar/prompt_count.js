/* How many prompts a Prompt Batch makes, for the line in it: what is at fault, the server says.
   Tested with tests/data/counts.json on both sides. */

import { GrammarError } from './cursor.js';
import { countOfUnit, readBatch } from './prompt_list.js';

/**
 * @param {string} prompts
 * @param {string} [negative]
 * @param {string} [template]
 * @returns {number | null} null: not to be told
 */
export function countPrompts(prompts, negative = '', template = '{prompt}') {
  try {
    const batch = readBatch(prompts, negative, template, {});
    return batch.units.reduce((sum, unit) => sum + countOfUnit(batch, unit).count, 0);
  } catch (error) {
    if (error instanceof GrammarError) return null;
    throw error;
  }
}
