import assert from 'node:assert/strict';
import test from 'node:test';
import {
  before,
  locatorOf,
  nodeAt,
  pathOf,
  queue,
  runOf,
  widgetOf,
  workflowId,
} from '../../../web/host/graph.js';
import { Remembered } from '../../../web/host/remembered.js';

/** A graph of the host, with node 8 inside subgraph node 5, its picks promoted. */
function graphs() {
  const find = (graph) => (graph.getNodeById = (id) => graph.nodes.find((node) => node.id === id));
  const inner = { id: 'sub', nodes: [], inputs: [{ name: 'my picks' }] };
  const root = { id: 'flow', nodes: [] };
  const sheet = {
    id: 8,
    graph: inner,
    widgets: [{ name: 'picks', value: 'inner' }],
    inputs: [{ name: 'picks', widget: { name: 'picks' } }],
    getInputLink: () => ({ origin_id: -10, origin_slot: 0 }),
  };
  const outer = {
    id: 5,
    graph: root,
    subgraph: inner,
    widgets: [{ name: 'my picks' }],
    inputs: [],
  };
  inner.nodes.push(sheet);
  root.nodes.push({ id: 1, graph: root }, outer);
  [inner, root].forEach(find);
  return { host: { app: { rootGraph: root }, api: {} }, sheet, outer };
}

test('a node and its path, through subgraphs', () => {
  const { host, sheet, outer } = graphs();
  assert.equal(pathOf(host, sheet), '5:8');
  assert.equal(nodeAt(host, '5:8'), sheet);
  assert.equal(nodeAt(host, '5'), outer);
  assert.equal(nodeAt(host, '7:8'), null);
  assert.equal(pathOf(host, {}), null);
  assert.equal(locatorOf(host, sheet), 'sub:8');
  assert.equal(locatorOf(host, outer), '5');
  assert.equal(workflowId(host), 'flow');
});

test('the widget that counts is the promoted one', () => {
  const { host, sheet, outer } = graphs();
  assert.equal(widgetOf(host, sheet, 'picks'), outer.widgets[0]);
  sheet.inputs = [];
  assert.equal(widgetOf(host, sheet, 'picks'), sheet.widgets[0]);
  assert.equal(widgetOf(host, undefined, 'picks'), undefined);
});

const QUEUED = [
  1,
  'p1',
  { 7: { inputs: { seed: 0 } } },
  { extra_pnginfo: { workflow: { id: 'w' } } },
  ['7'],
];
const answers = (given) => ({
  api: {
    fetchApi: async (path) => ({
      text: async () =>
        JSON.stringify(given[path] ?? {}).replace('"seed":0', '"seed":18446744073709551615'),
    }),
  },
});

test('a run is found in the queue or the history, with all digits of its seeds', async () => {
  const graph = { 7: { inputs: { seed: '18446744073709551615' } } };
  const running = await runOf(answers({ '/queue': { queue_running: [QUEUED] } }), 'p1');
  const told = { graph, targets: ['7'], workflow: 'w' };
  assert.deepEqual(running, { ...told, running: true, outputs: {} });
  const history = { p1: { prompt: QUEUED, outputs: { 8: 1 } } };
  const ended = await runOf(answers({ '/history/p1': history }), 'p1');
  assert.deepEqual(ended, { ...told, running: false, outputs: { 8: 1 } });
  assert.equal(await runOf(answers({}), 'p1'), null);
});

test('what the host says of a graph that it does not take', async () => {
  const error = { message: 'Value too big', details: 'seed' };
  const told = { node_errors: { 7: { errors: [error] } } };
  const asked = async (queuePrompt) => queue({ api: { queuePrompt } }, {}, {}, []);
  assert.equal(await asked(async () => ({})), '');
  assert.equal(await asked(async () => told), 'Value too big: seed');
  const throwing = (fault) => async () => Promise.reject(fault);
  assert.equal(await asked(throwing({ response: told })), 'Value too big: seed');
  assert.equal(await asked(throwing({ response: { error } })), 'Value too big: seed');
  assert.equal(await asked(throwing(new Error('offline'))), 'offline');
});

test('the graph before a sheet, with the titles that lines of axes name', () => {
  const graph = {
    8: { class_type: 'Sheet', inputs: { frames: ['7', 0] }, is_changed: [1] },
    7: {
      class_type: 'Sampler',
      inputs: { seed: 5, gone: ['6', 0] },
      _meta: { title: 'Refine' },
    },
    9: { class_type: 'Save', inputs: { images: ['8', 1] } },
  };
  assert.deepEqual(before(graph, '8'), {
    8: { class_type: 'Sheet', inputs: { frames: ['7', 0] } },
    7: {
      class_type: 'Sampler',
      inputs: { seed: 5, gone: ['6', 0] },
      _meta: { title: 'Refine' },
    },
  });
  assert.equal(before(graph, '3'), null);
});

test('what was not asked for longest is forgotten', () => {
  const made = [];
  const kept = new Remembered(2, (key) => made.push(key) && { key });
  const a = kept.get('a');
  kept.get('b');
  assert.equal(kept.get('a'), a);
  kept.get('c');
  assert.deepEqual(
    [...kept.values()].map(({ key }) => key),
    ['a', 'c'],
  );
  assert.deepEqual(made, ['a', 'b', 'c']);
});
