import assert from 'node:assert/strict';
import test from 'node:test';
import { togglePick } from '../../../web/model/marking.js';
import { SheetModel } from '../../../web/model/sheet_model.js';
import { fromManifest, isOpen, update } from '../../../web/model/sweep.js';
import { manifest } from '../manifest.js';

test('a frame arrives in its own place only', () => {
  const sweep = fromManifest(manifest(2, 2, 'waiting'));
  assert.equal(update(sweep, { ...manifest(2, 2).frames[2] }), 2);
  assert.equal(sweep.frames[2].status, 'done');
  assert.equal(update(sweep, { ...manifest(2, 2).frames[1], id: 'f'.repeat(16) }), -1);
  assert.equal(update(sweep, { number: 99 }), -1);
});

test('a run fills the sheet, and what is in flight shows previews', () => {
  const model = new SheetModel();
  const patched = [];
  model.addEventListener(
    'change',
    (event) => event.detail.what === 'frames' && patched.push(...event.detail.frames),
  );
  model.show(manifest(1, 4, 'waiting', 0), 'running');
  model.stepped({
    numbers: [1, 2],
    step: 5,
    steps: 10,
    share: 0.25,
    previews: [
      { number: 1, image: 'data:image/webp;base64,AA' },
      { number: 2, image: 'javascript:alert(1)' },
    ],
  });
  assert.deepEqual([...model.run.previews.keys()], [1]);
  assert.equal(model.run.share, 0.25);
  model.arrived({ ...manifest(1, 4).frames[0], width: 0, height: 0 });
  assert.deepEqual([...model.run.numbers], [2]);
  assert.deepEqual(patched, [0, 1, 0]);
  model.stopped('');
  assert.equal(model.phase, 'stopped');
});

test('filters: a row, a column, picked, not rejected, stars', () => {
  const model = new SheetModel();
  model.show(manifest(2, 3), 'finished');
  const ids = model.frames.map((frame) => frame.id);
  model.marks.pick([ids[4], ids[1]], '');
  model.marks.toggleReject(ids[0], '');
  model.marks.rate(ids[5], 4, '');
  const shown = (filter) => {
    model.filterBy(filter);
    return model.shown;
  };
  assert.deepEqual(shown({ kind: 'picked' }), [1, 4]);
  assert.deepEqual(shown({ kind: 'unrejected' }), [1, 2, 3, 4, 5]);
  assert.deepEqual(shown({ kind: 'stars', stars: 3 }), [5]);
  assert.deepEqual(shown({ kind: 'row', place: 1 }), [3, 4, 5]);
  assert.deepEqual(shown({ kind: 'column', place: 1 }), [1, 4]);
});

test('only picks that can be passed on count', () => {
  const model = new SheetModel();
  model.show(manifest(1, 3), 'finished');
  const [here, vanished] = model.frames.map((frame) => frame.id);
  model.marks.pick([here, vanished, 'e'.repeat(16), 'f'.repeat(16)], '');
  model.vanished(1);
  model.lose('f'.repeat(16));
  assert.deepEqual(model.passing, [here, 'e'.repeat(16)]);
  assert.deepEqual(model.strangers, ['e'.repeat(16)]);
  assert.deepEqual(model.lostPicks, ['f'.repeat(16)]);
});

test('a frame that is not made cannot be picked, and its pick is not passed on', () => {
  const model = new SheetModel();
  model.show(manifest(1, 2), 'finished');
  const [one, two] = model.frames.map((frame) => frame.id);
  model.marks.pick([one, two], '');
  const later = manifest(1, 2);
  for (const frame of later.frames) frame.status = 'missing';
  model.show(later, 'finished');
  assert.deepEqual(model.passing, []);
  togglePick(model, 0);
  togglePick(model, 0);
  assert.deepEqual(model.marks.picks, [two]);
});

test('a sweep is open while frames of it are not made, or not for good', () => {
  const open = (status, volatile = false) => {
    const given = manifest(1, 2);
    Object.assign(given.frames[1], { status, volatile });
    return isOpen(fromManifest(given));
  };
  assert.equal(open('done'), false);
  assert.equal(open('done', true), true);
  for (const status of ['failed', 'gone', 'missing', 'waiting']) assert.equal(open(status), true);
  assert.equal(isOpen(null), undefined);
});
