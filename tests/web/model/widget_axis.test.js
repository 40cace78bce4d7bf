import assert from 'node:assert/strict';
import test from 'node:test';
import {
  axisOf,
  choicesAxis,
  choicesOf,
  isSeed,
  isValue,
  specOf,
  takesLinks,
} from '../../../web/model/widget_axis.js';

// As /object_info of the hosts 0.3.75 and 0.33.0 tells them, shortened.
const SAMPLER = {
  input: {
    required: {
      model: ['MODEL', { tooltip: 'The model' }],
      seed: ['INT', { default: 0, min: 0, max: 2 ** 64, control_after_generate: true }],
      steps: ['INT', { default: 20, min: 1, max: 10000 }],
      cfg: ['FLOAT', { default: 8, min: 0, max: 100, step: 0.1, round: 0.01 }],
      sampler_name: [['euler', 'dpmpp_2m'], {}],
    },
  },
};
const LOAD = {
  input: {
    required: { image: [['castle.png', 'a, b.png'], { image_upload: true }] },
    optional: { mode: ['COMBO', { options: ['fit', 'fill'] }] },
  },
};
const RESIZE = {
  input: {
    required: {
      resize_type: [
        'COMFY_DYNAMICCOMBO_V3',
        {
          options: [
            { key: 'by', inputs: { required: { multiplier: ['FLOAT', { min: 0.01 }] } } },
            { key: 'to', inputs: { required: { width: ['INT', { min: 0 }] }, optional: {} } },
          ],
        },
      ],
    },
  },
};
const spec = (def, name) => specOf(def, name);

test('what a class declares', () => {
  assert.deepEqual(spec(SAMPLER, 'steps'), ['INT', { default: 20, min: 1, max: 10000 }]);
  assert.equal(spec(RESIZE, 'resize_type.width')[0], 'INT');
  assert.equal(spec(RESIZE, 'resize_type.height'), null);
  assert.equal(spec(LOAD, 'upload'), null);
  assert.equal(spec(undefined, 'seed'), null);
  assert.equal(isValue(spec(SAMPLER, 'model')), false);
  assert.deepEqual(choicesOf(spec(LOAD, 'mode')), ['fit', 'fill']);
  assert.deepEqual(choicesOf(spec(RESIZE, 'resize_type')), ['by', 'to']);
  assert.equal(choicesOf(spec(SAMPLER, 'cfg')), null);
});

test('what takes no link', () => {
  const takes = (def, name) => takesLinks(name, spec(def, name));
  assert.equal(takes(SAMPLER, 'sampler_name'), true);
  assert.equal(takes(LOAD, 'mode'), true);
  assert.equal(takes(LOAD, 'image'), false);
  assert.equal(takes(RESIZE, 'resize_type'), false);
  assert.equal(takes(RESIZE, 'resize_type.width'), false);
  for (const flag of ['video_upload', 'audio_upload', 'animated_image_upload'])
    assert.equal(takesLinks('file', [['a.mp4'], { [flag]: true }]), false);
});

test('a seed: four from this one', () => {
  assert.deepEqual(axisOf('seed', spec(SAMPLER, 'seed'), 1001), {
    node: 'ProofsheetSeedSweep',
    values: { seed: 1001, count: 4, mode: 'consecutive' },
    count: 4,
    line: '1001-1004',
  });
  assert.equal(
    axisOf('seed', ['INT', {}], 1125899906842624).line,
    '1125899906842624-1125899906842627',
  );
  assert.equal(axisOf('rnd', ['INT', { control_after_generate: true }], 7).line, '7..10');
  assert.equal(isSeed('noise_seed', ['INT', {}]), true);
  assert.equal(isSeed('steps', spec(SAMPLER, 'steps')), false);
  assert.equal(isSeed('seed', ['STRING', {}]), false);
});

test('a text of several lines is one prompt', () => {
  const text = 'a {cat}\n# with --no hat\n---';
  assert.deepEqual(axisOf('text', ['STRING', { multiline: true }], text), {
    node: 'ProofsheetPromptBatch',
    values: {
      prompts: '---\na \\{cat\\}\n\\# with \\--no hat\n\\---',
      negative: '',
      template: '{prompt}',
    },
    count: 1,
    line: null,
  });
  assert.equal(axisOf('text', ['STRING', { multiline: true }], 'a, b').line, '"a, b"');
  assert.equal(axisOf('text', ['STRING', { multiline: true }], '').count, null);
});

test('numbers, truths and texts', () => {
  const values = (name, type, value) => {
    const { node, values: written, count, line } = axisOf(name, [type, {}], value);
    assert.equal(node, 'ProofsheetValues');
    assert.equal(written.values, line);
    return [written.values, written.type, count];
  };
  assert.deepEqual(values('cfg', 'FLOAT', 7), ['7.0', 'float', 1]);
  assert.deepEqual(values('cfg', 'FLOAT', 0.30000000000000004), [
    '0.30000000000000004',
    'float',
    1,
  ]);
  assert.deepEqual(values('steps', 'INT', -3), ['-3', 'int', 1]);
  assert.deepEqual(values('hires', 'BOOLEAN', false), ['false, true', 'boolean', 2]);
  assert.deepEqual(values('prefix', 'STRING', 'a, b'), ['"a, b"', 'text', 1]);
  assert.deepEqual(values('prefix', 'STRING', ''), ['""', 'text', 1]);
});

test('choices', () => {
  const { values, count, line } = choicesAxis(['euler', 'a, b.png']);
  assert.deepEqual(values, { values: 'euler, "a, b.png"', type: 'text' });
  assert.equal(count, 2);
  assert.equal(line, 'euler, "a, b.png"');
});
