import assert from 'node:assert/strict';
import test from 'node:test';
import { Marks, restored, saved } from '../../../web/model/marks.js';

const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(16));

const marked = (...steps) => {
  const marks = new Marks();
  for (const [name, ...values] of steps) marks[name](...values, 'something');
  return marks;
};

test('picks keep the order of picking, each once', () => {
  assert.deepEqual(marked(['pick', [B, A]], ['pick', [A, C, C]]).picks, [B, A, C]);
});

test('a pick ends a reject and the other way round; stars stay', () => {
  const marks = marked(['rate', A, 4], ['toggleReject', A], ['togglePick', A]);
  assert.deepEqual([marks.place(A), marks.isRejected(A), marks.stars(A)], [1, false, 4]);
  marks.toggleReject(A, '');
  assert.deepEqual([marks.place(A), marks.isRejected(A), marks.stars(A)], [0, true, 4]);
  marks.unflag([A], '');
  assert.deepEqual([marks.isRejected(A), marks.stars(A)], [false, 4]);
});

test('undo and redo walk through everything, and say what', () => {
  const marks = new Marks();
  marks.pick([A], 'pick of frame 1');
  marks.rate(A, 3, 'stars of frame 1');
  assert.equal(marks.undo(), 'stars of frame 1');
  assert.equal(marks.undo(), 'pick of frame 1');
  assert.equal(marks.undo(), null);
  assert.deepEqual(marks.picks, []);
  assert.equal(marks.redo(), 'pick of frame 1');
  assert.deepEqual(marks.picks, [A]);
  marks.pick([B], '');
  assert.equal(marks.redo(), null);
});

test('the two clicks of a double click leave no step', () => {
  const marks = marked(['pick', [B]], ['togglePick', A], ['togglePick', A]);
  marks.forget(2);
  assert.deepEqual([marks.picks, marks.past.length], [[B], 1]);
});

test('picks move within their order, not beyond it', () => {
  const marks = marked(['pick', [A, B, C]], ['move', C, 1], ['move', B, 99]);
  assert.deepEqual(marks.picks, [C, A, B]);
  const steps = marks.past.length;
  marks.move(C, -5, '');
  assert.equal(marks.past.length, steps);
});

test('what is saved comes back; what is not ours does not', () => {
  const marks = marked(['pick', [A, B]], ['toggleReject', C], ['rate', A, 5], ['keep', [B]]);
  assert.deepEqual(
    restored(JSON.parse(JSON.stringify(saved(marks.state))), marks.picks),
    marks.state,
  );
  const hostile = { rejects: [1, '<b>', A], stars: { [A]: 9, x: 3, [B]: 2 }, keepers: 'abc' };
  const state = restored(hostile, []);
  assert.deepEqual([...state.rejects, ...state.stars, ...state.keepers], [A, [B, 2]]);
  for (const value of [null, 7, 'text', [], { stars: null }])
    assert.deepEqual(restored(value, []).picks, []);
});

test('a keeper that is unpicked is a keeper no more', () => {
  const marks = marked(['pick', [A]], ['keep', [A]], ['unflag', [A]], ['pick', [A]]);
  assert.equal(marks.isKeeper(A), false);
});
