import assert from 'node:assert/strict';
import test from 'node:test';
import { mark, marksOf, nameOf, restoreMarks, unmark } from '../../../web/host/widget_marks.js';

const sampler = (input = {}, widget = {}) => ({
  inputs: [{ name: 'model' }, { name: 'seed', widget: { name: 'seed' }, ...input }],
  widgets: [{ name: 'seed', ...widget }],
  properties: { 'Node name for S&R': 'KSampler' },
});
const labels = ({ inputs, widgets }) => [inputs[1].label, widgets[0].label];
const saved = ({ inputs, properties }) => JSON.parse(JSON.stringify({ inputs, properties }));

test('a mark comes, follows and goes without a trace', () => {
  for (const node of [
    sampler(),
    sampler({}, { label: 'seed' }),
    sampler({ label: 'Zufall' }, { label: 'Zufall' }),
    sampler({ label: 'mine' }, { label: 'other' }),
  ]) {
    const before = structuredClone({ node: saved(node), labels: labels(node) });
    const name = nameOf(node, 1);
    assert.equal(mark(node, 1, 4), true);
    assert.deepEqual(labels(node), [`${name} ×4`, `${name} ×4`]);
    assert.equal(mark(node, 1, 4), false);
    assert.equal(mark(node, 1, null), true);
    assert.deepEqual(labels(node), [`${name} ×?`, `${name} ×?`]);
    assert.equal(nameOf(node, 1), name);
    unmark(node, 'seed');
    assert.deepEqual({ node: saved(node), labels: labels(node) }, before);
    assert.equal('label' in node.inputs[1], before.node.inputs[1].label !== undefined);
  }
});

test('a name that somebody gives meanwhile stays', () => {
  const node = sampler({}, { label: 'seed' });
  mark(node, 1, 4);
  node.inputs[1].label = node.widgets[0].label = 'first seed';
  mark(node, 1, 5);
  assert.deepEqual(labels(node), ['first seed ×5', 'first seed ×5']);
  unmark(node, 'seed');
  assert.deepEqual(labels(node), ['first seed', 'first seed']);
});

test('a saved mark comes back to the widget', () => {
  const node = sampler({}, { label: 'seed' });
  mark(node, 1, 4);
  const again = sampler(saved(node).inputs[1], { label: 'seed' });
  again.properties = saved(node).properties;
  restoreMarks(again);
  assert.deepEqual(labels(again), ['seed ×4', 'seed ×4']);
  unmark(again, 'seed');
  assert.deepEqual(labels(again), [undefined, 'seed']);
  assert.deepEqual(marksOf(again), {});
});

test('what else the pack keeps with a node stays', () => {
  const node = sampler();
  node.properties.proofsheet = { sheet: 1 };
  mark(node, 1, 4);
  unmark(node, 'seed');
  assert.deepEqual(node.properties.proofsheet, { sheet: 1 });
});
