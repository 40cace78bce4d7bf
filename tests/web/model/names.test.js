import assert from 'node:assert/strict';
import test from 'node:test';
import { parts, shortNames, shownName } from '../../../web/model/names.js';
import { wordsOf } from '../../../web/model/finder.js';

for (const [name, folder, stem, ending] of [
  ['styles/ink_v1.safetensors', 'styles/', 'ink_v1', '.safetensors'],
  ['a\\b\\c.pt', 'a\\b\\', 'c', '.pt'],
  ['euler_ancestral', '', 'euler_ancestral', ''],
  ['sd1.5', '', 'sd1.5', ''],
  ['model.v2', '', 'model.v2', ''],
  ['clip.mp4', '', 'clip', '.mp4'],
  ['a/b.png [output]', 'a/', 'b', '.png [output]'],
  ['.hidden', '', '.hidden', ''],
])
  test(`the parts of ${name}`, () => assert.deepEqual(parts(name), { folder, stem, ending }));

/** Quiet in (), hits in [], the cut as |. */
const drawn = ({ head, tail }) =>
  [head, tail]
    .map((pieces) =>
      pieces
        .map(({ text, hit, quiet }) => (hit ? `[${text}]` : quiet ? `(${text})` : text))
        .join(''),
    )
    .join('|');

for (const [name, query, shown] of [
  ['styles/ink_wash_v12.safetensors', '', '(styles/)ink_wash|_v12(.safetensors)'],
  [
    'styles/ink_wash_v12.safetensors',
    'les/ink safe',
    '(sty)[les/][ink]_wash|_v12(.)[safe](tensors)',
  ],
  ['lighthouse-1003.png', '', 'lighthouse-|1003(.png)'],
  ['a/b.png', '', '(a/)|b(.png)'],
  ['euler', '', 'e|uler'],
  ['😀😁😂🤣😃😄', '', '😀😁|😂🤣😃😄'],
])
  test(`${name} is shown`, () => assert.equal(drawn(shownName(name, wordsOf(query))), shown));

test('short names, but for those that would look alike', () => {
  const names = ['a/ink.pt', 'b/ink.pt', 'b/oil.pt'];
  assert.deepEqual([...shortNames(names).values()], ['a/ink.pt', 'b/ink.pt', 'oil']);
});
