import assert from 'node:assert/strict';
import test from 'node:test';
import { isInside, overlap } from '../../../web/model/boxes.js';
import { GAP, makeRoom } from '../../../web/model/room.js';

const box = (id, x, y, w, h) => ({ id, x, y, w, h });
const SOURCE = box('vae', 1209, 158, 210, 76);
const SIZES = [
  { w: 300, h: 200 },
  { w: 420, h: 600 },
];
const END = 1209 + 210 + GAP + 300 + GAP + 420;
const shape = ({ x, y, w, h }) => ({ x, y, w, h });
const room = (nodes, groups = [], rest = {}) =>
  makeRoom({ source: SOURCE, sizes: SIZES, nodes, groups, ...rest });

test('a row to the right of the source, as high as it', () => {
  assert.deepEqual(room([]), {
    places: [
      { x: 1419 + GAP, y: 158, ...SIZES[0] },
      { x: 1419 + 2 * GAP + 300, y: 158, ...SIZES[1] },
    ],
    nodes: new Map(),
    groups: new Map(),
  });
});

test('a saver in the way moves on, one that is not stays', () => {
  const near = box('near', 1451, 159, 210, 88);
  const far = box('far', END + GAP, 159, 210, 88);
  const low = box('low', 1451, 900, 210, 88);
  assert.deepEqual([...room([far, low]).nodes], []);
  assert.deepEqual(
    [...room([near, low]).nodes],
    [['near', { x: END + GAP, y: 159, w: 210, h: 88 }]],
  );
});

test('what a moved node would cover moves with it, and keeps its distance', () => {
  const nodes = [
    box('save', 1451, 159, 210, 88),
    box('next', END + 60, 200, 100, 100),
    box('above', END + 60, 0, 100, 60),
    box('left', 0, 159, 100, 100),
  ];
  const { nodes: moved } = room(nodes);
  const by = END + GAP - 1451;
  assert.deepEqual([...moved.keys()], ['save', 'next']);
  assert.equal(moved.get('next').x, END + 60 + by);
});

test('a graph that runs leftwards gets its row on the left', () => {
  const saver = box('save', 900, 159, 210, 88);
  const { places, nodes } = room([saver], [], { leftwards: true });
  assert.deepEqual(
    places.map(({ x }) => x),
    [1209 - GAP - 300, 1209 - 2 * GAP - 300 - 420],
  );
  assert.equal(nodes.get('save').x, places[1].x - GAP - 210);
});

test('the group of the source grows around what is new and what moves in it', () => {
  const group = box('decode', 1190, 110, 500, 200);
  const saver = box('save', 1451, 159, 210, 88);
  const { groups, nodes } = room([saver], [group]);
  const grown = groups.get('decode');
  assert.deepEqual([grown.x, grown.y], [1190, 110]);
  assert.ok(grown.x + grown.w >= nodes.get('save').x + 210 + 10);
  assert.ok(grown.y + grown.h >= 158 + 600 + 10);
});

test('a group that would be cut moves whole, with the nodes and groups in it', () => {
  const nodes = [box('save', 1500, 200, 210, 88), box('note', 1500, 400, 210, 88)];
  const groups = [box('inner', 1490, 180, 240, 120), box('outer', 1470, 140, 300, 400)];
  const { nodes: moved, groups: gone } = room(nodes, groups);
  const by = END + GAP - 1470;
  assert.deepEqual(
    [...moved, ...gone].map(([id, { x, y }]) => [id, x, y]),
    [
      ['save', 1500 + by, 200],
      ['note', 1500 + by, 400],
      ['outer', 1470 + by, 140],
      ['inner', 1490 + by, 180],
    ],
  );
});

test('what stands below a group that grows over it moves down', () => {
  const group = box('decode', 1190, 110, 500, 200);
  const below = box('note', 1000, 330, 300, 100);
  const next = box('next', 1000, 460, 100, 100);
  const { groups, nodes } = room([below, next], [group]);
  const { y, h } = groups.get('decode');
  assert.equal(nodes.get('note').y, y + h + GAP);
  assert.equal(nodes.get('next').y - nodes.get('note').y, 130);
  assert.equal(nodes.get('note').x, 1000);
});

/** Numbers that look random and are the same every time. */
function random(seed) {
  let state = seed;
  return (most) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * most);
  };
}

/** Boxes apart from each other; groups around some of them. */
function scattered(seed) {
  const next = random(seed);
  const boxes = [];
  for (let tries = 0; tries < 60; tries += 1) {
    const made = box(`n${boxes.length}`, next(3000), next(1600), 100 + next(300), 60 + next(300));
    const wide = { x: made.x - 25, y: made.y - 25, w: made.w + 50, h: made.h + 50 };
    if (!boxes.some((other) => overlap(wide, other))) boxes.push(made);
  }
  const at = next(boxes.length);
  const groups = [];
  for (let tries = 0; tries < 4; tries += 1) {
    const { x, y, w, h } = boxes[next(boxes.length)];
    const made = box(`g${groups.length}`, x - 12, y - 12, w + 24 + next(500), h + 24 + next(300));
    const cuts = (other) =>
      overlap(made, other) &&
      !(
        other.x >= made.x &&
        other.y >= made.y &&
        other.x + other.w <= made.x + made.w &&
        other.y + other.h <= made.y + made.h
      );
    if (![...boxes, ...groups].some(cuts)) groups.push(made);
  }
  const [source] = boxes.splice(at, 1);
  const sizes = [
    { w: 250 + next(100), h: 150 + next(200) },
    { w: 420, h: 560 },
  ];
  return { source, sizes, nodes: boxes, groups, leftwards: next(2) === 1 };
}

test('whatever the layout: nothing comes to lie on anything, groups keep what they have', () => {
  for (let seed = 1; seed <= 2000; seed += 1) {
    const plan = scattered(seed);
    const { places, nodes, groups } = makeRoom(plan);
    const now = (each, map) => ({ ...each, ...map.get(each.id) });
    const after = plan.nodes.map((node) => now(node, nodes));
    const all = [plan.source, ...after, ...places];
    for (const [i, one] of all.entries())
      for (const other of all.slice(i + 1))
        assert.ok(!overlap(one, other), `seed ${seed}: ${one.id} on ${other.id}`);
    for (const group of plan.groups) {
      const grown = now(group, groups);
      for (const [i, node] of plan.nodes.entries())
        assert.equal(isInside(after[i], grown), isInside(node, group), `seed ${seed}: ${node.id}`);
      for (const other of plan.groups)
        if (!overlap(group, other))
          assert.ok(!overlap(grown, now(other, groups)), `seed ${seed}: groups`);
      const isHome = isInside(plan.source, group);
      for (const place of places) assert.equal(overlap(place, grown), isHome, `seed ${seed}`);
    }
    for (const [id, moved] of [...nodes, ...groups].map(([id, each]) => [id, shape(each)]))
      assert.ok(Object.values(moved).every(Number.isFinite), id);
  }
});
