import assert from 'node:assert/strict';
import test from 'node:test';
import {
  behind,
  continued,
  idle,
  openSweeps,
  sameAbove,
  sheetOf,
  stageOf,
  stillHolds,
  sweepOf,
  upstream,
} from '../../../web/model/api_graphs.js';
import { oneSampler, twoStages } from '../graphs.js';

const api = oneSampler;
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

test('a sheet behind a sheet has the same sweep, of either kind', () => {
  const graph = {
    ...api(),
    20: { class_type: 'ProofsheetContactSheet', inputs: { frames: ['8', 0] } },
  };
  assert.equal(sweepOf(graph, '20'), '7');
  assert.equal(
    sweepOf({ 20: { class_type: 'ProofsheetContactSheet', inputs: { frames: ['9', 0] } } }, '20'),
    null,
  );
  assert.equal(sweepOf(twoStages(), '22'), '20');
});

test('a stage ends at the sweeps before it', () => {
  assert.deepEqual(stageOf(twoStages(), '20').sort(), ['1', '12', '15', '16', '20', '8']);
  assert.deepEqual(stageOf(oneSampler(), '7').sort(), ['1', '3', '4', '5', '7']);
});

for (const [what, told, expected] of [
  ['all is made', { 8: false, 22: false }, []],
  ['a frame is missing', { 8: false, 22: true }, ['20']],
  ['one of the stage before is', { 8: true, 22: false }, ['7']],
  ['both are open', { 8: true, 22: true }, ['20', '7']],
  ['of a stage without a known sheet this one tells', { 22: true }, ['20', '7']],
  ['nothing is known', {}, []],
])
  test(`sweeps that would make frames: ${what}`, () =>
    assert.deepEqual(openSweeps(twoStages(), '22', (sheet) => told[sheet]).sort(), expected));

test('a sweep behind the sheet is none of its sweeps', () =>
  assert.deepEqual(
    openSweeps(twoStages(), '8', () => true),
    ['7'],
  ));

test('idle sweeps make nothing, whatever they said; all else stays', () => {
  const graph = twoStages();
  graph[20].inputs.make = ['9', 0];
  const quiet = idle(graph, ['20', '7']);
  assert.deepEqual(quiet[20].inputs, { ...graph[20].inputs, make: 'none' });
  assert.equal(quiet[7].inputs.make, 'none');
  assert.deepEqual(graph, { ...twoStages(), 20: graph[20] });
  assert.equal(quiet[8], graph[8]);
});

test('the sheet of a sweep is the one linked to it', () => {
  const api = twoStages();
  assert.equal(sheetOf(api, '7'), '8');
  assert.equal(sheetOf(api, '20'), '22');
  assert.equal(sheetOf(api, '15'), null);
  const behind = {
    ...api,
    2: { class_type: 'ProofsheetContactSheet', inputs: { frames: ['8', 0] } },
  };
  assert.equal(sheetOf(behind, '7'), '8');
});

test('the same above a sweep, whatever it is to make', () => {
  const same = (change) => {
    const now = structuredClone(twoStages());
    now[15]._meta = { title: 'Refine' };
    change(now);
    return sameAbove({ ...twoStages(), 15: { ...twoStages()[15] } }, now, '20');
  };
  assert.ok(same(() => {}));
  assert.ok(same((now) => Object.assign(now[20].inputs, { make: 'none' })));
  assert.ok(same((now) => Object.assign(now[15].inputs, { latent_image: [12, 1], seed: 5.0 })));
  assert.ok(same((now) => Object.assign(now, { 40: { class_type: 'SaveImage', inputs: {} } })));
  assert.ok(!same((now) => Object.assign(now[15].inputs, { seed: '5' })));
  assert.ok(!same((now) => Object.assign(now[15].inputs, { control: 'fixed' })));
  assert.ok(!same((now) => Object.assign(now[20].inputs, { axes: 'seed = 11' })));
  assert.ok(!same((now) => Object.assign(now[7].inputs, { make: 'none' })));
  assert.ok(!same((now) => Object.assign(now[15], { class_type: 'KSamplerAdvanced' })));
  assert.ok(!sameAbove(twoStages(), twoStages(), '99'));
  const titled = (title) => ({ 20: { class_type: 'A', inputs: {}, _meta: { title } } });
  assert.ok(!sameAbove(titled('One'), titled('Two'), '20'));
});

test('a count holds though the sweeps above it made nothing', () => {
  const counted = idle(twoStages(), ['7', '20']);
  assert.ok(stillHolds(counted, twoStages(), '20'));
  assert.ok(stillHolds(twoStages(), idle(twoStages(), ['20']), '20'));
  assert.ok(!stillHolds(twoStages(), idle(twoStages(), ['7']), '20'));
  const now = twoStages();
  now[15].inputs.seed = 6;
  assert.ok(!stillHolds(counted, now, '20'));
});
