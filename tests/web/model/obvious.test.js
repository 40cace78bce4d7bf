import assert from 'node:assert/strict';
import test from 'node:test';
import { obvious } from '../../../web/model/obvious.js';

const TEXT = { input: { required: { text: ['STRING', { multiline: true }], name: ['STRING'] } } };
const defs = (type) => (type === 'CLIPTextEncode' ? TEXT : undefined);
const node = (class_type, inputs = {}) => ({ class_type, inputs });
const api = {
  5: node('CLIPTextEncode', { text: 'a boat' }),
  6: node('CLIPTextEncode', { text: 'fog' }),
  7: node('KSampler', { positive: ['5', 0], negative: ['6', 0], seed: 3 }),
};
const input = (id, name, isLink = false) => ({
  id,
  class_type: api[id].class_type,
  input: name,
  isLink,
});
const inputs = [input('5', 'text'), input('6', 'text'), input('7', 'seed')];

test('the seed of the only sampler', () => {
  assert.equal(obvious('ProofsheetSeedSweep', api, inputs, defs), inputs[2]);
  const two = [...inputs, { ...input('7', 'noise_seed'), id: '9' }];
  assert.equal(obvious('ProofsheetSeedSweep', api, two, defs), null);
  assert.equal(obvious('ProofsheetSeedSweep', api, [input('7', 'seed', true)], defs), null);
});

test('the text of its prompt', () => {
  assert.equal(obvious('ProofsheetPromptBatch', api, inputs, defs), inputs[0]);
  const both = { ...api, 8: node('KSampler', { positive: ['6', 0], negative: ['5', 0] }) };
  assert.equal(obvious('ProofsheetPromptBatch', both, inputs, defs), null);
  const line = [{ ...inputs[0], input: 'name' }];
  assert.equal(obvious('ProofsheetPromptBatch', api, line, defs), null, 'of one line');
});

test('values may be for anything', () =>
  assert.equal(obvious('ProofsheetValues', api, inputs, defs), null));
