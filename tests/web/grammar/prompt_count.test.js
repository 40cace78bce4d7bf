// The same table as tests/core/grammar/test_prompt_counts.py.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { countPrompts, hashPrompt } from '../../../web/grammar/prompt_count.js';

const table = JSON.parse(readFileSync(new URL('../../data/counts.json', import.meta.url), 'utf8'));
for (const [prompts, negative, template, count] of table) {
  test(`count of ${JSON.stringify(prompts)}`, () =>
    assert.equal(countPrompts(prompts, negative, template) || null, count));
}

test('what only the server tells is neither a count nor a fault', () => {
  for (const text of ['a __colors__ boat', '{2$$__colors__}\n{a|b}', '{3::__a__|b}'])
    assert.equal(countPrompts(text), Number.NaN);
  assert.equal(countPrompts('__colors__\na {b'), null);
  for (const template of ['__style__, {prompt}', '{prompt}{2$$__a__}', '{__a__|{prompt}}'])
    assert.equal(countPrompts('a', '', template), Number.NaN);
  assert.equal(countPrompts('a', '', '__style__'), null);
  assert.equal(countPrompts('__colors__', '', '{prompt}', { variants: 'random', count: 5 }), 5);
});

test('of what is drawn there are as many as one asks for', () => {
  const drawn = (variants) => countPrompts('a\n{b|c}', '', '{prompt}', variants);
  assert.equal(drawn({ variants: 'random' }), 8);
  assert.equal(drawn({ variants: 'random', count: 10000, seed: '18446744073709551615' }), 10000);
  for (const wrong of [{ count: 0 }, { count: 10001 }, { seed: -1 }, { variants: 'some' }])
    assert.equal(drawn({ variants: 'random', ...wrong }), null);
});

test('a long text is counted at once', () => {
  const line = `a {2$$red|blue|green} boat on the ${'wide '.repeat(392)}sea`;
  const text = Array.from({ length: 3000 }, () => line).join('\n');
  const began = performance.now();
  assert.equal(countPrompts(text), 9000);
  assert.ok(performance.now() - began < 5000);
});

test('a prompt that begins like a comment is named', () => {
  assert.equal(hashPrompt('# none\n#\n##\na cat\n  #1girl, solo \n#2'), '#1girl, solo');
  for (const text of ['a # b', '\\#1girl', '/* x\n#1girl */ a', '# 1girl'])
    assert.equal(hashPrompt(text), '');
});

test('a text of very many braces is left to the server', () => {
  assert.equal(countPrompts('{a} '.repeat(100_000)), Number.NaN);
});
