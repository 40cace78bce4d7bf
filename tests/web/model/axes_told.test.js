// The same table as tests/host/plan/test_axes_table.py, which plans every case on the real host.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { axesTold } from '../../../web/model/axes_told.js';

const table = JSON.parse(readFileSync(new URL('../../data/axes.json', import.meta.url), 'utf8'));
const defs = (type) => table.defs[type];

/** The graph of a case: one that several share, with nodes and inputs of its own. */
function graphOf({ graph, nodes = {}, put = {} }) {
  const api = { ...structuredClone(table.graphs[graph]), ...nodes };
  for (const [place, value] of Object.entries(put)) {
    const dot = place.indexOf('.');
    api[place.slice(0, dot)].inputs[place.slice(dot + 1)] = value;
  }
  return api;
}

/** What is told, as the table writes it. */
export function tell(each) {
  const { axes, count, fault } = axesTold(graphOf(each), '7', { defs, limit: each.limit });
  const shown = axes.map((axis) => ({
    key: axis.key,
    name: axis.name,
    count: axis.count,
    values: axis.values,
    targets: axis.targets.map(({ id, input }) => `${id}.${input}`),
    place: axis.place,
  }));
  return { axes: shown, count, fault };
}

for (const each of table.cases)
  test(`axes: ${each.name}`, () => assert.deepEqual(tell(each), each.told));

test('graphs that are broken or lead in circles are told as far as they go', () => {
  const sampler = { class_type: 'KSampler', inputs: { model: ['3', 0], latent_image: ['77', 0] } };
  const sweep = (inputs) => ({ class_type: 'ProofsheetSweep', inputs });
  const seeds = { class_type: 'ProofsheetSeedSweep', inputs: { seed: null, count: {}, mode: 7 } };
  const prompts = { class_type: 'ProofsheetPromptBatch', inputs: { prompts: 7, template: null } };
  const primitive = { class_type: 'PrimitiveInt', inputs: { value: ['5', 0] } };
  for (const graph of [
    {},
    { 7: sweep({}) },
    { 7: sweep({ source: ['9', 0], axes: 5, combine: null }) },
    { 7: sweep({ source: ['3', 0], axes: 'cfg = 1' }), 3: sampler },
    { 7: sweep({ source: ['5', 0], axes: ['5', 0] }), 5: primitive },
    {
      7: sweep({ source: ['8', 0] }),
      8: { class_type: 'X', inputs: { a: ['6', 0], b: ['4', 0] } },
      6: seeds,
      4: prompts,
    },
  ])
    assert.equal(typeof axesTold(graph, '7', { defs }), 'object');
});

test('a saver is what the host calls one', () => {
  const saver = { class_type: 'Theirs', inputs: { image: ['8', 0] } };
  const api = { ...table.graphs.linked, 60: saver };
  const told = (isOutput) => axesTold(api, '7', { defs, isOutput }).fault;
  assert.equal(told(), null);
  assert.deepEqual(
    told((type) => type === 'Theirs'),
    {
      kind: 'savers',
      nodes: [{ id: '60', title: 'Theirs' }],
    },
  );
});
