import assert from 'node:assert/strict';
import test from 'node:test';
import {
  arrange,
  indexAt,
  measure,
  nearSquare,
  place,
  roomFor,
} from '../../../web/sheet/layout.js';
import { reveal, visible } from '../../../web/sheet/virtual.js';

// As nodes/core/sheet/layout.py has it: tests/core/sheet/test_layout.py.
for (const [count, columns] of [
  [1, 1],
  [2, 2],
  [3, 3],
  [4, 2],
  [5, 3],
  [6, 3],
  [12, 4],
  [18, 6],
  [24, 6],
  [100, 10],
]) {
  test(`${count} frames in ${columns} columns`, () => assert.equal(nearSquare(count), columns));
}

test('columns of a narrow face keep cells of 56 pixels', () => {
  const grid = arrange([18], 0, 220);
  assert.equal(grid.columns, roomFor(220));
  assert.ok(measure(grid, { width: 220, captions: true }).cell >= 56);
});

test('two axes scroll sideways rather than go under 56 pixels', () => {
  const grid = arrange([3, 40], 0, 700);
  const geometry = measure(grid, { width: 700 });
  assert.equal(grid.columns, 40);
  assert.equal(geometry.cell, 56);
  assert.ok(geometry.width > 700);
});

for (const [sizes, columns] of [
  [[3, 4], 0],
  [[2, 3, 5], 0],
  [[18], 0],
  [[3, 7], 3],
  [[1, 6], 0],
]) {
  test(`every frame of ${sizes} has its own place, and the place knows it`, () => {
    const count = sizes.reduce((product, size) => product * size, 1);
    const grid = arrange(sizes, columns, 900);
    const seen = new Set();
    for (let index = 0; index < count; index += 1) {
      const { row, column } = place(grid, index);
      assert.ok(row < grid.rows && column < grid.columns);
      assert.equal(indexAt(grid, row, column, count), index);
      seen.add(`${row} ${column}`);
    }
    assert.equal(seen.size, count);
  });
}

test('headings have a line a level, and room for counts under short ones', () => {
  const top = (sizes, more) => measure(arrange(sizes, 0, 900), { width: 900, ...more }).top;
  assert.equal(top([3, 4], {}), 24);
  assert.equal(top([3, 4], { counts: true }), 24);
  assert.equal(top([4, 6], { levels: 2 }), 44);
  assert.equal(top([3, 20], { counts: true }), 40);
  assert.equal(top([12], { counts: true }), 0);
});

test('places outside hold nothing', () => {
  const grid = arrange([3, 7], 3, 900);
  assert.equal(indexAt(grid, 2, 1, 21), -1);
  assert.equal(indexAt(grid, 0, 3, 21), -1);
  assert.equal(indexAt(grid, -1, 0, 21), -1);
});

test('the window holds what is in view, and a little more', () => {
  assert.deepEqual(visible({ offset: 0, view: 300, step: 100, count: 50, spare: 2 }), {
    first: 0,
    end: 5,
  });
  assert.deepEqual(visible({ offset: 1050, view: 300, step: 100, count: 50, spare: 2 }), {
    first: 8,
    end: 16,
  });
  assert.deepEqual(visible({ offset: 9999, view: 300, step: 100, count: 50, spare: 2 }), {
    first: 50,
    end: 50,
  });
  assert.deepEqual(visible({ offset: -40, view: 300, step: 100, count: 2, spare: 0 }), {
    first: 0,
    end: 2,
  });
});

test('scrolling goes only as far as it must', () => {
  assert.equal(reveal({ start: 100, end: 200, offset: 50, view: 300 }), 50);
  assert.equal(reveal({ start: 20, end: 120, offset: 50, view: 300 }), 20);
  assert.equal(reveal({ start: 400, end: 500, offset: 50, view: 300 }), 200);
  assert.equal(reveal({ start: 400, end: 900, offset: 50, view: 300 }), 400);
});
