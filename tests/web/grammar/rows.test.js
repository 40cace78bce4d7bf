// The same table as tests/core/grammar/test_rows.py.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { columnOf, fileNamed, readTable } from '../../../web/grammar/rows.js';

const { files, read } = JSON.parse(
  readFileSync(new URL('../../data/rows.json', import.meta.url), 'utf8'),
);
const plain = (value) => (typeof value === 'bigint' ? Number(value) : value);

/** What a table says, as the table of tests writes it; of a fault also what stands there. */
function told(text) {
  const name = fileNamed(text);
  if (name && !(name in files)) return { error: `table: no ${name}` };
  const source = name ? files[name] : text;
  try {
    const table = readTable(source, name ? `@${name}` : 'table');
    const columns = table.columns.map((each, at) => [each, columnOf(table, at).map(plain)]);
    return Object.fromEntries(columns);
  } catch ({ message, start, end }) {
    return { error: message, at: source.slice(start, end) };
  }
}

for (const [text, expected] of read)
  test(`table ${JSON.stringify(text).slice(0, 80)}`, () => {
    const found = told(text);
    const { error } = expected;
    if (error?.endsWith('*')) assert.ok(found.error.startsWith(error.slice(0, -1)), found.error);
    else assert.deepEqual(found, expected);
  });

test('whole numbers keep every digit, others their point', () => {
  const table = readTable('[{"a": 18446744073709551615, "b": 1.0}]');
  assert.deepEqual(table.rows, [[18446744073709551615n, 1]]);
});

test('a long table is read at once', () => {
  const row = `"a ${'wide '.repeat(390)}sea";7`;
  const text = ['prompt;seed', ...Array.from({ length: 3000 }, () => row)].join('\n');
  const began = performance.now();
  assert.equal(readTable(text).rows.length, 3000);
  assert.ok(performance.now() - began < 5000);
});

test('a quote in JSON that is never closed is refused at once', () => {
  const began = performance.now();
  for (const text of ['a quiet harbour with many boats '.repeat(99), '\\n\\u00e9'.repeat(9999)])
    for (const end of ['', '\n"}]', '\\x"}]', '"}', '": [{"b": "', '": ["\\x"]}]'])
      assert.throws(() => readTable(`[{"${text}${end}`), { message: /^table: / });
  assert.ok(performance.now() - began < 2000);
});

test('a long text in JSON is read at once', () => {
  const text = 'wide \\n'.repeat(200_000);
  const { rows } = readTable(`[{"a": "${text}"}]`);
  assert.equal(rows[0][0].length, 1_200_000);
});
