import assert from 'node:assert/strict';
import test from 'node:test';
import { swap } from '../../../web/model/looks.js';
import { SheetModel } from '../../../web/model/sheet_model.js';
import { tallies } from '../../../web/model/tallies.js';
import { tallyText } from '../../../web/sheet/tally.js';
import { manifest } from '../manifest.js';

/** Three prompts by four seeds; marks by frame, from 0. */
function marked(picks, stars = {}, given = manifest(3, 4)) {
  const model = new SheetModel();
  model.show(given, 'finished');
  model.marks.pick(
    picks.map((index) => model.frames[index].id),
    '',
  );
  for (const [index, n] of Object.entries(stars)) model.marks.rate(model.frames[index].id, n, '');
  return model;
}

/** `2/10!`: two picks, ten stars, the most. */
const told = (levels) =>
  levels.map((level) =>
    level.map(({ picks, stars, first }) => `${picks}/${stars}${first ? '!' : ''}`).join(' '),
  );
const all = (model) => {
  const { rows, columns } = tallies(model);
  return [told(rows), told(columns)];
};

for (const [what, picks, stars, rows, columns] of [
  ['no marks', [], {}, '0/0 0/0 0/0', '0/0 0/0 0/0 0/0'],
  ['the most picked', [2, 5, 6], { 2: 4, 1: 3 }, '1/7 2/0! 0/0', '0/0 1/3 2/4! 0/0'],
  ['then stars', [0, 5], { 5: 2 }, '1/0 1/2! 0/0', '1/0 1/2! 0/0 0/0'],
  ['a tie marks both', [0, 5], {}, '1/0! 1/0! 0/0', '1/0! 1/0! 0/0 0/0'],
  ['stars alone', [], { 0: 5, 9: 4 }, '0/5! 0/0 0/4', '0/5! 0/4 0/0 0/0'],
])
  test(`counts a row and a column: ${what}`, () =>
    assert.deepEqual(all(marked(picks, stars)), [[rows], [columns]]));

test('swapped, what was counted of rows is counted of columns', () => {
  const model = marked([2, 5, 6], { 2: 4 });
  const [rows, columns] = all(model);
  swap(model);
  assert.deepEqual(all(model), [columns, rows]);
});

test('every level of headings has counts of its own', () => {
  const given = manifest(1, 12);
  given.axes = ['prompt', 'cfg', 'seed'].map((name, at) => {
    const labels = [
      ['a', 'b', 'c'],
      ['5', '7'],
      ['1', '2'],
    ][at];
    return { name, labels, values: labels };
  });
  const model = marked([0, 1, 3, 6], {}, given);
  assert.deepEqual(all(model), [['3/0! 1/0 0/0', '2/0! 1/0 0/0 1/0 0/0 0/0'], ['2/0! 2/0!']]);
});

test('one axis has no rows to count', () =>
  assert.deepEqual(all(marked([0], {}, manifest(1, 3)))[0], []));

test('picks of other sweeps are not counted', () => {
  const model = marked([0]);
  model.marks.pick(['ffffffffffffffff'], '');
  assert.deepEqual(all(model)[0], ['1/0! 0/0 0/0']);
});

for (const [tally, text] of [
  [{ picks: 2, stars: 10, first: true }, '2 picked, 10 stars, most picked'],
  [{ picks: 0, stars: 1, first: false }, '1 star'],
  [{ picks: 0, stars: 5, first: true }, '5 stars, most stars'],
  [{ picks: 1, stars: 0, first: false }, '1 picked'],
])
  test(`in words: ${text}`, () => assert.equal(tallyText(tally), text));
