// The same tables as tests/core/grammar/test_prompt_tables.py and test_prompt_faults.py.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { readPrompts } from '../../../web/grammar/prompt_list.js';

const read = (name) =>
  JSON.parse(readFileSync(new URL(`../../data/${name}.json`, import.meta.url), 'utf8'));

function answer(widgets) {
  try {
    const { count, names, texts } = readPrompts(...widgets);
    return { count, names: names.slice(0, 12), texts: texts.slice(0, 12) };
  } catch (error) {
    return { error: error.message };
  }
}

for (const [widgets, told] of read('prompts'))
  test(`prompts ${JSON.stringify(widgets).slice(0, 80)}`, () =>
    assert.deepEqual(answer(widgets), told));

for (const [prompts, negative, template, count] of read('counts'))
  test(`count of ${JSON.stringify(prompts).slice(0, 80)}`, () =>
    assert.equal(answer([prompts, negative, template]).count ?? null, count));

for (const [widgets, message, start, end] of read('prompt_faults'))
  test(`the place of a fault in ${JSON.stringify(widgets).slice(0, 80)}`, () =>
    assert.throws(() => readPrompts(...widgets), { message, start, end }));

test('of very many prompts only the count is told', () => {
  const { count, names } = readPrompts(Array.from({ length: 600 }, (_, at) => `${at}`).join('\n'));
  assert.deepEqual([count, names], [600, []]);
});

test('what is drawn is counted, and told by the server', () => {
  const { count, texts } = readPrompts(
    'a\nb',
    '',
    '{prompt}',
    {},
    { variants: 'random', count: 3 },
  );
  assert.deepEqual([count, texts], [3, []]);
});
