import assert from 'node:assert/strict';
import test from 'node:test';
import { SheetModel } from '../../../web/model/sheet_model.js';
import { options } from '../../../web/sheet/filters.js';
import { spoken } from '../../../web/sheet/spoken.js';
import { notice, status } from '../../../web/sheet/status.js';
import { manifest } from '../manifest.js';

const shown = (phase = 'finished', state = 'done') => {
  const model = new SheetModel();
  model.show(manifest(2, 3, state), phase);
  return model;
};
const ids = (model) => model.frames.map((frame) => frame.id);

test('the status line before, during and after a run', () => {
  assert.deepEqual(status(new SheetModel()), ['No frames yet']);
  const model = shown('running', 'waiting');
  assert.deepEqual(status(model), ['0 of 6 frames']);
  model.run.started = Date.now() - 30_000;
  model.stepped({ numbers: [3, 4], step: 5, steps: 20, share: 0.25 });
  assert.deepEqual(status(model), ['0 of 6 frames', 'about 90 s left', 'step 5 of 20']);
  model.run.started -= 300_000;
  assert.equal(status(model)[1], 'about 17 min left');
  model.stopped('');
  assert.deepEqual(status(model), ['0 of 6 frames', 'stopped']);
  assert.deepEqual(status(shown()), ['6 frames']);
});

test('what was just done stands in the status line alone', () => {
  const model = shown('held');
  assert.deepEqual(status(model), ['6 frames', 'held']);
  model.tell('Copied.');
  assert.deepEqual(status(model), ['6 frames', 'Copied.']);
});

test('the status line counts marks', () => {
  const model = shown('held');
  model.marks.pick([ids(model)[0], ids(model)[1], 'f'.repeat(16)], '');
  model.marks.toggleReject(ids(model)[2], '');
  assert.deepEqual(status(model), ['6 frames', '3 picked', '1 rejected']);
  model.lose('f'.repeat(16));
  assert.deepEqual(status(model), ['6 frames', '3 picks, 1 gone', '1 rejected']);
});

test('one notice: the worst that is to be said', () => {
  const model = shown('held');
  assert.equal(notice(model).kind, 'call');
  model.notice = 'Not exact.';
  assert.equal(notice(model).text, 'Not exact.');
  model.vanished(0);
  assert.match(notice(model).text, /^1 frame is gone/);
  model.arrived({ ...manifest(2, 3).frames[1], status: 'failed', error: 'no memory' });
  assert.match(notice(model).text, /^Frame 2 failed: no memory/);
  model.arrived({ ...manifest(2, 3).frames[2], status: 'failed', error: 'none' });
  assert.match(notice(model).text, /^2 frames failed. First: no memory/);
  model.error = 'out of disk';
  assert.equal(notice(model).text, 'The run failed: out of disk');
  model.fault = 'There is no frame 9';
  assert.match(notice(model).text, /^The picks text has a fault/);
  assert.equal(notice(shown()), null);
});

test('frames that are not made: how many, and what they would take', () => {
  const model = new SheetModel();
  const given = manifest(2, 3);
  for (const frame of given.frames.slice(2)) frame.status = 'missing';
  const told = (estimate) => {
    model.show({ ...given, estimate }, 'finished');
    return status(model)[1];
  };
  assert.equal(told(undefined), '4 missing');
  const text = '4 frames are not made yet.';
  assert.deepEqual(notice(model), { kind: '', text, missing: true });
  assert.equal(spoken(model, 5), 'Frame 6, seed 1003, prompt 2, not made yet');
  for (const [seconds, bytes, text] of [
    [null, null, 'time not known yet'],
    [null, 300, 'time not known yet, 1 MB'],
    [0.2, 6_100_000, 'about 1 s, 6 MB'],
    [130, 2_340_000_000, 'about 2 min, 2.3 GB'],
    [9000, 6e6, 'about 3 h, 6 MB'],
  ])
    assert.equal(told({ missing: 4, seconds, bytes }), `4 to make: ${text}`);
  assert.equal(told({ missing: 3, seconds: 1, bytes: 1 }), '4 missing'); // of another plan
  assert.deepEqual(status(model)[0], '2 of 6 frames');
  model.show(given, 'held');
  assert.equal(notice(model).kind, 'call');
  assert.match(notice(model).text, /^Held: .+ 4 frames are not made yet\.$/);
  model.show(manifest(2, 3, 'missing'), 'held'); // nothing to pick from
  assert.deepEqual(status(model), ['0 of 6 frames', '6 missing']);
  assert.equal(notice(model).text, '6 frames are not made yet.');
});

test('the filter offers what there is, with counts', () => {
  const model = shown();
  model.marks.pick([ids(model)[0]], '');
  model.marks.toggleReject(ids(model)[1], '');
  const texts = () => options(model).map(({ text }) => text);
  assert.deepEqual(texts(), ['All 6', 'Picked 1', 'Not rejected 5', '★ 3 and up']);
  model.filterBy({ kind: 'stars', stars: 5 });
  assert.equal(texts()[3], '★ 5 and up');
  model.filterBy({ kind: 'row', place: 1 });
  assert.equal(texts().length, 5);
  assert.deepEqual(options(model)[4].filter, model.filter);
});

test('a frame in words', () => {
  const model = shown('running', 'waiting');
  assert.equal(spoken(model, 3), 'Frame 4, seed 1001, prompt 2, waiting');
  model.stepped({ numbers: [4], step: 5, steps: 20, share: 0.25 });
  assert.match(spoken(model, 3, true), /being made, step 5 of 20$/);
  const done = shown();
  done.marks.pick([ids(done)[5], ids(done)[3]], '');
  done.marks.rate(ids(done)[3], 1, '');
  assert.equal(spoken(done, 3), 'Frame 4, seed 1001, prompt 2, picked, number 2, 1 star');
  done.marks.toggleReject(ids(done)[0], '');
  assert.match(spoken(done, 0), /rejected$/);
  done.vanished(1);
  assert.match(spoken(done, 1), /gone$/);
});
