// The same cases as tests/core/grammar/test_picks.py, from the same table.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { resolve } from '../../../web/grammar/picked.js';
import { formatIds, parse } from '../../../web/grammar/picks.js';
import { parseExactly } from '../../../web/model/labels.js';
import { readFrame } from '../../../web/model/sweep.js';

const source = readFileSync(new URL('../../data/picks.json', import.meta.url), 'utf8');
const data = parseExactly(source);
const frames = data.frames.map(readFrame); // seeds are texts there, as everywhere on the page
const ids = new Map(data.frames.map((frame) => [frame.number, frame.id]));

for (const [text, expected] of data.cases) {
  test(`picks ${JSON.stringify(text)}`, () => {
    if (Array.isArray(expected)) {
      assert.deepEqual(
        resolve(text, frames),
        expected.map((each) => ids.get(each) ?? each),
      );
      return;
    }
    if (expected.when === 'parse') assert.throws(() => parse(text));
    const { error: message, start, end } = expected;
    assert.throws(() => resolve(text, frames), { message, start, end });
  });
}

test('ids written are ids read, in order', () => {
  const some = ['0123456789abcdef', data.frames[4].id, data.frames[0].id];
  assert.deepEqual(resolve(formatIds(some), frames), some);
});

test('what there is, is said as it is written', () => {
  const frame = readFrame({ id: 'a', seed: 7, values: { cfg: 7 }, labels: { cfg: '7.0' } }, 0);
  assert.throws(() => resolve('cfg=5', [frame]), { message: 'No frame has cfg=5: there are 7.0' });
  assert.deepEqual(resolve('cfg=7', [frame]), ['a']);
});

test('a number is held against all of its digits', () => {
  const frame = (seed, id) => readFrame({ id, seed, labels: { seed }, values: { seed } }, 0);
  const two = [frame('18446744073709551615', 'a'), frame('18446744073709551614', 'b')];
  assert.deepEqual(resolve('seed=18446744073709551614', two), ['b']);
  const whole = [readFrame({ id: 'c', values: { shift: 2 ** 53 } }, 0)];
  assert.throws(() => resolve('shift=9007199254740993', whole), /No frame has/);
});
