import assert from 'node:assert/strict';
import test from 'node:test';
import { Finder, hits, wordsOf } from '../../../web/model/finder.js';

const find = (names, query) => new Finder(names).find(wordsOf(query));

for (const [name, query, is] of [
  ['styles/Ink_wash.safetensors', 'INK wash', true],
  ['styles/Ink_wash.safetensors', 'wash styles', true],
  ['styles/Ink_wash.safetensors', 'ink oil', false],
  ['styles\\ink.pt', 'styles/ink', true],
  ['fée.png', 'fee', true],
  ['fe\u0301e.png', 'FÉE', true],
  ['Straße.png', 'STRASSE', true],
  ['ΟΔΟΣ', 'οδός', true],
  ['ｉｎｋ', 'ink', true],
  ['墨と水.png', '水', true],
  ['\u1106\u116e\u11a8.png', '묵', true],
  ['İnk', 'i', true],
  ['a b', '\u3000b\ta ', true],
  ['anything', '  ', true],
])
  test(`${query} ${is ? 'finds' : 'does not find'} ${name}`, () =>
    assert.equal(find([name], query).length === 1, is));

test('what is found keeps its order, and may be asked for more', () => {
  const finder = new Finder(['b1', 'a', 'b2', 'b3']);
  assert.deepEqual(finder.find(['B']), ['b1', 'b2', 'b3']);
  assert.deepEqual(
    finder.find(['B'], (name) => name !== 'b2'),
    ['b1', 'b3'],
  );
  assert.deepEqual(
    finder.find([], (name) => name === 'a'),
    ['a'],
  );
});

const marked = (text, query) =>
  hits(text, wordsOf(query))
    .map(({ text: letter, hit }) => (hit ? `[${letter}]` : letter))
    .join('')
    .replaceAll('][', '');

for (const [text, query, shown] of [
  ['an ink and ink', 'ink', 'an [ink] and [ink]'],
  ['ink_wash', 'wash k', 'in[k]_[wash]'],
  ['Straße', 'ss', 'Stra[ß]e'],
  ['fe\u0301e', 'fee', '[fe\u0301e]'],
  ['😀ink😁', 'ink', '😀[ink]😁'],
  ['ink', '', 'ink'],
])
  test(`${query} in ${text} is shown`, () => assert.equal(marked(text, query), shown));
