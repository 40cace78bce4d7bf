// The page's ids and statuses are those of nodes/core.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import * as ids from '../../../web/common/node_ids.js';
import { DONE, FAILED, GONE, MISSING, STATES, WAITING } from '../../../web/model/sweep.js';

const CORE = new URL('../../../nodes/core/', import.meta.url);
const constants = (file) =>
  Object.fromEntries(
    [...readFileSync(new URL(file, CORE), 'utf8').matchAll(/^([A-Z_]+): Final = "(.+)"$/gm)].map(
      ([, name, value]) => [name, value],
    ),
  );

test('node ids', () => {
  const there = constants('node_ids.py');
  for (const [name, id] of Object.entries(ids)) assert.equal(id, there[name], name);
});

test('statuses', () => {
  const there = { DONE, FAILED, GONE, MISSING, WAITING };
  assert.deepEqual(constants('frames.py'), there);
  assert.deepEqual([...STATES].sort(), Object.values(there).sort());
});
