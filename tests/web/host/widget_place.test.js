import assert from 'node:assert/strict';
import test from 'node:test';
import { placeOf, widgetAt } from '../../../web/host/widget_place.js';

/** A graph with a subgraph in it, in which a sampler's seed is promoted and its cfg is not.
 * @param {boolean} named as frontends before 1.47 have it */
function graphs(named) {
  const sampler = {
    id: 3,
    inputs: [
      { name: 'seed', widget: { name: 'seed' }, link: 1 },
      { name: 'cfg', widget: { name: 'cfg' }, link: null },
    ],
    widgets: [
      { name: 'seed', value: 1 },
      { name: 'cfg', value: 7 },
    ],
    getInputLink: (slot) => (slot === 0 ? inner.links.get(1) : null),
  };
  const inner = {
    id: 'inner',
    nodes: [sampler],
    inputs: [{ name: 'seed', linkIds: [1] }],
    links: new Map([[1, { id: 1, origin_id: -10, origin_slot: 0, target_id: 3, target_slot: 0 }]]),
    getNodeById: (id) => (String(id) === '3' ? sampler : null),
  };
  const outer = {
    id: 57,
    subgraph: inner,
    inputs: [{ name: 'seed', widget: { name: 'seed' }, link: null }],
    widgets: named ? [{ name: '3: seed' }, { name: '3: cfg' }] : [{ name: 'seed' }],
    properties: named
      ? {
          proxyWidgets: [
            ['3', 'seed'],
            ['3', 'cfg'],
          ],
        }
      : {},
  };
  const root = {
    nodes: [outer],
    links: new Map(),
    getNodeById: (id) => (String(id) === '57' ? outer : null),
  };
  Object.assign(sampler, { graph: inner });
  Object.assign(outer, { graph: root });
  return { host: { app: { rootGraph: root } }, sampler, outer };
}

for (const named of [true, false])
  test(`a promoted widget is at the outer node, ${named ? 'named' : 'linked'}`, () => {
    const { host, sampler, outer } = graphs(named);
    const reader = { node: sampler, id: '57:3', input: 'seed' };
    const expected = { node: outer, slot: 0, widget: outer.widgets[0], reader };
    assert.deepEqual(placeOf(host, sampler, sampler.widgets[0]), expected);
    assert.deepEqual(placeOf(host, outer, outer.widgets[0]), expected);
    assert.equal(widgetAt(outer, 0), outer.widgets[0]);
  });

test('one that is not promoted, or only shown outside, is where it is read', () => {
  const { host, sampler, outer } = graphs(true);
  const reader = { node: sampler, id: '57:3', input: 'cfg' };
  const expected = { node: sampler, slot: 1, widget: sampler.widgets[1], reader };
  assert.deepEqual(placeOf(host, sampler, sampler.widgets[1]), expected);
  assert.deepEqual(placeOf(host, outer, outer.widgets[1]), expected);
});

test('a node in no graph has no place', () => {
  const { host, sampler } = graphs(true);
  assert.equal(placeOf(host, { ...sampler }, sampler.widgets[0]), null);
});
