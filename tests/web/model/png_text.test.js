import assert from 'node:assert/strict';
import test from 'node:test';
import { readText } from '../../../web/model/png_text.js';

const bytes = (text) => [...new TextEncoder().encode(text)];
const chunk = (kind, data) => {
  const size = [0, 0, data.length >> 8, data.length & 255];
  return [...size, ...bytes(kind), ...data, 0, 0, 0, 0];
};
const png = (...chunks) =>
  new Uint8Array([0x89, ...bytes('PNG\r\n\x1a\n'), ...chunks.flat(), ...chunk('IEND', [])]).buffer;

const PLAIN = chunk('tEXt', [...bytes('prompt'), 0, ...bytes('{"a": 1}')]);
const UNICODE = chunk('iTXt', [...bytes('prompt'), 0, 0, 0, 0, 0, ...bytes('{"a": "港"}')]);

test('a text under its name, of either kind', () => {
  const other = chunk('tEXt', [...bytes('workflow'), 0, ...bytes('{}')]);
  assert.equal(readText(png(other, PLAIN), 'prompt'), '{"a": 1}');
  assert.equal(readText(png(UNICODE), 'prompt'), '{"a": "港"}');
  assert.equal(readText(png(PLAIN, UNICODE), 'prompt'), '{"a": 1}');
});

test('what cannot be read says why', () => {
  const packed = chunk('iTXt', [...bytes('prompt'), 0, 1, 0, 0, 0, 7, 7]);
  assert.throws(() => readText(png(packed), 'prompt'), /compressed/);
  assert.throws(() => readText(png(PLAIN), 'workflow'), /no workflow/);
  assert.throws(() => readText(new ArrayBuffer(4), 'prompt'), /not a PNG/);
  assert.throws(() => readText(new Uint8Array(40).buffer, 'prompt'), /not a PNG/);
});
