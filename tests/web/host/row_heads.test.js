// The outputs of a Sweep Rows, as the host has them.
import assert from 'node:assert/strict';
import test, { mock } from 'node:test';
import { headOutputs } from '../../../web/host/row_heads.js';

mock.timers.enable({ apis: ['setInterval'] });

function sweepRows(text) {
  const table = { name: 'table', value: text };
  const outputs = [1, 2, 3].map((at) => ({ name: `column_${at}`, localized_name: `Spalte ${at}` }));
  const node = { id: 3, widgets: [table], inputs: [], outputs, graph: {} };
  headOutputs({ app: {} }, node);
  const shown = (value = table.value) => {
    table.value = value;
    mock.timers.tick(500);
    return node.outputs.map((output) => output.localized_name);
  };
  const saved = () => {
    const data = { outputs: node.outputs.map((output) => ({ ...output })) };
    node.onSerialize(data);
    return data.outputs.map((output) => output.localized_name);
  };
  return { node, shown, saved };
}

const PLAIN = ['Spalte 1', 'Spalte 2', 'Spalte 3'];

test('outputs are headed by the names of columns while one types', () => {
  const { shown } = sweepRows('');
  assert.deepEqual(shown(), PLAIN);
  assert.deepEqual(shown('lora'), ['lora', 'Spalte 2', 'Spalte 3']);
  assert.deepEqual(shown('lora, strength\n1'), ['lora', 'strength', 'Spalte 3']);
  assert.deepEqual(shown('[{"cfg": 7}]'), ['cfg', 'Spalte 2', 'Spalte 3']);
  assert.deepEqual(shown('[{"cfg": 7'), PLAIN);
  assert.deepEqual(shown('a,a'), PLAIN);
  assert.deepEqual(shown('a,b,c'), ['a', 'b', 'c']);
  assert.deepEqual(shown('@rows.csv'), PLAIN);
});

test('what is saved has them not', () => {
  const { node, shown, saved } = sweepRows('a,b');
  assert.deepEqual(shown(), ['a', 'b', 'Spalte 3']);
  assert.deepEqual(saved(), PLAIN);
  node.outputs = node.outputs.map((output) => ({ ...output, localized_name: 'Column' }));
  assert.deepEqual(shown(), ['a', 'b', 'Column']);
  assert.deepEqual(saved(), ['Column', 'Column', 'Column']);
});

test('a table that another node gives has no names', () => {
  const { node, shown } = sweepRows('a,b');
  assert.deepEqual(shown(), ['a', 'b', 'Spalte 3']);
  node.inputs = [{ name: 'table', link: 5 }];
  assert.deepEqual(shown(), PLAIN);
});
