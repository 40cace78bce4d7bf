import assert from 'node:assert/strict';
import test from 'node:test';
import { isInTarget, withSuggestion, withTarget } from '../../../web/model/mended_line.js';

const AXES = 'steps = 4, 8\n  "Se=cond".denois = 0.4\r\nseed = 7';
const text = '  "Se=cond".denois = 0.4';
const fault = { kind: 'line', line: 2, text, at: 13, start: 2, end: 18 };

test('a suggestion takes the faulty place', () =>
  assert.equal(
    withSuggestion(AXES, { ...fault, suggestion: '"Se=cond".denoise' }),
    'steps = 4, 8\n  "Se=cond".denoise = 0.4\r\nseed = 7',
  ));

test('another input takes the whole target', () =>
  assert.equal(
    withTarget(AXES, fault, 'KSampler.cfg'),
    'steps = 4, 8\nKSampler.cfg = 0.4\r\nseed = 7',
  ));

test('only a target has another input', () => {
  assert.equal(isInTarget(fault), true);
  assert.equal(isInTarget({ ...fault, start: 21 }), false, 'its values');
  assert.equal(isInTarget({ ...fault, text: 'no values', start: 0 }), false);
});
