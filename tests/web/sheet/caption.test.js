import assert from 'node:assert/strict';
import test from 'node:test';
import { SheetModel } from '../../../web/model/sheet_model.js';
import { swap } from '../../../web/model/looks.js';
import { captionOf } from '../../../web/sheet/caption.js';
import { filterName, named, numbered } from '../../../web/sheet/line_names.js';
import { manifest } from '../manifest.js';

const shown = (given) => {
  const model = new SheetModel();
  model.show(given, 'finished');
  return model;
};

test('all that varies, as the manifest says it', () => {
  const look = { small: false, inner: false };
  assert.equal(captionOf(shown(manifest(2, 3)), 4, look), 'prompt 2 · seed 1002');
  assert.equal(captionOf(shown(manifest(1, 3)), 1, look), 'seed 1002');
  assert.equal(captionOf(shown(manifest(1, 1)), 0, look), '');
});

test('beside headers only the innermost axis, with its digits and its .0', () => {
  const model = shown(manifest(2, 3));
  assert.equal(captionOf(model, 4, { small: false, inner: true }), 'seed 1002');
  assert.equal(captionOf(model, 4, { small: true, inner: true }), '1002');
  model.sweep.axes[1] = { name: 'cfg', labels: ['5.0', '6.5', '7.0'], values: [5, 6.5, 7] };
  for (const frame of model.frames) frame.values = { prompt: 'p', cfg: 5 };
  model.lay();
  assert.equal(captionOf(model, 5, { small: false, inner: true }), 'cfg 7.0');
});

test('a small cell says the one thing that varies without its name', () => {
  const look = { small: true, inner: false };
  assert.equal(captionOf(shown(manifest(1, 3)), 1, look), '1002');
  assert.equal(captionOf(shown(manifest(2, 3)), 4, look), 'prompt 2 · seed 1002');
});

test('frames that fill no grid, and what was paired up, have captions of their own', () => {
  const model = shown(manifest(1, 3));
  model.sweep.axes = [{ name: 'frame', labels: ['1', '2', '3'], values: ['1', '2', '3'] }];
  model.lay();
  assert.equal(captionOf(model, 1, { small: true, inner: true }), 'seed 1002');
});

test('a value with its name, where it needs one', () => {
  const axis = {
    name: 'cfg',
    labels: ['7.0', 'lighthouse', 'a · 5'],
    values: [7, 'text', ['a', 5]],
  };
  assert.deepEqual(
    [0, 1, 2].map((value) => named(axis, value)),
    ['cfg 7.0', 'lighthouse', 'a · 5'],
  );
  assert.deepEqual(
    [0, 1, 2].map((value) => numbered(axis, value)),
    ['cfg 7.0', '2  lighthouse', '3  a · 5'],
  );
  const numbers = { name: 'steps · cfg', labels: ['4 · 7.5'], values: [[4, 7.5]] };
  assert.equal(numbered(numbers, 0), '4 · 7.5');
});

test('what a filter shows alone', () => {
  const model = shown(manifest(2, 3));
  const name = (filter) => {
    model.filterBy(filter);
    return filterName(model);
  };
  assert.match(name({ kind: 'row', place: 1 }), /prompt 2/);
  assert.match(name({ kind: 'column', place: 2 }), /1003/);
  assert.equal(name({ kind: 'picked' }), '');
  model.filterBy({ kind: 'row', place: 1 });
  swap(model); // the same frames, in a column now
  assert.deepEqual([filterName(model), model.shown], ['Column prompt 2', [3, 4, 5]]);
});

test('swapped, cells say what is over the columns where no heading does', () => {
  const model = shown(manifest(2, 3));
  swap(model);
  assert.equal(captionOf(model, 4, { small: false, inner: true }), 'prompt 2');
});
