import assert from 'node:assert/strict';
import test from 'node:test';
import { PicksWidget } from '../../../web/host/picks_widget.js';

const [A, B, C] = ['a', 'b', 'c'].map((letter) => letter.repeat(16));

/** A widget, and what was noticed of edits in it. */
function made() {
  const edits = [];
  const widget = { value: '', callback: () => {} };
  const picks = new PicksWidget(
    () => widget,
    () => edits.push(widget.value),
  );
  const set = (text) => {
    widget.value = text;
    widget.callback(text);
  };
  return { widget, picks, edits, set };
}

test('what is written by hand is an edit, what is ours is none', () => {
  const { widget, picks, edits, set } = made();
  set('1-3');
  picks.write([A, B]);
  assert.equal(widget.value, `#${A}, #${B}`);
  set('2');
  assert.deepEqual(edits, ['1-3', '2']);
});

test('a text of ours that comes back late is put right, however late', () => {
  const { widget, picks, edits, set } = made();
  for (const ids of [[A], [A, B], [A, B, C]]) picks.write(ids);
  const latest = widget.value;
  for (const late of [`#${A}`, `#${A}`, `#${A}, #${B}`]) {
    set(late);
    assert.equal(widget.value, latest);
  }
  set(latest);
  assert.deepEqual(edits, []);
});

test('once the latest is back, an older text of ours is an edit like any other', () => {
  const { widget, picks, edits, set } = made();
  picks.write([A]);
  picks.write([B]);
  set(`#${B}`);
  set(`#${A}`);
  assert.deepEqual([edits, widget.value], [[`#${A}`], `#${A}`]);
});

test('after an edit by hand none of ours is on its way', () => {
  const { picks, edits, set } = made();
  picks.write([A]);
  picks.write([B]);
  for (const text of ['1', '', `#${A}`]) set(text);
  assert.deepEqual(edits, ['1', '', `#${A}`]);
});

test('an older text of ours that someone pastes is an edit', () => {
  const { widget, picks, edits, set } = made();
  picks.write([A]);
  picks.write([B]);
  globalThis.document = { activeElement: { matches: () => true } };
  try {
    set(`#${A}`);
  } finally {
    delete globalThis.document;
  }
  assert.deepEqual([edits, widget.value], [[`#${A}`], `#${A}`]);
});

test('a node that is gone notices nothing', () => {
  const { picks, edits, set } = made();
  picks.open = false;
  set('1');
  assert.deepEqual(edits, []);
});

test('the text is read against the frames, or by itself where there are none', () => {
  const { widget, picks } = made();
  const frames = [{ number: 1, id: A, seed: null, values: {} }];
  widget.value = '1';
  assert.deepEqual(picks.read(frames), { ids: [A], fault: '' });
  assert.deepEqual(picks.read([]), { ids: null, fault: '' });
  widget.value = '1-';
  assert.equal(picks.read(frames).ids, null);
  assert.notEqual(picks.read([]).fault, '');
});

test('a node without the widget has no picks', () => {
  const picks = new PicksWidget(
    () => undefined,
    () => assert.fail(),
  );
  picks.write([A]);
  assert.equal(picks.text, '');
});
