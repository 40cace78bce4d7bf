import assert from 'node:assert/strict';
import test from 'node:test';
import { freePlace } from '../../../web/model/beside.js';

const box = (x, y, w = 200, h = 100) => ({ x, y, w, h });
const covered = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

test('a free place stays', () => {
  assert.deepEqual(freePlace(box(0, 0), [box(260, 0)]), { x: 0, y: 0 });
});

test('the nearest place beside what is in the way', () => {
  assert.deepEqual(freePlace(box(0, 0), [box(0, 50), box(260, 0)]), { x: 0, y: -90 });
  assert.deepEqual(freePlace(box(0, 0), [box(0, -50), box(260, 0)]), { x: 0, y: 90 });
});

test('nothing is ever covered', () => {
  const taken = Array.from({ length: 60 }, (_, i) =>
    box((i % 10) * 210 - 1000, Math.floor(i / 10) * 110 - 300),
  );
  const place = { ...box(0, 0), ...freePlace(box(0, 0), taken) };
  assert.ok(!taken.some((each) => covered(place, each)));
  assert.ok(place.x <= 0);
});
