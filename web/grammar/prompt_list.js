/* The prompts of a Prompt Batch and their names, where the page can tell them: the page's share of
   nodes/core/grammar/prompts.py. */

import { GrammarError, MAX_ITEMS, commas } from './cursor.js';
import { countPrompts } from './prompt_count.js';

/**
 * @param {string} prompts
 * @param {string} negative
 * @param {string} template
 * @param {Record<string, string>} _holes
 * @returns {{count: number, texts: string[], names: string[]}} no texts and names: not told
 */
export function readPrompts(prompts, negative, template, _holes) {
  const count = countPrompts(prompts, negative, template);
  if (count === null) throw new GrammarError('Expected a prompt', 0, 0);
  if (count > MAX_ITEMS)
    throw new GrammarError(`${commas(count)} prompts; at most ${commas(MAX_ITEMS)}`, 0, 0);
  return { count, texts: [], names: [] };
}
