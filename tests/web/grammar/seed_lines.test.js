import assert from 'node:assert/strict';
import test from 'node:test';
import { linesWithSeeds } from '../../../web/grammar/seed_lines.js';

// As nodes/core/grammar/addresses.py reads them.
const SEEDS = [
  'seed =',
  '  noise_seed=',
  'KSampler.seed = ',
  'KSampler . seed = ',
  '#12:3.seed = ',
  '"v1.5 = new".seed = ',
  '"v1.5 = new" . noise_seed = ',
  String.raw`"say \"a = b\"".seed = `,
  String.raw`  "\\".seed = `,
  '5" pipe.seed = ',
  '動物.seed = ',
];
const OTHERS = [
  '# seed = ',
  '  # KSampler.seed = ',
  '#\tseed = ',
  '## KSampler.seed = ',
  '  ##seed = ',
  'seeds = ',
  'my_seed = ',
  'KSampler.cfg = ',
  'cfg = a.seed = ',
  '  "A.seed = B".cfg = ',
  String.raw`"say \"a.seed = b\"".cfg = `,
  '{seed} = ',
];

for (const target of SEEDS)
  test(`seeds: ${target}`, () => {
    const told = [];
    const change = (seeds) => told.push(seeds) && '8-9';
    assert.equal(linesWithSeeds(`cfg = 3\n${target}4, 7`, change), `cfg = 3\n${target}8-9`);
    assert.deepEqual(told, ['4, 7']);
  });

for (const target of OTHERS)
  test(`no seeds: ${target}`, () =>
    assert.equal(
      linesWithSeeds(`${target}4`, () => '8'),
      `${target}4`,
    ));
