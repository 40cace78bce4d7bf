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
