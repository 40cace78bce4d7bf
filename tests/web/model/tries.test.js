import assert from 'node:assert/strict';
import test from 'node:test';
import { tries } from '../../../web/model/tries.js';
import { told } from '../told.js';

const axes = (...counts) => counts.map((count, at) => ({ name: `axis ${at}`, count }));
const paired = { combine: 'pair up', count: 6 };

for (const [name, known, expected] of [
  ['six rows of four', told(axes(3, 2, 4)), [1, 9, 13, 21]],
  ['four rows', told(axes(4, 5)), [1, 6, 11, 16]],
  ['three rows', told(axes(3, 5)), [1, 6, 11]],
  ['two rows', told(axes(2, 5)), [1, 6]],
  ['one prompt varies nothing: a row a seed', told(axes(1, 10)), [1, 4, 7, 10]],
  ['one axis', told(axes(5)), [1, 2, 4, 5]],
  ['an axis of one value is no row', told(axes(3, 4, 1)), [1, 5, 9]],
  ['a hundred rows', told(axes(100, 3)), [1, 100, 199, 298]],
  ['paired up, one axis', told(axes(6, 6), paired), [1, 3, 4, 6]],
  ['as many as there are: nothing to try first', told(axes(4)), []],
  ['nothing varies', told([]), []],
  ['not known', told(axes(2, 3), { count: null }), []],
  ['a fault', told(axes(3, 5), { fault: { kind: 'savers', nodes: [] } }), []],
])
  test(`tries of ${name}`, () => assert.deepEqual(tries(known), expected));
