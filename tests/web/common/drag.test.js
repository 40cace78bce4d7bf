import assert from 'node:assert/strict';
import test from 'node:test';
import { drag } from '../../../web/common/drag.js';

/** A page and an element of it that a pointer was pressed on. */
function pressed(begins = () => true) {
  const page = new EventTarget();
  const listening = new Map();
  for (const act of ['addEventListener', 'removeEventListener']) {
    const real = page[act].bind(page);
    page[act] = (name, ...more) => {
      listening.set(name, (listening.get(name) ?? 0) + (act.startsWith('add') ? 1 : -1));
      real(name, ...more);
    };
  }
  const log = [];
  const element = { ownerDocument: page, setPointerCapture: (id) => log.push(`captured ${id}`) };
  const point = (name, x = 0, pointerId = 1) =>
    page.dispatchEvent(Object.assign(new Event(name), { pointerId, clientX: x }));
  drag(
    { currentTarget: element, pointerId: 1 },
    {
      move: ({ clientX }) => {
        log.push(clientX);
        return begins(clientX);
      },
      end: () => log.push('end'),
    },
  );
  const left = () => [...listening.values()].reduce((sum, count) => sum + count, 0);
  return { point, log, left };
}

test('a drag captures the pointer once, follows it and lets go', () => {
  const { point, log, left } = pressed();
  point('pointermove', 5);
  point('pointermove', 9);
  point('pointerup');
  point('lostpointercapture'); // the browser's answer to the end
  point('pointermove', 12);
  assert.deepEqual(log, [5, 'captured 1', 9, 'end']);
  assert.equal(left(), 0);
});

for (const name of ['pointercancel', 'lostpointercapture']) {
  test(`${name} ends a drag`, () => {
    const { point, log, left } = pressed();
    point('pointermove', 5);
    point(name);
    point('pointermove', 9);
    point('pointerup');
    assert.deepEqual(log, [5, 'captured 1', 'end']);
    assert.equal(left(), 0);
  });
}

test('a press that drags nothing leaves the pointer free: its click goes where it was', () => {
  const { point, log } = pressed((x) => x > 8);
  point('pointermove', 5);
  point('pointermove', 8);
  assert.deepEqual(log, [5, 8]);
  point('pointermove', 9);
  assert.deepEqual(log, [5, 8, 9, 'captured 1']);
});

test('another finger neither moves nor ends it', () => {
  const { point, log, left } = pressed();
  point('pointermove', 5, 2);
  point('pointerup', 0, 2);
  point('pointercancel', 0, 2);
  assert.deepEqual(log, []);
  point('pointermove', 7);
  assert.deepEqual(log, [7, 'captured 1']);
  assert.ok(left() > 0);
});
