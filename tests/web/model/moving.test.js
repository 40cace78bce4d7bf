import assert from 'node:assert/strict';
import test from 'node:test';
import { candidates, filterLine, move, opponent, step } from '../../../web/model/moving.js';
import { SheetModel } from '../../../web/model/sheet_model.js';
import { manifest } from '../manifest.js';

const shown = (rows, columns, focus = 0) => {
  const model = new SheetModel();
  model.show(manifest(rows, columns), 'finished');
  model.focusOn(focus);
  return model;
};
const ids = (model) => model.frames.map((frame) => frame.id);

/** Where the focus goes, over 11 frames in rows of four with two rows in view. */
const MOVES = [
  ['left', 5, 4],
  ['left', 0, 0],
  ['right', 3, 4],
  ['right', 10, 10],
  ['up', 5, 1],
  ['up', 2, 2],
  ['down', 5, 9],
  ['down', 7, 7], // nothing below
  ['row start', 6, 4],
  ['row end', 4, 7],
  ['row end', 9, 10],
  ['first', 9, 0],
  ['last', 0, 10],
  ['page down', 1, 9],
  ['page down', 3, 7], // the last row that has its column
  ['page up', 9, 1],
  ['page up', 6, 2],
  ['nowhere', 6, 6],
];
for (const [to, from, expected] of MOVES) {
  test(`${to} from ${from} is ${expected}`, () => {
    const model = shown(1, 11, from);
    move(model, to, { columns: 4, page: 2 });
    assert.equal(model.focus, expected);
  });
}

test('moving and stepping stay among what is shown', () => {
  const model = shown(1, 6);
  model.marks.pick([ids(model)[1], ids(model)[4]], '');
  model.filterBy({ kind: 'picked' });
  assert.equal(model.focus, 1);
  move(model, 'right', { columns: 4, page: 1 });
  assert.equal(model.focus, 4);
  step(model, 1);
  assert.equal(model.focus, 4);
  step(model, -1);
  assert.equal(model.focus, 1);
  step(model, 1, 3); // from a frame that is not shown: to the first
  assert.equal(model.focus, 1);
});

test('only a row or a column, and all again', () => {
  const model = shown(3, 4);
  filterLine(model, 'row', 1);
  assert.deepEqual(model.shown, [4, 5, 6, 7]);
  filterLine(model, 'column', 2);
  assert.deepEqual(model.shown, [2, 6, 10]);
  filterLine(model, 'column', 2);
  assert.deepEqual(model.shown.length, 12);
});

test('the frame to beat: A, else the first pick, else the one before', () => {
  const model = shown(1, 5);
  assert.equal(opponent(model, 3), 2);
  assert.equal(opponent(model, 0), 1);
  model.marks.pick([ids(model)[4], ids(model)[1]], '');
  assert.equal(opponent(model, 3), 4);
  assert.equal(opponent(model, 4), 1);
  model.champion = ids(model)[2];
  assert.equal(opponent(model, 3), 2);
  assert.equal(opponent(model, 2), 4); // not against itself
  assert.equal(opponent(shown(1, 1), 0), -1);
  const holed = shown(1, 5);
  holed.vanished(2);
  assert.equal(opponent(holed, 3), 1); // with a picture
});

test('a survey is of the picks shown, else of the row, up to nine about the focus', () => {
  const model = shown(2, 12, 18);
  assert.deepEqual(candidates(model), [14, 15, 16, 17, 18, 19, 20, 21, 22]);
  model.focusOn(12);
  assert.deepEqual(candidates(model), [12, 13, 14, 15, 16, 17, 18, 19, 20]);
  model.focusOn(23);
  assert.deepEqual(candidates(model), [15, 16, 17, 18, 19, 20, 21, 22, 23]);
  model.vanished(20);
  assert.deepEqual(candidates(model), [14, 15, 16, 17, 18, 19, 21, 22, 23]);
  model.marks.pick([ids(model)[7], ids(model)[20], ids(model)[3]], '');
  assert.deepEqual(candidates(model), [7, 3]);
});
