import assert from 'node:assert/strict';
import test from 'node:test';
import { fits, meant, patternOf } from '../../../web/model/patterns.js';
import { wordsOf } from '../../../web/model/finder.js';

test('a star stands for anything at all, as the plan reads it', () => {
  for (const [pattern, text, is] of [
    ['ink_*', 'ink_wash', true],
    ['ink_*', 'ink_', true],
    ['ink_*', 'ink', false],
    ['ink_*', 'Ink_wash', false],
    ['*.png', 'a.png', true],
    ['*.png', 'a.png.txt', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a1b2c', true],
    ['a*b*c', 'ac', false],
    ['*ab*ab*', 'xabab', true],
    ['*ab*ab*', 'xaab', false],
    ['a*bc*c', 'abc', false],
    ['*', '', true],
  ])
    assert.equal(fits(pattern, text), is, `${pattern} ${text}`);
});

test('a text is a pattern only if no choice is written like it and one fits', () => {
  const options = ['ink_1', 'ink_2', 'a*b', 'axb'];
  const there = new Set(options);
  assert.deepEqual(meant('ink_*', options, there), ['ink_1', 'ink_2']);
  assert.deepEqual(meant('a*b', options, there), ['a*b']);
  assert.deepEqual(meant('old_*', options, there), ['old_*']);
  assert.deepEqual(meant('old', options, there), ['old']);
});

const MIXED = ['ink_a.png', 'ink_b.png', 'inky.png', 'styles/ink_a.png', 'styles/b.gif', 'x.gif'];
const SAMPLERS = ['euler', 'euler_cfg_pp', 'euler_ancestral', 'heun', 'dpm_2', 'dpm_2_ancestral'];
for (const [what, options, names, query, pattern] of [
  ['a beginning', MIXED, ['ink_a.png', 'ink_b.png'], '', 'ink_*'],
  ['a folder', MIXED, ['styles/ink_a.png', 'styles/b.gif'], '', 'styles/*'],
  ['an ending', MIXED, ['styles/b.gif', 'x.gif'], '', '*.gif'],
  ['everything', MIXED, MIXED, '', '*'],
  ['no border of a word', MIXED, ['ink_a.png', 'ink_b.png', 'inky.png'], '', ''],
  ['more than was meant', MIXED, ['ink_a.png', 'inky.png'], '', ''],
  ['one alone', MIXED, ['x.gif'], '', ''],
  ['a whole word', SAMPLERS, SAMPLERS.slice(0, 3), '', 'euler*'],
  [
    'an ending that begins a word',
    SAMPLERS,
    ['euler_ancestral', 'dpm_2_ancestral'],
    '',
    '*_ancestral',
  ],
  [
    'both ends',
    ['a/1.png', 'a/2.png', 'a/3.gif', 'b/4.png'],
    ['a/1.png', 'a/2.png'],
    '',
    'a/*.png',
  ],
  [
    'the words of a search',
    ['ink_wash_1', 'ink_wash_2', 'oil'],
    ['ink_wash_1', 'ink_wash_2'],
    'wash',
    'ink_wash_*',
  ],
  ['a star in the names', ['a*b_1', 'a*b_2', 'c'], ['a*b_1', 'a*b_2'], '', ''],
  ['a choice that is written so', ['a_*', 'a_1', 'b'], ['a_*', 'a_1'], '', ''],
  ['signs beyond 16 bits', ['😀1', '😁2', 'x'], ['😀1', '😁2'], '', ''],
  ['another script', ['墨_一', '墨_二', '油_一'], ['墨_一', '墨_二'], '', '墨_*'],
])
  test(`the pattern for ${what}`, () =>
    assert.equal(patternOf(names, options, wordsOf(query)), pattern));

test('a pattern takes in exactly what it was made for', () => {
  const words = [
    'ink',
    'oil',
    'ink_wash',
    'a/ink',
    'a/b/oil',
    'x-1',
    'x-2',
    'x-10',
    'x 1',
    '1.png',
  ];
  let patterns = 0;
  for (let set = 1; set < 2 ** words.length; set += 1) {
    const names = words.filter((_, at) => set & (1 << at));
    const pattern = patternOf(names, words);
    if (!pattern) continue;
    patterns += 1;
    assert.deepEqual(
      words.filter((name) => fits(pattern, name)),
      names,
    );
  }
  assert.ok(patterns > 5);
});
