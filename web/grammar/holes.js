/* Named holes in the template of a Prompt Batch: a {animal} at {place}, {prompt}. The page's twin
   of nodes/core/grammar/holes.py. */

import { readPattern } from './braces.js';
import { BLANK, HOLE, LETTERS_IN, SPACES_IN } from './cursor.js';
import { hasHoles } from './patterns.js';
import { promptText } from './prompt_text.js';

const S = SPACES_IN;
const W = LETTERS_IN;
const NAMED = new RegExp(
  `(?<!\\\\)(?:\\\\\\\\)*(\\{[${S}]*((?!\\p{Nd})[${W}]+(?:[ \\-][${W}]+)*)[${S}]*\\})`,
  'gu',
);

/** Throws GrammarError for a hole that nothing fills: it would reach the model as it is. Other
 * braces, such as those of JSON, are none.
 * @param {string} template @param {Record<string, string>} filled */
export function checkHoles(template, filled) {
  const { cursor } = promptText(template, 'template');
  for (const found of cursor.source.replaceAll(BLANK, ' ').matchAll(NAMED)) {
    const [all, hole, name] = found;
    if (name === 'prompt' || Object.hasOwn(filled, name)) continue;
    const line = `write ${hole} = ... into the axes of the Sweep`;
    const end = found.index + all.length;
    const message = `Nothing fills ${hole}: ${line}, or \\{ for a brace itself`;
    throw cursor.fail(message, end - hole.length, end);
  }
}

/** Whether a name stands in braces in a template; throws GrammarError. @param {string} template
 * @param {string} name */
export function hasHole(template, name) {
  const { cursor, lines } = promptText(template, 'template');
  return hasHoles(readPattern(cursor, lines, { [name]: HOLE }));
}
