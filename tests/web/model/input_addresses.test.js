import assert from 'node:assert/strict';
import test from 'node:test';
import { addressOf, inputsAbove } from '../../../web/model/input_addresses.js';

const DEFS = {
  KSampler: {
    python_module: 'nodes',
    input: {
      required: {
        model: ['MODEL', {}],
        seed: ['INT', { min: 0, max: 2 ** 64 }],
        cfg: ['FLOAT', { min: 0, max: 100 }],
        sampler_name: [['euler', 'heun'], {}],
        latent_image: ['LATENT', {}],
      },
    },
  },
  VAEDecode: { python_module: 'nodes', input: { required: { samples: ['LATENT'] } } },
};
const host = { defs: (type) => DEFS[type] };
const titled = (title, class_type, inputs) => ({ class_type, inputs, _meta: { title } });
const sampler = (title, inputs) =>
  titled(title, 'KSampler', { seed: 1, cfg: 7, sampler_name: 'euler', ...inputs });

const graph = (...titles) => ({
  1: { class_type: 'ProofsheetSeedSweep', inputs: { seed: 0, count: 2 } },
  3: sampler(titles[0], { control_after_generate: 'fixed' }),
  '5:2': sampler(titles[1], { seed: ['1', 0], latent_image: ['3', 0] }),
  8: { class_type: 'VAEDecode', inputs: { samples: ['5:2', 0] } },
  9: { class_type: 'ProofsheetSweep', inputs: { source: ['8', 0], axes: '' } },
});

const address = (id, input, ...titles) => addressOf(graph(...titles), '9', { id, input }, host);

test('the shortest address that names one input alone', () => {
  assert.equal(address('3', 'cfg', 'KSampler', 'Refine'), '#3.cfg'); // both are of this class
  assert.equal(address('5:2', 'cfg', 'KSampler', 'Refine'), 'Refine.cfg');
  assert.equal(address('3', 'cfg', 'First pass', 'Second pass'), 'First pass.cfg');
  assert.equal(address('3', 'cfg', 'v1.5 = new', 'Refine'), '"v1.5 = new".cfg');
  assert.equal(address('3', 'cfg', 'say "hi"', '#2 x'), 'say "hi".cfg');
  assert.equal(address('5:2', 'cfg', 'say "hi"', '#2 x'), '"#2 x".cfg');
  assert.equal(address('5:2', 'cfg', 'same', 'same'), '#5:2.cfg');
  assert.equal(address('5:2', 'cfg', 'a', 'two\nlines'), '#5:2.cfg');
  const alone = graph('Any', 'Any');
  alone['5:2'].inputs.latent_image = 'x';
  assert.equal(addressOf(alone, '9', { id: '5:2', input: 'cfg' }, host), 'Any.cfg');
});

test('what no line can name has no address', () => {
  assert.equal(address('5:2', 'latent_image', 'a', 'b'), ''); // has to be linked
  assert.equal(address('5:2', 'seed', 'a', 'b'), ''); // varies already
  assert.equal(address('3', 'control_after_generate', 'a', 'b'), ''); // of the page alone
  assert.equal(address('1', 'count', 'a', 'b'), '');
  assert.equal(address('77', 'cfg', 'a', 'b'), '');
});

test('every input above that a line may name', () => {
  const all = inputsAbove(graph('First', 'Second'), '9', host);
  assert.deepEqual(
    all.map(({ id, input, kind }) => [id, input, kind]),
    [
      ['5:2', 'cfg', 'FLOAT'],
      ['5:2', 'sampler_name', 'COMBO'],
      ['3', 'seed', 'INT'],
      ['3', 'cfg', 'FLOAT'],
      ['3', 'sampler_name', 'COMBO'],
    ],
  );
  assert.deepEqual(all[0], {
    id: '5:2',
    title: 'Second',
    class_type: 'KSampler',
    input: 'cfg',
    kind: 'FLOAT',
    value: 7,
    isLink: false,
  });
});
