import assert from 'node:assert/strict';
import test from 'node:test';
import { differences, own, shared } from '../../../web/model/frame_facts.js';
import { fromManifest } from '../../../web/model/sweep.js';
import { wordsApart } from '../../../web/model/word_diff.js';
import { manifest } from '../manifest.js';

const BIG = '18446744073709551615';

test('what varies, and what all share, as they are written', () => {
  const sweep = fromManifest(manifest(2, 2));
  const [frame] = sweep.frames;
  assert.deepEqual(own(frame), [
    ['prompt', '1  prompt 1'],
    ['seed', '1001'],
  ]);
  assert.deepEqual(shared(frame, sweep), [
    ['negative', 'fog'],
    ['steps', '20'],
    ['cfg', '7.0'],
    ['size', '128 × 128'],
  ]);
  assert.deepEqual(shared({ ...frame, negative: '', width: 0 }, null), []);
});

test('only what differs between frames', () => {
  const sweep = fromManifest(manifest(2, 2));
  const { rows, same } = differences([sweep.frames[0], sweep.frames[1]], sweep);
  assert.deepEqual(rows, [['seed', ['1001', '1002']]]);
  assert.deepEqual(
    same.map(([name]) => name),
    ['prompt', 'negative', 'steps', 'cfg', 'size'],
  );
});

test('a constant seed has all its digits, also on a sheet that was saved without its label', () => {
  const given = manifest(1, 1);
  given.constants.seed = given.frames[0].seed = Number(BIG);
  given.frames[0].labels = { seed: BIG };
  const sweep = fromManifest(given);
  const { same } = differences(sweep.frames, sweep);
  assert.equal(new Map(same).get('seed'), BIG);
  assert.ok(shared(sweep.frames[0], sweep).some(([name, text]) => name === 'seed' && text === BIG));
});

test('the words that only one of two texts has', () => {
  const apart = (a, b) =>
    wordsApart(a, b).map((parts) => parts.filter((p) => p.differs).map((p) => p.text));
  assert.deepEqual(apart('a red boat', 'a blue boat'), [['red'], ['blue']]);
  assert.deepEqual(apart('파란 배가 항구에', '파란 배는 항구에'), [['배가'], ['배는']]);
  assert.deepEqual(apart('青い船', '赤い船'), [['青'], ['赤']]);
  assert.deepEqual(apart('old red boat', 'new blue boat'), [['old red'], ['new blue']]);
  assert.deepEqual(apart('same', 'same'), [[], []]);
  const long = 'word '.repeat(1200);
  assert.deepEqual(apart(long, `${long}!`), [[long], [`${long}!`]]);
});
