import assert from 'node:assert/strict';
import test from 'node:test';
import { Seen, places } from '../../../web/model/seen.js';

const axes = (...sizes) =>
  sizes.map((size, at) => ({
    name: `axis ${at}`,
    labels: Array.from({ length: size }, (_, value) => String(value)),
    values: [],
  }));
const seen = (sizes, swapped) =>
  new Seen(
    axes(...sizes),
    sizes.reduce((product, size) => product * size, 1),
    swapped,
  );
const names = (some) => some.map(({ name }) => name.slice(-1)).join();

for (const [sizes, swapped, rows, columns, shape] of [
  [[3, 4], false, '0', '1', [3, 4]],
  [[3, 4], true, '1', '0', [4, 3]],
  [[2, 3, 5], false, '0,1', '2', [2, 3, 5]],
  [[2, 3, 5], true, '2', '0,1', [5, 6]],
  [[6], false, '', '0', [6]],
  [[6], true, '', '0', [6]], // nothing to swap
])
  test(`what heads ${sizes}${swapped ? ', swapped' : ''}`, () => {
    const lies = seen(sizes, swapped);
    assert.deepEqual([names(lies.rows), names(lies.columns)], [rows, columns]);
    assert.deepEqual([lies.sizes, lies.across], [shape, shape.at(-1)]);
  });

test('one comes by the frames row by row', () => {
  assert.deepEqual(seen([2, 3], false).order, [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(seen([2, 3], true).order, [0, 3, 1, 4, 2, 5]);
  assert.deepEqual(seen([2, 3], true).rowOf(4), [1, 4]);
  assert.deepEqual(seen([2, 3], false).rowOf(4), [3, 4, 5]);
});

for (const swapped of [false, true])
  test(`every frame is where its row and column say${swapped ? ', swapped' : ''}`, () => {
    const lies = seen([2, 3, 4], swapped);
    for (let index = 0; index < lies.count; index += 1)
      assert.equal(lies.indexAt(lies.line('row', index), lies.line('column', index)), index);
  });

test('frames that fill no axes lie in one row', () => {
  const lies = new Seen([], 5, true);
  assert.deepEqual([lies.sizes, lies.order, lies.rowOf(3)], [[5], [0, 1, 2, 3, 4], lies.order]);
  assert.deepEqual([lies.line('row', 3), lies.line('column', 3)], [0, 3]);
  assert.deepEqual(new Seen([], 0, false).order, []);
});

test('nested axes name each line', () =>
  assert.deepEqual(
    [0, 2, 3, 5].map((line) => places(axes(2, 3), line)),
    [
      [0, 0],
      [0, 2],
      [1, 0],
      [1, 2],
    ],
  ));
