// The same table as tests/core/grammar/test_prompt_counts.py.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { countPrompts } from '../../../web/grammar/prompt_count.js';

const table = JSON.parse(readFileSync(new URL('../../data/counts.json', import.meta.url), 'utf8'));
for (const [prompts, negative, template, count] of table) {
  test(`count of ${JSON.stringify(prompts)}`, () =>
    assert.equal(countPrompts(prompts, negative, template), count));
}
