import assert from 'node:assert/strict';
import test from 'node:test';
import { found } from '../../../web/common/menu.js';

const TEXTS = ['KSampler.cfg', 'KSampler.seed', 'Positive.text', 'seed', 'Größe'];

for (const [typed, at, expected] of [
  ['k', -1, 0],
  ['k', 0, 1], // on to the next
  ['kk', 0, 1],
  ['k', 1, 0], // and round
  ['ks', 1, 1], // a longer word stays where it fits
  ['seed', 0, 3], // what begins so, before what has it inside
  ['cfg', 2, 0],
  ['GRÖ', 0, 4],
  ['x y', 0, 2],
  ['zz', 0, -1],
])
  test(`${typed} typed at ${at} finds ${expected}`, () => {
    const texts = typed === 'x y' ? [...TEXTS.slice(0, 2), 'x yz'] : TEXTS;
    assert.equal(found(texts, String(typed), Number(at)), expected);
  });
