// The same table as tests/core/test_manifest.py.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { shared } from '../../../web/model/frame_facts.js';
import { exact, parseExactly, shortened, written } from '../../../web/model/labels.js';
import { fromManifest, readFrame } from '../../../web/model/sweep.js';
import { words } from '../../../web/grammar/words.js';
import { manifest } from '../manifest.js';

const source = readFileSync(new URL('../../data/labels.json', import.meta.url), 'utf8');
const rounded = JSON.parse(source); // as the host's page parses what the server sends
const digits = parseExactly(source);

for (const [at, [name, value, text]] of rounded.written.entries()) {
  test(`what all share: ${name} ${digits.written[at][1]}`, () => {
    const sweep = fromManifest({ constants: { [name]: value }, labels: { [name]: text } });
    assert.deepEqual(shared(readFrame({ id: 'a' }, 0), sweep), [[name, text]]);
  });
}

for (const [at, [values, labels]] of rounded.frames.entries()) {
  test(`a frame's own: ${JSON.stringify(digits.frames[at])}`, () => {
    const frame = readFrame({ id: 'a', values, labels, seed: values.seed }, 0);
    for (const [name, value] of Object.entries(digits.frames[at][0]))
      assert.equal(written(name, frame.values[name], frame.labels), labels[name] ?? String(value));
    if (values.seed) assert.equal(frame.seed, String(digits.frames[at][0].seed));
  });
}

for (const [labels, short] of rounded.seeds) {
  test(`seeds ${labels.join()}`, () => assert.deepEqual(shortened(labels), short));
}

for (const [text, cut] of rounded.words) {
  test(`words of ${JSON.stringify(text)}`, () => assert.deepEqual(words(text), cut));
}

test('only a number that lost digits becomes its label', () => {
  assert.equal(exact(2 ** 60, '1152921504606846977'), '1152921504606846977');
  assert.equal(exact(2 ** 60, undefined), 2 ** 60);
  assert.equal(exact(1e30, '1e+30'), 1e30);
  assert.equal(exact(7, '7.0'), 7);
});

test('JSON keeps its digits, and its texts as they are', () => {
  const texts = [
    '18446744073709551615',
    'a\\" 18446744073709551615',
    ': 12345678901234567890,',
    '\\',
  ];
  assert.deepEqual(parseExactly(JSON.stringify(texts)), texts);
  const numbers = '{"a": 18446744073709551615, "b": [-9007199254740993, 9007199254740991, 1.5e30]}';
  const [a, b] = ['18446744073709551615', ['-9007199254740993', 9007199254740991, 1.5e30]];
  assert.deepEqual(parseExactly(numbers), { a, b });
});

test('a frame of the test manifest says what it says', () => {
  const { frames } = fromManifest(manifest(2, 2));
  assert.deepEqual(frames.map((frame) => frame.caption)[3], 'prompt 2 · seed 1002');
});
