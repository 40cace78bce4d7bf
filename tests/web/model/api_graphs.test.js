import assert from 'node:assert/strict';
import test from 'node:test';
import {
  behind,
  continued,
  freshSeeds,
  moreLike,
  samplerOf,
  upstream,
} from '../../../web/model/api_graphs.js';

const api = () => ({
  1: { class_type: 'Loader', inputs: {} },
  3: {
    class_type: 'ProofsheetSeedSweep',
    inputs: { seed: 1001, count: 4, mode: 'consecutive', list: '' },
  },
  4: {
    class_type: 'ProofsheetPromptBatch',
    inputs: { prompts: 'a\nb', negative: '', template: '{prompt}, ink' },
  },
  5: { class_type: 'CLIPTextEncode', inputs: { clip: ['1', 1], text: ['4', 0] } },
  7: {
    class_type: 'ProofsheetSweepSampler',
    inputs: { model: ['1', 0], positive: ['5', 0], seed: ['3', 0], steps: 20 },
  },
  8: {
    class_type: 'ProofsheetContactSheet',
    inputs: { frames: ['7', 0], picks: '', when_empty: 'hold' },
  },
  9: { class_type: 'SaveImage', inputs: { images: ['8', 1] } },
  10: { class_type: 'SaveImage', inputs: { images: ['1', 2] } },
});
const isOutput = (type) => ['SaveImage', 'ProofsheetContactSheet'].includes(type);

test('behind a sheet are the outputs that need it', () =>
  assert.deepEqual(behind(api(), '8', isOutput), ['9']));

test('upstream is a node and all that it needs', () =>
  assert.deepEqual([...upstream(api(), ['8'])].sort(), ['1', '3', '4', '5', '7', '8']));

test('Continue leaves everything before the sheet as it was when the frames were made', () => {
  const made = api();
  const now = api();
  now[3].inputs.seed = 77; // a widget that randomises
  now[8].inputs.when_empty = 'pass all';
  now[11] = { class_type: 'ImageScale', inputs: { image: ['8', 1] } };
  now[9].inputs.images = ['11', 0];
  const graph = continued(now, made, '8', '#aa', ['9']);
  assert.equal(graph[3].inputs.seed, 1001);
  assert.deepEqual(graph[8].inputs, { frames: ['7', 0], picks: '#aa', when_empty: 'pass all' });
  assert.deepEqual(Object.keys(graph).sort(), ['1', '11', '3', '4', '5', '7', '8', '9']);
});

test('a node that has since taken the id of another does not get into its place', () => {
  const now = api();
  now[3] = { class_type: 'ImageScale', inputs: { image: ['8', 1] } };
  now[9].inputs.images = ['3', 0];
  now[7].inputs.seed = 5;
  const graph = continued(now, api(), '8', '#aa', ['9']);
  assert.equal(graph[3].class_type, 'ImageScale');
  assert.equal(graph[graph[7].inputs.seed[0]].class_type, 'ProofsheetSeedSweep');
});

test('a sheet behind a sheet has the same sampler', () => {
  const graph = {
    ...api(),
    20: { class_type: 'ProofsheetContactSheet', inputs: { frames: ['8', 0] } },
  };
  assert.equal(samplerOf(graph, '20'), '7');
  assert.equal(
    samplerOf({ 20: { class_type: 'ProofsheetContactSheet', inputs: { frames: ['9', 0] } } }, '20'),
    null,
  );
});

test('new seeds are none of the old ones, in each mode', () => {
  const used = ['1001', '1002', '1003', '1004', null];
  const graph = api();
  assert.deepEqual(freshSeeds(graph, '7', used), { 3: { seed: 1005 } });
  graph[3].inputs.mode = 'random';
  assert.deepEqual(freshSeeds(graph, '7', used), { 3: { seed: 1002 } });
  graph[3].inputs.mode = 'list';
  assert.deepEqual(freshSeeds(graph, '7', used.slice(0, 4)), { 3: { list: '1005-1008' } });
  graph[7].inputs.seed = 3;
  assert.deepEqual(freshSeeds(graph, '7', used), { 7: { seed: 1005 } });
  graph[7].inputs.seed = ['5', 0];
  assert.deepEqual(freshSeeds(graph, '7', used), {});
});

test('new seeds after the largest that a number holds, past all that are used', () => {
  const big = ['18446744073709551615', '18446744073709551614'];
  assert.deepEqual(freshSeeds(api(), '7', big), { 3: { seed: 0 } });
  assert.deepEqual(freshSeeds(api(), '7', [...big, '7', '3']), { 3: { seed: 8 } });
  const edge = 2n ** 50n;
  const used = [String(edge - 1n), String(edge + 1n), null];
  assert.deepEqual(freshSeeds(api(), '7', used), { 3: { seed: Number(edge + 2n) } });
});

test('more like this names every digit of the seeds it has', () => {
  const seeds = ['18446744073709551614', '18446744073709551615'];
  const { graph } = moreLike(api(), '7', { positive: 'a', negative: '' }, seeds, seeds);
  assert.equal(graph[graph[7].inputs.seed[0]].inputs.list, `${seeds.join(', ')}, 0, 1`);
});

test('more like this sweeps one prompt with its seeds and as many new ones', () => {
  const { graph, more } = moreLike(
    api(),
    '7',
    { positive: 'a {b', negative: 'fog' },
    ['1001', '1002'],
    ['1001', '1002', '1005'],
  );
  assert.equal(more, 2);
  const seeds = graph[graph[7].inputs.seed[0]];
  assert.deepEqual(seeds, {
    class_type: 'ProofsheetSeedSweep',
    inputs: { seed: 0, count: 1, mode: 'list', list: '1001, 1002, 1006, 1007' },
  });
  assert.deepEqual(graph[4].inputs, { prompts: 'a \\{b', negative: 'fog', template: '{prompt}' });
});
