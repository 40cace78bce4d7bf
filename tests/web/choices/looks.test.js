import assert from 'node:assert/strict';
import test from 'node:test';
import { tiled } from '../../../web/choices/looks.js';
import { product } from '../../../web/choices/product.js';

for (const [width, columns, height] of [
  [416, 4, 98 + 34],
  [88, 1, 88 + 34],
  [40, 1, 40 + 34],
  [0, 1, 34],
])
  test(`tiles in ${width} pixels`, () => assert.deepEqual(tiled(width), { columns, height }));

const axis = (name, count) => ({ name, count });
for (const [noun, n, others, text] of [
  ['LoRA', 3, [axis('prompt', 3), axis('seed', 4)], '3 LoRAs × 3 prompts × 4 seeds = 36 frames'],
  ['picture', 1, [], '1 picture = 1 frame'],
  ['sampler', 2, [axis('cfg', 2), axis('seed', 1)], '2 samplers × 2 cfg × 1 seed = 4 frames'],
  ['choice', 40, [axis('steps', 100)], '40 choices × 100 steps = 4,000 frames'],
  ['VAE', 2, [axis('prompt', null), axis('cfg', 2)], '2 VAEs × ? prompts × 2 cfg = ? frames'],
])
  test(text, () => assert.equal(product(noun, n, others), text));
