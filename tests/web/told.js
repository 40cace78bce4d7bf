/** Told axes as axes_told.js gives them: 3 prompts x 2 cfg x 4 seeds. */

export const PROMPT = {
  key: 'prompt',
  name: 'prompt',
  count: 3,
  values: ['lighthouse', 'castle', 'windmill'],
  more: 0,
  source: { kind: 'node', id: '4', title: 'Prompt Batch', class_type: 'ProofsheetPromptBatch' },
  targets: [{ id: '5', input: 'text', title: 'Positive' }],
  place: 'rows',
};
export const CFG = {
  key: 'cfg',
  name: 'cfg',
  count: 2,
  values: ['3.0', '7.0'],
  more: 0,
  source: { kind: 'line', line: 1, text: 'KSampler.cfg = 3, 7' },
  targets: [{ id: '7', input: 'cfg', title: 'KSampler' }],
  place: 'rows',
};
export const SEED = {
  key: 'seed',
  name: 'seed',
  count: 4,
  values: ['1001', '1002', '1003', '1004'],
  more: 0,
  source: { kind: 'node', id: '3', title: 'Seed Sweep', class_type: 'ProofsheetSeedSweep' },
  targets: [
    { id: '7', input: 'seed', title: 'KSampler' },
    { id: '9', input: 'noise_seed', title: 'Refiner' },
  ],
  place: 'columns',
};

/** @param {any[]} axes @param {any} more */
export const told = (axes = [PROMPT, CFG, SEED], more = {}) => ({
  axes,
  combine: 'every combination',
  count: axes.reduce((product, axis) => product * axis.count, 1),
  fault: null,
  ...more,
});
