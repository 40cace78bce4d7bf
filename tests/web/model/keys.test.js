import assert from 'node:assert/strict';
import test from 'node:test';
import { command } from '../../../web/model/keys.js';

const pressed = (key, more = {}) =>
  command({
    key,
    code: '',
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    ...more,
  });
const TABLE = [
  ['p', {}, { name: 'pick', advance: false }],
  ['P', { shiftKey: true }, { name: 'pick', advance: true }],
  ['x', {}, { name: 'reject', advance: false }],
  ['u', {}, { name: 'unflag', advance: false }],
  ['4', { code: 'Digit4' }, { name: 'stars', stars: 4, advance: false }],
  ['"', { code: 'Digit2', shiftKey: true }, { name: 'stars', stars: 2, advance: true }],
  ['é', { code: 'Digit2' }, { name: 'stars', stars: 2, advance: false }],
  ['0', { code: 'Numpad0' }, { name: 'stars', stars: 0, advance: false }],
  ['6', { code: 'Digit6' }, null],
  ['ArrowDown', {}, { name: 'move', to: 'down' }],
  ['Home', { ctrlKey: true }, { name: 'move', to: 'first' }],
  ['End', {}, { name: 'move', to: 'row end' }],
  ['z', {}, { name: 'loupe' }],
  ['z', { ctrlKey: true }, { name: 'undo' }],
  ['Z', { metaKey: true, shiftKey: true }, { name: 'redo' }],
  ['a', { ctrlKey: true }, { name: 'pick all' }],
  ['a', {}, { name: 'set A' }],
  [' ', {}, { name: 'flip' }],
  ['ArrowLeft', { altKey: true }, { name: 'reorder', by: -1 }],
  ['Enter', {}, { name: 'continue' }],
  ['?', { shiftKey: true }, { name: 'keys' }],
  ['Tab', {}, null],
  ['s', { ctrlKey: true }, null],
  ['q', {}, null],
];

for (const [key, more, expected] of TABLE) {
  test(`key ${JSON.stringify(key)} ${JSON.stringify(more)}`, () =>
    assert.deepEqual(pressed(key, more), expected));
}
