import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { numberItem, run, textList } from '../../../web/grammar/value_text.js';
import { lineFor, valuesAt, withLine, withoutLine } from '../../../web/model/axis_lines.js';

const table = JSON.parse(
  readFileSync(new URL('../../data/axis_lines.json', import.meta.url), 'utf8'),
);

/** @param {{type: string, values: any[]}} row */
function written({ type, values }) {
  if (type === 'INT') return run(values[0], values[1], '-');
  return type === 'FLOAT'
    ? values.map((v) => numberItem(v, type)).join(', ')
    : textList(values.map(String));
}

for (const row of table)
  test(`the line for ${row.address}`, () => {
    const { axes, address, after } = row;
    assert.equal(withLine(axes, address, written(row)), after);
    const line = lineFor(after, address);
    assert.equal(valuesAt(after, line), written(row));
    if (!lineFor(axes, address)) assert.equal(withoutLine(after, line), axes);
  });

test('only the line is taken out', () => {
  const axes = '# one\r\n cfg = 4 \r\nsteps = 20';
  assert.equal(withoutLine(axes, 2), '# one\r\nsteps = 20');
  assert.equal(withoutLine(axes, 3), '# one\r\n cfg = 4 ');
  assert.equal(withoutLine('cfg = 4', 1), '');
});

test('comments and faulty lines name nothing', () => {
  for (const axes of ['# cfg = 4', '#\tcfg = 4', '## cfg = 4', 'cfg', '"cfg = 4', 'cfg.x = 4'])
    assert.equal(lineFor(axes, 'cfg'), 0, axes);
  assert.equal(lineFor('#5.cfg = 4', '#5.cfg'), 1);
});

test('runs of other widgets than seeds', () => {
  assert.equal(run(5, 4, '..'), '5..8');
  assert.equal(run(7, 1, '-'), '7');
  assert.equal(run('1125899906842625', 2, '-'), '1125899906842625-1125899906842626');
});
