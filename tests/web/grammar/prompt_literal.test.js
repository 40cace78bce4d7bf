import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { keptText } from '../../../web/grammar/prompt_literal.js';
import { countPrompts } from '../../../web/grammar/prompt_count.js';

const table = JSON.parse(
  readFileSync(new URL('../../data/literals.json', import.meta.url), 'utf8'),
);

for (const [text, written] of table)
  test(`the text for exactly one prompt: ${JSON.stringify(text)}`, () => {
    const { prompts, negative } = keptText(text, text);
    assert.equal(prompts, written);
    if (written) assert.equal(countPrompts(prompts, negative), 1);
  });
