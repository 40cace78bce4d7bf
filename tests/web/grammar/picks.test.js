// The same cases as tests/core/grammar/test_picks.py, from the same table.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { resolve } from '../../../web/grammar/picked.js';
import { formatIds, parse } from '../../../web/grammar/picks.js';

const source = readFileSync(new URL('../../data/picks.json', import.meta.url), 'utf8');
// Seeds beyond what a number keeps exact arrive as text, as the page gets them from axis labels.
const data = JSON.parse(source.replace(/"seed": (\d{16,})/g, '"seed": "$1"'));
const ids = new Map(data.frames.map((frame) => [frame.number, frame.id]));

for (const [text, expected] of data.cases) {
  test(`picks ${JSON.stringify(text)}`, () => {
    if (Array.isArray(expected)) {
      assert.deepEqual(
        resolve(text, data.frames),
        expected.map((each) => ids.get(each) ?? each),
      );
      return;
    }
    if (expected.when === 'parse') assert.throws(() => parse(text));
    const { error: message, start, end } = expected;
    assert.throws(() => resolve(text, data.frames), { message, start, end });
  });
}

test('ids written are ids read, in order', () => {
  const some = ['0123456789abcdef', data.frames[4].id, data.frames[0].id];
  assert.deepEqual(resolve(formatIds(some), data.frames), some);
});
