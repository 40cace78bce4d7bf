import assert from 'node:assert/strict';
import test from 'node:test';
import { hasHole } from '../../../web/grammar/holes.js';

test('a hole is found beside a list that only the server reads', () => {
  for (const template of ['{animal} __style__', '__style__ {animal}', '{2$$__a__} { animal }'])
    assert.ok(hasHole(template, 'animal'), template);
  for (const template of ['__animal__ {prompt}', '{place} __style__'])
    assert.ok(!hasHole(template, 'animal'), template);
});
