// The same tables as tests/core/grammar/test_value_tables.py.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { lineValues, parseLines } from '../../../web/grammar/addresses.js';
import { label } from '../../../web/grammar/input_types.js';
import { seedList } from '../../../web/grammar/seeds.js';
import { valueList } from '../../../web/grammar/values.js';

const table = JSON.parse(readFileSync(new URL('../../data/values.json', import.meta.url), 'utf8'));

/** What is read, as the table writes it. */
function answer(read, head = '') {
  try {
    const found = read().map(label);
    if (found.length <= 12) return found;
    return { count: found.length, first: found.slice(0, 3), last: found.at(-1) };
  } catch (error) {
    const { start, end } = error;
    assert.ok(error.message.startsWith(head), error.message);
    return { error: error.message.slice(head.length), start, end };
  }
}

/** Faults of widgets have no place in a text. */
const expected = (told) =>
  told.error && !('start' in told) ? { ...told, start: 0, end: 0 } : told;

for (const [values, type, told] of table.values)
  test(`${type}: ${JSON.stringify(values)}`, () =>
    assert.deepEqual(
      answer(() => valueList({ values, type })),
      expected(told),
    ));

for (const [widgets, told] of table.seeds)
  test(`seeds: ${JSON.stringify(widgets)}`, () =>
    assert.deepEqual(
      answer(() => seedList(widgets)),
      expected(told),
    ));

test('a long value is cut between characters', () => {
  const read = () => valueList({ values: '🏰'.repeat(90), type: 'boolean' });
  assert.throws(read, { message: `Expected true or false, not '${'🏰'.repeat(79)}` });
});

test('a title loses the spaces around it, the name of an input keeps them', () => {
  const [{ address: titled }, { address: named }] = parseLines('" a " . b = 1\n" a " = 1');
  assert.deepEqual([titled, named], [{ word: 'a', input: 'b' }, { name: ' a ' }]);
});

for (const [written, name, told] of table.lines)
  test(`${name} = ${written}`, () => {
    const [type, low, high, choices, isOpen] = table.kinds[name];
    const [line] = parseLines(`x = ${written}`);
    const read = () => lineValues(line, { type, low, high, choices, isOpen }, name === 'seed', 'x');
    assert.deepEqual(answer(read, 'x: '), told);
  });
