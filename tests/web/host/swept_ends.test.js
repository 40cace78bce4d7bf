import assert from 'node:assert/strict';
import test from 'node:test';
import { endsOf, sourceAt, sweepOn } from '../../../web/host/swept_ends.js';

const OUTPUTS = ['SaveImage', 'PreviewImage', 'SaveVideo', 'ProofsheetContactSheet'];
const slot = (type) => ({ name: type.toLowerCase(), type });

/** A graph of nodes told in short: id, type, inputs as [type, from id, from slot], outputs. */
function graphOf(told, ends = {}) {
  const graph = { nodes: [], links: new Map(), getNodeById: (id) => byId.get(String(id)) };
  const byId = new Map();
  const link = (origin_id, origin_slot, target_id, target_slot) => {
    const id = graph.links.size + 1;
    graph.links.set(id, { id, origin_id, origin_slot, target_id, target_slot });
  };
  for (const [id, type, inputs, outputs, more] of told) {
    const node = { id, type, graph, inputs: inputs.map(([kind]) => slot(kind)), ...more };
    node.outputs = outputs.map(slot);
    node.getInputLink = (at) =>
      [...graph.links.values()].find(
        (each) => each.target_id === id && each.target_slot === at && each.target_id === id,
      ) ?? null;
    node.connect = (...to) => to;
    graph.nodes.push(node);
    byId.set(String(id), node);
    for (const [at, [, from, fromSlot = 0]] of inputs.entries())
      if (from !== undefined) link(from, fromSlot, id, at);
  }
  Object.assign(graph, ends);
  for (const [at, [from, fromSlot]] of (ends.out ?? []).entries()) link(from, fromSlot, -20, at);
  return graph;
}

const hostOf = (graph) => ({
  app: { rootGraph: graph },
  isOutput: (type) => OUTPUTS.includes(type),
  defs: () => undefined,
});
const IMAGE = ['IMAGE'];
const told = (host, graph, id) => {
  const source = sourceAt(host, graph.getNodeById(id));
  return source && [source.node.id, source.slot, source.kind, source.before];
};
const ends = (host, graph, id) =>
  endsOf(host, sourceAt(host, graph.getNodeById(id))).map(({ node }) => node.id);

const PLAIN = [
  [3, 'KSampler', [], ['LATENT']],
  [8, 'VAEDecode', [['LATENT', 3]], IMAGE],
  [9, 'SaveImage', [['IMAGE', 8]], []],
  [10, 'PreviewImage', [['IMAGE', 8]], []],
  [11, 'ImageScale', [['IMAGE', 8]], IMAGE],
];

test('a saver means what it saves, a node with a picture its own', () => {
  const graph = graphOf(PLAIN);
  const host = hostOf(graph);
  assert.deepEqual(told(host, graph, 9), [8, 0, 'IMAGE', true]);
  assert.deepEqual(told(host, graph, 8), [8, 0, 'IMAGE', false]);
  assert.deepEqual(told(host, graph, 11), [11, 0, 'IMAGE', false]);
  assert.equal(told(host, graph, 3), null);
  assert.equal(sourceAt(host, { title: 'a group', graph }), null);
});

test('what saves or previews hangs on it, what works on it does not', () => {
  const graph = graphOf(PLAIN);
  assert.deepEqual(ends(hostOf(graph), graph, 8), [9, 10]);
});

test('of several outputs the first that is linked counts', () => {
  const graph = graphOf([
    [1, 'GetVideoComponents', [], ['IMAGE', 'AUDIO', 'FLOAT']],
    [2, 'SaveAudio', [['AUDIO', 1, 1]], []],
    [3, 'GetVideoComponents', [], ['FLOAT', 'AUDIO', 'IMAGE']],
  ]);
  const host = hostOf(graph);
  assert.deepEqual(told(host, graph, 1), [1, 1, 'AUDIO', false]);
  assert.deepEqual(told(host, graph, 3), [3, 1, 'AUDIO', false]);
});

test('a saver that passes its picture on stays in the chain', () => {
  const graph = graphOf([
    [8, 'VAEDecode', [], IMAGE],
    [9, 'PreviewImage', [['IMAGE', 8]], IMAGE],
    [10, 'SaveImage', [['IMAGE', 9]], IMAGE],
  ]);
  const host = hostOf(graph);
  assert.deepEqual(told(host, graph, 9), [9, 0, 'IMAGE', false]);
  assert.deepEqual(told(host, graph, 10), [9, 0, 'IMAGE', true]);
  assert.deepEqual(ends(host, graph, 8), []);
  assert.deepEqual(ends(host, graph, 9), [10]);
});

test('reroutes lead on, and are linked themselves where only savers hang on them', () => {
  const reroute = { isVirtualNode: true };
  const graph = graphOf([
    [8, 'VAEDecode', [], IMAGE],
    [1, 'Reroute', [['*', 8]], ['*'], reroute],
    [2, 'Reroute', [['*', 1]], ['*'], reroute],
    [9, 'SaveImage', [['IMAGE', 2]], []],
    [3, 'Reroute', [['*', 8]], ['*'], reroute],
    [10, 'SaveImage', [['IMAGE', 3]], []],
    [11, 'ImageScale', [['IMAGE', 3]], IMAGE],
  ]);
  const host = hostOf(graph);
  assert.deepEqual(told(host, graph, 9), [8, 0, 'IMAGE', true]);
  assert.deepEqual(ends(host, graph, 8), [1, 10]);
});

test('an end is linked where it was', () => {
  const graph = graphOf([
    [8, 'LoadVideo', [], ['VIDEO']],
    [9, 'SaveVideo', [['STRING'], ['VIDEO', 8]], []],
  ]);
  const host = hostOf(graph);
  const [end] = endsOf(host, sourceAt(host, graph.getNodeById(9)));
  assert.deepEqual(end.link({ connect: (...to) => to }, 7), [7, graph.getNodeById(9), 1]);
});

test('what is swept, and what sweeps, gets no second one', () => {
  const graph = graphOf([
    [8, 'VAEDecode', [], IMAGE],
    [1, 'ProofsheetSweep', [['IMAGE', 8]], ['PROOFSHEET_FRAMES']],
    [2, 'ProofsheetContactSheet', [['PROOFSHEET_FRAMES', 1]], ['PROOFSHEET_FRAMES', 'IMAGE']],
    [9, 'SaveImage', [['IMAGE', 2, 1]], []],
    [11, 'ImageScale', [['IMAGE', 2, 1]], IMAGE],
    [12, 'SaveImage', [['IMAGE', 11]], []],
  ]);
  const host = hostOf(graph);
  for (const id of [1, 2, 9, 11, 12]) assert.equal(told(host, graph, id), null, `node ${id}`);
  const { sweep, sheet } = sweepOn(sourceAt(host, graph.getNodeById(8)));
  assert.deepEqual([sweep.id, sheet.id], [1, 2]);
});

test('a sweep with a sheet is found beside one without', () => {
  const graph = graphOf([
    [8, 'VAEDecode', [], IMAGE],
    [1, 'ProofsheetSweep', [['IMAGE', 8]], ['PROOFSHEET_FRAMES']],
  ]);
  const source = sourceAt(hostOf(graph), graph.getNodeById(8));
  assert.deepEqual([sweepOn(source).sweep?.id, sweepOn(source).sheet], [1, undefined]);
});

/** Decode inside subgraph node 5, what saves it outside; or the other way round. */
function nested(outside, inside) {
  const { nodes, ...more } = inside;
  const subgraph = graphOf(nodes, more);
  return { subgraph, graph: graphOf(outside(subgraph)) };
}

test('a subgraph is a node with a picture', () => {
  const { graph } = nested(
    (subgraph) => [
      [5, 'some uuid', [], IMAGE, { subgraph }],
      [9, 'SaveImage', [['IMAGE', 5]], []],
    ],
    { nodes: [[8, 'VAEDecode', [], IMAGE]], out: [[8, 0]], outputNode: { id: -20, slots: [{}] } },
  );
  const host = hostOf(graph);
  assert.deepEqual(told(host, graph, 9), [5, 0, 'IMAGE', true]);
  assert.deepEqual(told(host, graph, 5), [5, 0, 'IMAGE', false]);
});

test('what saves a picture outside of its subgraph is linked at the output', () => {
  const linked = [];
  const outputNode = { id: -20, slots: [{ connect: (...to) => linked.push(to) }] };
  const inside = { nodes: [[8, 'VAEDecode', [], IMAGE]], out: [[8, 0]], outputNode };
  const saved = (subgraph) => [
    [5, 'some uuid', [], IMAGE, { subgraph }],
    [9, 'SaveImage', [['IMAGE', 5]], []],
  ];
  const only = nested(saved, inside);
  const [end] = endsOf(hostOf(only.graph), sourceAt(hostOf(only.graph), only.subgraph.nodes[0]));
  end.link({ outputs: ['picked', 'images'] }, 1);
  assert.deepEqual(linked, [['images', { outputs: ['picked', 'images'] }]]);
  const more = nested(
    (subgraph) => [...saved(subgraph), [11, 'ImageScale', [['IMAGE', 5]], IMAGE]],
    inside,
  );
  const source = sourceAt(hostOf(more.graph), more.subgraph.nodes[0]);
  assert.deepEqual(endsOf(hostOf(more.graph), source), []);
});

test('a picture that comes into a subgraph is swept in there', () => {
  const inputNode = { id: -10, slots: [slot('IMAGE')] };
  const { graph, subgraph } = nested(
    (inner) => [
      [8, 'VAEDecode', [], IMAGE],
      [5, 'some uuid', [['IMAGE', 8]], [], { subgraph: inner }],
    ],
    { nodes: [[9, 'SaveImage', [['IMAGE', -10]], []]], inputNode },
  );
  const source = sourceAt(hostOf(graph), subgraph.nodes[0]);
  assert.deepEqual([source.node, source.slot, source.kind], [inputNode, 0, 'IMAGE']);
  assert.deepEqual(
    endsOf(hostOf(graph), source).map(({ node }) => node.id),
    [9],
  );
});
