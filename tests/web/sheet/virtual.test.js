import assert from 'node:assert/strict';
import test from 'node:test';
import { reveal, visible } from '../../../web/sheet/virtual.js';

const window = { offset: 0, view: 300, step: 100, count: 10, spare: 0 };

test('what is seen in part counts', () => {
  assert.deepEqual(visible(window), { first: 0, end: 3 });
  assert.deepEqual(visible({ ...window, offset: 50 }), { first: 0, end: 4 });
  assert.deepEqual(visible({ ...window, offset: 100 }), { first: 1, end: 4 });
});

test('some more at either side, but none that is not there', () => {
  assert.deepEqual(visible({ ...window, offset: 400, spare: 2 }), { first: 2, end: 9 });
  assert.deepEqual(visible({ ...window, spare: 2 }), { first: 0, end: 5 });
  assert.deepEqual(visible({ ...window, offset: 700, spare: 5 }), { first: 2, end: 10 });
  assert.deepEqual(visible({ ...window, count: 2 }), { first: 0, end: 2 });
});

test('scrolled past either end there is still a span', () => {
  assert.deepEqual(visible({ ...window, offset: -250 }), { first: 0, end: 1 });
  assert.deepEqual(visible({ ...window, offset: 5000 }), { first: 10, end: 10 });
  assert.deepEqual(visible({ ...window, count: 0 }), { first: 0, end: 0 });
});

test('scrolling brings a span into view by the shortest way', () => {
  const at = (start, end) => reveal({ start, end, offset: 200, view: 300 });
  assert.equal(at(250, 350), 200); // in view
  assert.equal(at(150, 250), 150);
  assert.equal(at(450, 600), 300);
  assert.equal(at(600, 1000), 600); // larger than the view: its start
});
