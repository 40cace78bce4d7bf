import assert from 'node:assert/strict';
import test from 'node:test';
import { freshSeeds, moreLike, seedsOf } from '../../../web/model/new_seeds.js';
import { oneSampler as api, twoStages } from '../graphs.js';

const changes = (graph, sweep, used) => freshSeeds(graph, sweep, used).changes;

test('new seeds are none of the old ones, in each mode', () => {
  const used = ['1001', '1002', '1003', '1004'];
  const graph = api();
  assert.deepEqual(changes(graph, '7', used), { 3: { seed: 1005 } });
  graph[3].inputs.mode = 'random';
  assert.deepEqual(changes(graph, '7', used), { 3: { seed: 1002 } });
  Object.assign(graph[3].inputs, { mode: 'list', list: '9, 1002-1004' });
  assert.deepEqual(changes(graph, '7', used), { 3: { list: '1005-1008' } });
  graph[7].inputs.seed = 3;
  assert.deepEqual(changes(graph, '7', used), { 7: { seed: 1005 } });
  graph[7].inputs.seed = ['5', 0];
  assert.deepEqual(changes(graph, '7', used), {});
});

test('new seeds after the largest that a number holds, past all that are used', () => {
  const big = ['18446744073709551615', '18446744073709551614'];
  assert.deepEqual(changes(api(), '7', big), { 3: { seed: 0 } });
  assert.deepEqual(changes(api(), '7', [...big, '7', '3']), { 3: { seed: 8 } });
  const edge = 2n ** 50n;
  const used = [String(edge - 1n), String(edge + 1n)];
  assert.deepEqual(changes(api(), '7', used), { 3: { seed: Number(edge + 2n) } });
});

test('more like this names every digit of the seeds it has', () => {
  const seeds = ['18446744073709551614', '18446744073709551615'];
  const { graph } = moreLike(api(), '7', { positive: 'a', negative: '', values: {} }, seeds, seeds);
  assert.equal(graph[graph[7].inputs.seed[0]].inputs.list, `${seeds.join(', ')}, 0, 1`);
});

test('more like this sweeps one prompt with its seeds and as many new ones', () => {
  const { graph, more } = moreLike(
    api(),
    '7',
    { positive: 'a {b', negative: 'fog', values: {} },
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

test('a Sweep has its new seeds where it has its seeds from, and its stage alone', () => {
  const graph = twoStages();
  const written = graph[20].inputs;
  assert.deepEqual(changes(graph, '20', ['11', '12']), { 20: { axes: 'seed = 13-14' } });
  written.axes = '"A = B".cfg = 3, 4\n# seed = 1\n"A = B".noise_seed=7\n#12:3.seed = 1, 4-6';
  assert.deepEqual(changes(graph, '20', ['7']), {
    20: { axes: '"A = B".cfg = 3, 4\n# seed = 1\n"A = B".noise_seed=8\n#12:3.seed = 8-11' },
  });
  written.axes = 'cfg = 3, 4';
  graph[17] = { class_type: 'KSamplerAdvanced', inputs: { noise_seed: 8, model: ['1', 0] } };
  graph[15].inputs.latent_image = ['17', 0];
  const put = { 15: { seed: 12 }, 17: { noise_seed: 12 } };
  assert.deepEqual(changes(graph, '20', ['11']), put);
  graph[3].inputs.seed = 5;
  graph[17].inputs.noise_seed = ['3', 0];
  assert.deepEqual(changes(graph, '20', ['11']), { 3: { seed: 12 } });
  assert.equal(freshSeeds(graph, '20', ['11']).seed, 12);
});

test('more like this in a Sweep: its seeds and as many new ones, where it has them from', () => {
  const frame = { positive: 'a', negative: '', values: {} };
  const more = (graph, seeds = ['11', '12']) => moreLike(graph, '20', frame, seeds, seeds).graph;
  const lines = twoStages();
  lines[20].inputs.axes = 'cfg = 3, 4\nKSampler.seed = 11, 12';
  assert.equal(more(lines)[20].inputs.axes, 'cfg = 3, 4\nKSampler.seed = 11, 12, 13, 14');
  assert.deepEqual(more(lines)[15], lines[15]);
  lines[20].inputs.axes = '';
  const [source] = more(lines)[15].inputs.seed;
  assert.equal(more(lines)[source].inputs.list, '11, 12, 13, 14');
  lines[15].inputs.seed = ['3', 0];
  assert.equal(more(lines)[15].inputs.seed[0], source);
  assert.deepEqual(more(lines)[3], lines[3]); // the stage before has its seeds from it, too
  assert.deepEqual(more(lines)[7], lines[7]);
});

test('more like this in a Sweep: only its prompt, unless nobody can tell it', () => {
  const graph = twoStages();
  const prompts = { prompts: 'a {animal}\nb', negative: '', template: '{prompt}' };
  graph[18] = { class_type: 'ProofsheetPromptBatch', inputs: prompts };
  graph[15].inputs.positive = ['18', 0];
  graph[20].inputs.axes = '{animal} = cat, dog\nseed = 11';
  const alike = moreLike(
    graph,
    '20',
    { positive: 'a cat', negative: '', values: {} },
    ['11'],
    ['11'],
  ).graph;
  assert.deepEqual(alike[18].inputs, { prompts: 'a cat', negative: '', template: '{prompt}' });
  assert.equal(alike[20].inputs.axes, 'seed = 11, 12'); // the hole is filled
  assert.deepEqual(alike[4], graph[4]); // of the stage before
  const untold = moreLike(graph, '20', { positive: '', negative: '', values: {} }, [], []).graph;
  assert.deepEqual(untold[18], graph[18]);
  assert.equal(untold[20].inputs.axes, '{animal} = cat, dog\nseed = 0');
});

test('more like this has the prompt of the frame as it is before it is joined', () => {
  const graph = twoStages();
  graph[18] = {
    class_type: 'ProofsheetPromptBatch',
    inputs: { prompts: 'a {red|blue} boat --no fog', template: '{prompt}, {style}', negative: '' },
  };
  graph[15].inputs.positive = ['18', 0];
  graph[20].inputs.axes = '{style} = ink, oil';
  const joined = { positive: 'ink wash, a blue boat, oil', negative: '' };
  const values = { 'Text.prompt': 'blue', style: 'oil' };
  const only = moreLike(graph, '20', { ...joined, values }, ['5'], ['5']).graph;
  const said = { prompts: 'a blue boat, oil', negative: 'fog', template: '{prompt}' };
  assert.deepEqual(only[18].inputs, said);
  assert.equal(only[20].inputs.axes, '');
});

test('more like this has the row of the frame, and the seeds in the place of its own', () => {
  const table = [
    'lora;words;strength;seed',
    'ink;"ink; ""wash""";0.5;7',
    'ink;oil;0.50;18446744073709551615',
    'oil;;1;9',
  ].join('\n');
  const rows = (text, values) => {
    const graph = twoStages();
    graph[18] = { class_type: 'ProofsheetRows', inputs: { table: text } };
    Object.assign(graph[15].inputs, { positive: ['18', 1], seed: ['18', 3] });
    graph[20].inputs.axes = '';
    const frame = { positive: 'x', negative: '', values };
    return moreLike(graph, '20', frame, ['7'], ['7', '9']).graph;
  };
  const first = rows(table, { lora: 'ink', words: 'ink; "wash"', strength: 0.5, seed: 7 });
  const row = '"lora","words","strength","seed"\n"ink","ink; ""wash""","0.5","7"';
  assert.equal(first[18].inputs.table, row);
  assert.equal(first[first[15].inputs.seed[0]].inputs.list, '7, 10');
  const second = { lora: 'ink', words: 'oil', strength: 0.5, seed: '18446744073709551615' };
  assert.match(rows(table, second)[18].inputs.table, /"oil","0.50","18446744073709551615"$/);
  const json = '[{"a": 1.0, "b": true, "c": "1"}, {"a": 2, "b": false}]';
  const named = { 'ProofsheetRows.a': 1, b: true, c: '1' };
  assert.equal(rows(json, named)[18].inputs.table, '[{"a": 1.0, "b": true, "c": "1"}]');
  for (const other of ['@prompts.csv', 'a,b\n1,2\n3,4'])
    assert.equal(rows(other, { lora: 'ink' })[18].inputs.table, other);
});

test('the seeds of frames are those of all their stages, and none of those that are not told', () =>
  assert.deepEqual(
    seedsOf([
      { seed: null, values: { 'Refine.seed': 7, noise_seed: '18446744073709551615', cfg: 3 } },
      { seed: '5', values: { seed: 5, 'seed 2': 'none' } },
    ]),
    ['7', '18446744073709551615', '5', '5'],
  ));
