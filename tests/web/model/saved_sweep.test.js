import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { packed, unpacked } from '../../../web/model/saved_sweep.js';
import { fromManifest } from '../../../web/model/sweep.js';
import { manifest } from '../manifest.js';

const BIG = '18446744073709551615';
const through = (sweep) => unpacked(JSON.parse(JSON.stringify(packed(sweep))));

test('what is saved with the workflow is the whole sheet, in little', () => {
  const sweep = fromManifest(manifest(64, 64));
  assert.deepEqual(through(sweep), sweep);
  const { length } = JSON.stringify(packed(sweep));
  assert.ok(length < 300_000, `${length} characters for 4,096 frames`);
});

test('every digit, every .0, every error and every place of a file is saved', () => {
  const given = manifest(1, 3);
  const [one, two, three] = given.frames;
  Object.assign(one, { seed: Number(BIG), values: { seed: Number(BIG) }, labels: { seed: BIG } });
  Object.assign(two, {
    values: { cfg: 7 },
    labels: { cfg: '7.0' },
    status: 'failed',
    error: 'why',
  });
  const image = { filename: 'a.mkv', subfolder: 'elsewhere', type: 'temp' };
  Object.assign(three, { image, values: {}, caption: '', seed: null });
  given.picks.earlier = [{ ...one, number: null }];
  const sweep = fromManifest(given);
  assert.deepEqual([sweep.frames[0].seed, sweep.frames[0].values], [BIG, { seed: BIG }]);
  assert.deepEqual(sweep.frames[1].labels, { cfg: '7.0' });
  assert.deepEqual(sweep.frames[2].image, image);
  assert.deepEqual(through(sweep), sweep);
});

test('what is not made, what it would take and what never comes twice is saved', () => {
  const given = manifest(1, 3);
  Object.assign(given.frames[0], { volatile: true });
  Object.assign(given.frames[1], { volatile: true, exact: false });
  Object.assign(given.frames[2], { status: 'missing', seed: null, positive: '' });
  const sweep = fromManifest({ ...given, estimate: { seconds: null, bytes: 6e6, missing: 1 } });
  assert.deepEqual(
    sweep.frames.map((frame) => [frame.status, frame.exact, frame.volatile, frame.seed]),
    [
      ['done', true, true, '1001'],
      ['done', false, true, '1002'],
      ['missing', true, false, null],
    ],
  );
  assert.deepEqual(sweep.estimate, { seconds: null, bytes: 6e6, missing: 1 });
  assert.deepEqual(through(sweep), sweep);
});

test('a sheet that an earlier version saved opens', () => {
  const file = new URL('../../data/saved_sheet_1.json', import.meta.url);
  const { axes, frames, constants } = unpacked(JSON.parse(readFileSync(file, 'utf8')));
  assert.deepEqual(
    axes.map((axis) => axis.name),
    ['prompt', 'seed'],
  );
  assert.deepEqual(constants, { steps: 20, cfg: 7 });
  assert.deepEqual(frames[0].values, { prompt: 'prompt 1', seed: BIG });
  assert.deepEqual(
    frames.map((frame) => [frame.number, frame.status, frame.seed, frame.caption, frame.error]),
    [
      [1, 'done', BIG, `prompt 1 · seed ${BIG}`, null],
      [2, 'failed', '7', 'prompt 1 · seed 7', 'out of memory'],
      [3, 'done', BIG, `prompt 2 · seed ${BIG}`, null],
      [4, 'waiting', '7', 'prompt 2 · seed 7', null],
    ],
  );
  assert.equal(frames[3].thumb.filename, `${frames[3].id}.webp`);
  assert.equal(frames[3].positive, 'a prompt 2');
});

test('anything else is no sheet', () => {
  const hostile = { version: 1, id: 'x', axes: 3, frames: [['nope'], null], texts: [] };
  const rows = { version: 2, id: 'x', axes: [], frames: [['0'.repeat(16), 1]], texts: [] };
  for (const value of [null, 5, {}, { version: 3 }, hostile, rows, { ...rows, texts: 'abc' }])
    assert.equal(unpacked(value), null);
});
