// Control after generate of a Seed Sweep, with the control as the host makes it.
import assert from 'node:assert/strict';
import test from 'node:test';
import { fixSeed, moveByCount } from '../../../web/host/seed_control.js';

const LARGEST = 2 ** 50;

/** A Seed Sweep as the host has it. */
function seedSweep({ seed, count, mode }) {
  const seeds = {
    name: 'seed',
    value: seed,
    callback: (value) => seeds.said.push(value),
    said: [],
  };
  const move = () => {
    if (mode === 'increment') seeds.value = Math.min(LARGEST, seeds.value + 1);
    if (mode === 'decrement') seeds.value = Math.max(0, seeds.value - 1);
    if (mode === 'randomize') seeds.value = 77;
  };
  const control = { name: 'control_after_generate', value: mode, afterQueued: move };
  return { widgets: [seeds, { name: 'count', value: count }, control], inputs: [] };
}

/** The seeds that so many queued runs begin with. */
function runs(node, number) {
  moveByCount(node);
  const [seeds, , control] = node.widgets;
  return Array.from({ length: number }, () => {
    const { value } = seeds;
    control.beforeQueued?.();
    control.afterQueued();
    return value;
  });
}

for (const [mode, seed, count, expected] of [
  ['increment', 1001, 4, [1001, 1005, 1009]],
  ['decrement', 1001, 4, [1001, 997, 993]],
  ['randomize', 1001, 4, [1001, 77, 77]],
  ['fixed', 1001, 4, [1001, 1001, 1001]],
  ['increment', 5, 1, [5, 6, 7]],
  ['decrement', 5, 4, [5, 1, 0]],
  ['increment', LARGEST - 5, 4, [LARGEST - 5, LARGEST - 1, LARGEST]],
  ['increment', 7, undefined, [7, 8, 9]],
])
  test(`${count} seeds, ${mode}`, () =>
    assert.deepEqual(runs(seedSweep({ seed, count, mode }), 3), expected));

test('a count that a primitive gives is that', () => {
  const node = seedSweep({ seed: 10, count: 4, mode: 'increment' });
  node.inputs = [{ name: 'count', link: 1 }];
  node.getInputLink = () => ({ origin_id: 3 });
  node.graph = { getNodeById: (id) => ({ id, widgets: [{ name: 'value', value: 6 }] }) };
  assert.deepEqual(runs(node, 3), [10, 16, 22]);
});

test('the host hears of it', () => {
  const node = seedSweep({ seed: 10, count: 4, mode: 'increment' });
  runs(node, 2);
  assert.deepEqual(node.widgets[0].said, [14, 18]);
});

test('a new node keeps its seed', () => {
  const node = seedSweep({ seed: 10, count: 4, mode: 'randomize' });
  fixSeed(node);
  assert.equal(node.widgets[2].value, 'fixed');
  fixSeed({});
});
