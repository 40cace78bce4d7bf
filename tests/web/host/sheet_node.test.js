import assert from 'node:assert/strict';
import test from 'node:test';
import { openMarks, openSweep, packedSweep, stateOf } from '../../../web/host/saved_state.js';
import { SheetNode } from '../../../web/host/sheet_node.js';
import { checkStore } from '../../../web/host/store_check.js';
import { SheetModel } from '../../../web/model/sheet_model.js';
import { manifest } from '../manifest.js';

const shown = (given = manifest(2, 2)) => {
  const model = new SheetModel();
  model.show(given, 'finished');
  return model;
};
const stateNow = (model, made = null) =>
  JSON.parse(JSON.stringify(stateOf(model, packedSweep(model), made)));

/** A node of the host with the widgets that count. */
function nodeWith(picks = '', properties = undefined) {
  const values = { picks, columns: 0, captions: 'varying' };
  const widgets = Object.entries(values).map(([name, value]) => ({ name, value }));
  return { widgets, properties };
}

const host = (there = () => true) => ({
  exists: async (file) => there(file),
  changed: () => {},
  widget: (node, name) => node.widgets.find((widget) => widget.name === name),
});

test('what is saved opens again: the sweep, the marks, the lost picks', () => {
  const model = shown();
  const [a, b, c, d] = model.frames.map((frame) => frame.id);
  model.marks.pick([b, a], '');
  model.marks.toggleReject(c, '');
  model.marks.rate(d, 4, '');
  model.lose(a);
  const state = stateNow(model, { 8: {} });
  const again = new SheetModel();
  assert.equal(openSweep(again, state), true);
  openMarks(again, state, [b, a]);
  assert.deepEqual(again.sweep, model.sweep);
  assert.equal(again.phase, 'reopened');
  assert.deepEqual(again.marks.state, model.marks.state);
  assert.deepEqual([again.marks.past, [...again.lost], state.made], [[], [a], { 8: {} }]);
  assert.equal(openSweep(again, state), false);
});

test('marks that are the same keep their history', () => {
  const model = shown();
  model.marks.pick([model.frames[0].id], 'pick');
  openMarks(model, stateNow(model), model.marks.picks);
  assert.equal(model.marks.past.length, 1);
});

test('a sheet saved in mid-run was stopped', () => {
  const model = new SheetModel();
  openSweep(model, { sheet: packedSweep(shown(manifest(1, 3, 'waiting'))) });
  assert.equal(model.phase, 'stopped');
});

test('the store is asked for every frame', async () => {
  const model = shown();
  model.frames[1].status = 'waiting';
  model.phase = 'stopped';
  const gone = model.frames[2].thumb.filename;
  await checkStore(model, async (file) => file.filename !== gone);
  const statuses = model.frames.map((frame) => frame.status);
  assert.deepEqual(statuses, ['done', 'done', 'gone', 'done']);
  assert.deepEqual([model.phase, model.reading], ['reopened', false]);
});

test('a check ends where another sweep is shown', async () => {
  const model = shown();
  const asked = [];
  await checkStore(model, async (file) => {
    asked.push(file.filename);
    model.show(manifest(1, 3), 'finished');
    return false;
  });
  assert.equal(model.count('done'), 3);
});

test('a node opens what was saved with it, and saves what changes', async () => {
  const model = shown();
  const [a, b] = model.frames.map((frame) => frame.id);
  model.marks.rate(b, 3, '');
  const node = nodeWith('1', { proofsheet: stateNow(model) });
  const opened = new SheetModel();
  const view = new SheetNode(node, opened, host());
  assert.deepEqual([opened.marks.picks, opened.marks.stars(b)], [[a], 3]);
  opened.marks.togglePick(b, '');
  opened.marked();
  assert.equal(node.widgets[0].value, `#${a}, #${b}`);
  assert.deepEqual(node.properties.proofsheet.stars, { [b]: 3 });
  view.dispose();
});

test('a sheet that opens as it was notes no change; each pick is one', () => {
  const model = shown();
  const [a, b] = model.frames.map((frame) => frame.id);
  let changes = 0;
  const node = nodeWith(`#${a}`, { proofsheet: stateNow(model) });
  const opened = new SheetModel();
  const view = new SheetNode(node, opened, { ...host(), changed: () => (changes += 1) });
  assert.equal(changes, 0);
  opened.marks.togglePick(b, '');
  opened.marked();
  assert.equal(changes, 1);
  opened.marked();
  assert.equal(changes, 1);
  view.dispose();
});

test('the marks follow the text, a fault leaves them; a text that says the same stays', () => {
  const node = nodeWith();
  const model = shown();
  const view = new SheetNode(node, model, host());
  const [picks] = node.widgets;
  const write = (text) => {
    picks.value = text;
    picks.callback(text);
  };
  write('2, 1');
  const [a, b] = model.frames.map((frame) => frame.id);
  assert.deepEqual(model.marks.picks, [b, a]);
  write('2, 9');
  assert.deepEqual([model.marks.picks, picks.value], [[b, a], '2, 9']);
  assert.match(model.fault, /no frame 9/);
  write('2,1');
  model.marked();
  assert.deepEqual([picks.value, model.fault], ['2,1', '']);
  view.dispose();
  write('3');
  assert.deepEqual(model.marks.picks, [b, a]);
});

test('numbers mean the frames of the newest sweep', () => {
  const node = nodeWith('1');
  const model = shown();
  const view = new SheetNode(node, model, host());
  const other = manifest(1, 3);
  for (const frame of other.frames) frame.id = frame.id.replace(/^0/, 'f');
  model.show(other, 'finished');
  assert.deepEqual(model.marks.picks, [other.frames[0].id]);
  node.widgets[1].value = 2;
  node.widgets[1].callback(2);
  assert.equal(model.columns, 2);
  view.dispose();
});
