import assert from 'node:assert/strict';
import test from 'node:test';
import { passes } from '../../../web/model/filter.js';
import { Marks } from '../../../web/model/marks.js';
import { begun, stepped } from '../../../web/model/progress.js';
import { seenOf } from '../../../web/model/seen.js';
import { fromManifest } from '../../../web/model/sweep.js';
import { manifest } from '../manifest.js';

test('which frames pass', () => {
  const marks = new Marks();
  marks.pick(['a'], '');
  marks.toggleReject('b', '');
  marks.rate('c', 3, '');
  const seen = seenOf(fromManifest(manifest(2, 2)), false);
  const passing = (filter) =>
    ['a', 'b', 'c', 'd'].filter((id, index) => passes(filter, marks, { id, index, seen }));
  assert.deepEqual(passing({ kind: 'all' }), ['a', 'b', 'c', 'd']);
  assert.deepEqual(passing({ kind: 'picked' }), ['a']);
  assert.deepEqual(passing({ kind: 'unrejected' }), ['a', 'c', 'd']);
  assert.deepEqual(passing({ kind: 'stars', stars: 3 }), ['c']);
  assert.deepEqual(passing({ kind: 'row', place: 1 }), ['c', 'd']);
  assert.deepEqual(passing({ kind: 'column', place: 0 }), ['a', 'c']);
});

test('a step: frames in flight, their previews, the share of the whole', () => {
  const news = { numbers: [1, 2], step: 2, steps: 4, share: 0.5 };
  const previews = [
    { number: 1, image: 'data:image/webp;base64,AA' },
    { number: 2, image: 'https://elsewhere' },
  ];
  const run = stepped(begun(), { ...news, previews }, (number) => number === 5);
  assert.deepEqual([[...run.numbers], [...run.previews.keys()], run.share], [[1, 2], [1], 0.5]);
  const next = stepped(run, { ...news, numbers: [2, 5], step: 4 }, (number) => number === 5);
  assert.deepEqual([[...next.numbers], [...next.previews.keys()]], [[2], [1]]); // 1 comes again
  assert.deepEqual([...stepped(next, news, (number) => number === 1).previews.keys()], []);
});
