import assert from 'node:assert/strict';
import test from 'node:test';
import { Sheets } from '../../../web/host/live_sheets.js';
import { manifest } from '../manifest.js';

const GRAPH = {
  7: { class_type: 'ProofsheetSweepSampler', inputs: {} },
  8: { class_type: 'ProofsheetContactSheet', inputs: { frames: ['7', 0] } },
};

/** A page with one sheet in an open workflow, and the server's news. */
function page(runs = {}) {
  const store = new Map();
  globalThis.sessionStorage = {
    getItem: (key) => store.get(key) ?? null,
    setItem: (key, value) => store.set(key, value),
  };
  globalThis.fetch = async () => ({ status: 200 });
  const widgets = ['picks', 'columns', 'captions'].map((name) => ({ name, value: '' }));
  const node = { id: 8, widgets, properties: {} };
  const root = { id: 'flow', nodes: [node], getNodeById: (id) => (id === '8' ? node : null) };
  node.graph = root;
  const api = new EventTarget();
  api.apiURL = (path) => path;
  const told = (workflow) => [1, 'p', GRAPH, { extra_pnginfo: { workflow: { id: workflow } } }];
  const history = Object.entries(runs).map(([prompt, { workflow = 'flow', outputs }]) => [
    `/history/${prompt}`,
    { [prompt]: { prompt: told(workflow), outputs } },
  ]);
  const answers = Object.fromEntries(history);
  api.fetchApi = async (path) => ({ text: async () => JSON.stringify(answers[path] ?? {}) });
  const sheets = new Sheets({ app: { rootGraph: root }, api, isOutput: () => false }, () => true);
  sheets.listen();
  const news = async (name, detail) => {
    api.dispatchEvent(new CustomEvent(name, { detail }));
    await sheets.tail;
  };
  return { sheets, node, news, store };
}

const begins = (prompt, given) => ({ prompt_id: prompt, sheets: ['8'], manifest: given });

test('a run, from its first news to its sheet', async () => {
  const { sheets, node, news, store } = page({ p1: {} });
  const model = sheets.attach(node);
  await news('proofsheet.sweep', begins('p1', manifest(1, 2, 'waiting')));
  assert.deepEqual([model.phase, model.count('waiting'), model.advance], ['running', 2, true]);
  assert.equal(store.get('proofsheet.run.flow|8'), 'p1');
  const [frame] = manifest(1, 2).frames;
  await news('proofsheet.frame', { prompt_id: 'p1', sheets: ['8'], frame });
  assert.equal(model.count('done'), 1);
  await news('proofsheet.frame', {
    prompt_id: 'p2',
    sheets: ['8'],
    frame: manifest(1, 2).frames[1],
  });
  assert.equal(model.count('done'), 1); // of another run
  const output = { proofsheet: [{ ...manifest(1, 2), held: true }] };
  await news('executed', { prompt_id: 'p1', node: '8', output });
  assert.equal(model.phase, 'held');
  assert.deepEqual(sheets.views.get(node).made, GRAPH);
});

test('a run that ends early, and one whose sheet cannot be made', async () => {
  const { sheets, node, news } = page({ p1: {} });
  const model = sheets.attach(node);
  await news('proofsheet.sweep', begins('p1', manifest(1, 2, 'waiting')));
  await news('execution_interrupted', { prompt_id: 'p1' });
  assert.deepEqual([model.phase, model.error], ['stopped', '']);
  const fault = { exception_message: 'no frame 9\nmore', node_type: 'ProofsheetContactSheet' };
  await news('execution_error', { prompt_id: 'p1', node_id: '8', ...fault });
  assert.equal(model.error, 'no frame 9');
});

test('a run that fails before its sheet has news of it is told there', async () => {
  const { sheets, node, news } = page({ p1: {}, p2: {} });
  const model = sheets.attach(node);
  const fault = (message) => ({ exception_message: message, node_type: 'Any' });
  await news('execution_error', { prompt_id: 'p1', node_id: '9', ...fault('behind it') });
  assert.equal(model.error, '');
  await news('execution_error', { prompt_id: 'p1', node_id: '7', ...fault('no cell #ab\n^') });
  assert.equal(model.error, 'no cell #ab');
  await news('proofsheet.sweep', begins('p2', manifest(1, 2, 'waiting')));
  assert.equal(model.error, '');
});

test('another workflow has a sheet of its own', async () => {
  const { sheets, node, news } = page({ p1: { workflow: 'other' } });
  const model = sheets.attach(node);
  await news('proofsheet.sweep', begins('p1', manifest(1, 2, 'waiting')));
  assert.equal(model.phase, 'empty');
  assert.equal(sheets.known.get('other|8').model.phase, 'running');
});

test('after a reload the run that has ended meanwhile shows', async () => {
  const outputs = { 8: { proofsheet: [manifest(1, 3)] } };
  const { sheets, node, store } = page({ p1: { outputs } });
  store.set('proofsheet.run.flow|8', 'p1');
  const model = sheets.attach(node);
  await sheets.tail;
  assert.deepEqual([model.phase, model.frames.length], ['finished', 3]);
});

test('outputs that the host restores show where nothing newer does', () => {
  const { sheets, node } = page();
  const model = sheets.attach(node);
  sheets.restored({ 8: { proofsheet: [manifest(1, 3)] } });
  assert.equal(model.frames.length, 3);
  sheets.restored({});
  sheets.restored({ 8: { proofsheet: [{ ...manifest(2, 2), held: true }] } });
  assert.equal(model.phase, 'held');
  sheets.detach(node);
  assert.equal(sheets.views.size, 0);
});
