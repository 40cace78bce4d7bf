/* The texts of a Prompt Batch that stand for exactly one prompt: signs of its grammar kept literal
   (nodes/core/grammar/prompts.py). Spaces around its lines and empty lines around it are no part of
   a prompt. Both sides are tested with tests/data/literals.json. */

import { bracesKept } from './braces.js';
import { commentsKept } from './comments.js';
import { LINE_BREAK, trim } from './cursor.js';
import { flagsKept } from './flags.js';
import { lineKept } from './prompt_blocks.js';

/** @param {string} text */
const kept = (text) => flagsKept(commentsKept(bracesKept(text)));

/** @param {string} positive @param {string} negative */
export function keptText(positive, negative) {
  const lines = positive.split(LINE_BREAK).map((line) => lineKept(kept(trim(line))));
  while (lines.length > 1 && !lines[0]) lines.shift();
  while (lines.length > 1 && !lines[lines.length - 1]) lines.pop();
  const prompts = lines.length > 1 ? ['---', ...lines].join('\n') : lines[0];
  return { prompts, negative: kept(negative), template: '{prompt}' };
}
