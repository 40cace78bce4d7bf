import assert from 'node:assert/strict';
import test from 'node:test';
import { LOOKS, openLooks, savedLooks, swap } from '../../../web/model/looks.js';
import { candidates, filterLine, move } from '../../../web/model/moving.js';
import { SheetModel } from '../../../web/model/sheet_model.js';
import { manifest } from '../manifest.js';

const shown = (rows = 2, columns = 3) => {
  const model = new SheetModel();
  model.show(manifest(rows, columns), 'finished');
  return model;
};

test('swapped, moving and what is shown go by what is seen', () => {
  const model = shown();
  const changes = [];
  model.addEventListener('change', ({ detail }) => changes.push(detail.what));
  swap(model);
  assert.deepEqual([model.shown, changes], [[0, 3, 1, 4, 2, 5], ['sheet']]);
  const shape = { columns: 2, page: 1 };
  for (const [to, expected] of [
    ['right', 3],
    ['down', 4],
    ['row start', 1],
    ['last', 5],
  ]) {
    move(model, to, shape);
    assert.equal(model.focus, expected, to);
  }
  model.focusOn(4);
  assert.deepEqual(candidates(model), [1, 4]);
  filterLine(model, 'row', 1);
  assert.deepEqual(model.shown, [1, 4]);
  swap(model); // the same frames are a column now
  assert.deepEqual([model.filter, model.shown], [{ kind: 'column', place: 1 }, [1, 4]]);
});

test('the next frame in what is seen has the focus where its own is not shown', () => {
  const model = shown();
  swap(model);
  model.marks.pick(
    [1, 5].map((index) => model.frames[index].id),
    '',
  );
  model.focusOn(3);
  model.filterBy({ kind: 'picked' });
  assert.deepEqual([model.shown, model.focus], [[1, 5], 1]);
});

test('one axis has nothing to swap, and says so', () => {
  const model = shown(1, 4);
  swap(model);
  assert.deepEqual([model.swapped, model.shown], [false, [0, 1, 2, 3]]);
  assert.match(model.told, /^Only one axis varies/);
});

test('only what is not as it comes is saved, and all of it comes back', () => {
  const model = shown();
  const plain = () => JSON.parse(JSON.stringify(savedLooks(model)));
  assert.deepEqual(plain(), {});
  for (const { run } of LOOKS) run({ model }, { name: '' });
  assert.deepEqual(plain(), { swapped: true, counts: false });
  const again = new SheetModel();
  openLooks(again, plain());
  again.show(manifest(2, 3), 'finished');
  assert.deepEqual([again.counts, again.shown], [false, model.shown]);
  openLooks(again, {}); // saved by a pack that knew no looks
  assert.deepEqual([again.counts, again.swapped], [true, false]);
  openLooks(again, { swapped: 'yes', counts: null });
  assert.deepEqual([again.counts, again.swapped], [true, false]);
});
