import assert from 'node:assert/strict';
import test from 'node:test';
import { making } from '../../../web/model/making.js';
import { twoStages } from '../graphs.js';

test('some frames are made by their sweep alone, in the graph as it is', () => {
  const open = (sheets) => (id) => sheets.includes(id);
  const at = { sheet: '22', sweep: '20' };
  const graph = making(twoStages(), at, '#aa', open(['22']));
  assert.deepEqual(graph[20].inputs, { ...twoStages()[20].inputs, make: '#aa' });
  assert.deepEqual(graph[7], twoStages()[7]);
  const both = making(twoStages(), at, 'all', open(['8', '22']));
  assert.deepEqual([both[20].inputs.make, both[7].inputs.make], ['all', 'none']);
});
