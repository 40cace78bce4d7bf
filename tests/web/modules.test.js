import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import test from 'node:test';

const WEB = new URL('../../web/', import.meta.url);
const modules = readdirSync(WEB, { recursive: true }).filter(
  (name) => name.endsWith('.js') && name !== 'main.js', // which imports the host's scripts
);

for (const name of modules) {
  test(`${name} loads without a page`, async () => {
    assert.ok(await import(new URL(name.replaceAll('\\', '/'), WEB)));
  });
}
