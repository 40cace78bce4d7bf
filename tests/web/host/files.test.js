import assert from 'node:assert/strict';
import test from 'node:test';
import { inputUrl } from '../../../web/host/files.js';

const host = { app: {}, api: { apiURL: (path) => `/api${path}` }, isOutput: () => false };

for (const [name, folder, filename, subfolder, type] of [
  ['a.png', undefined, 'a.png', '', 'input'],
  ['a/b c/d&e.png', undefined, 'd&e.png', 'a/b c', 'input'],
  ['a\\b.png', undefined, 'b.png', 'a', 'input'],
  ['c.png [output]', undefined, 'c.png', '', 'output'],
  ['a/c.png [temp]', undefined, 'c.png', 'a', 'temp'],
  ['c.png [input]', 'output', 'c.png', '', 'input'],
  ['c.png', 'output', 'c.png', '', 'output'],
  ['c [1].png', undefined, 'c [1].png', '', 'input'],
])
  test(`the address of ${name}`, () => {
    const url = new URL(inputUrl(host, name, folder), 'http://host');
    assert.equal(url.pathname, '/api/view');
    assert.deepEqual(Object.fromEntries(url.searchParams), { filename, subfolder, type });
  });
