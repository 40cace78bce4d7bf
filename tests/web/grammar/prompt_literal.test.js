import assert from 'node:assert/strict';
import test from 'node:test';
import { keptText } from '../../../web/grammar/prompt_literal.js';
import { countPrompts } from '../../../web/grammar/prompt_count.js';

test('the text for exactly one prompt keeps the signs of the grammar literal', () => {
  assert.equal(keptText('# red', '').prompts, '\\# red');
  assert.equal(keptText('a --no b', '').prompts, 'a \\--no b');
  assert.equal(keptText('name: x', '').prompts, '\\name: x');
  assert.equal(keptText('a\\{b', '').prompts, 'a\\\\\\{b');
  assert.equal(keptText('two\nlines', '').prompts, '---\ntwo\nlines');
});

test('whatever it says, it is one prompt', () => {
  for (const text of [
    '{a|b}',
    '# red',
    'a --no b',
    '---',
    '----',
    'two\n---\nlines',
    '\\{',
    'name: x',
  ]) {
    const { prompts, negative } = keptText(text, text);
    assert.equal(countPrompts(prompts, negative), 1, text);
  }
});
