import assert from 'node:assert/strict';
import test from 'node:test';
import { SheetModel } from '../../../web/model/sheet_model.js';
import { Pointer } from '../../../web/sheet/pointer.js';
import { manifest } from '../manifest.js';

/** As much of an element as gestures ask for. */
globalThis.Element = class {
  constructor(kind, data) {
    this.kind = kind;
    this.dataset = data;
  }

  closest(selectors) {
    return selectors.split(', ').includes(this.kind) ? this : null;
  }
};

/** A sheet of two rows and three columns; a pointer at x is over frame x, from 0. */
function sheet() {
  const model = new SheetModel();
  model.show(manifest(2, 3), 'finished');
  const cells = model.frames.map((_, index) => new Element('.ps-cell', { index: String(index) }));
  const page = new EventTarget();
  page.elementFromPoint = (x) => cells[x] ?? null;
  globalThis.document = page;
  const element = Object.assign(new EventTarget(), {
    ownerDocument: page,
    contains: () => true,
    setPointerCapture: () => {},
  });
  const grid = { model, element, rows: { cells: new Map() }, arrangement: { lines: 1 } };
  const performed = [];
  new Pointer(grid, (name, index) => performed.push([name, index]));
  let now = 10_000;
  const send = (to, name, target, more = {}) => {
    const event = Object.assign(new Event(name), { button: 0, pointerId: 1, detail: 1, ...more });
    if (target) Object.defineProperty(event, 'target', { value: target });
    Object.defineProperty(event, 'timeStamp', { value: now });
    to.dispatchEvent(event);
  };
  return {
    model,
    performed,
    picks: () => model.marks.picks.map((id) => model.indexOf(id)),
    steps: () => model.marks.past.length,
    wait: (milliseconds) => {
      now += milliseconds;
    },
    click: (index, more = {}) => {
      send(element, 'pointerdown', cells[index], more);
      send(page, 'pointerup', null, more);
      send(element, 'click', cells[index], more);
    },
    clickOn: (kind, data) => send(element, 'click', new Element(kind, data)),
    press: (index, more = {}) => send(element, 'pointerdown', cells[index], more),
    over: (...indices) => {
      for (const index of indices) send(page, 'pointermove', null, { clientX: index });
    },
    release: () => {
      send(page, 'pointerup');
      send(element, 'click', new Element('.ps-sheet', {})); // its capture makes it the sheet's own
    },
    cancel: () => send(page, 'pointercancel'),
  };
}

test('a click picks and takes back, and stays where it is', () => {
  const { model, click, wait, picks } = sheet();
  model.advance = true;
  click(1);
  assert.deepEqual([picks(), model.focus], [[1], 1]);
  wait(1000);
  click(1);
  assert.deepEqual([picks(), model.focus], [[], 1]);
});

test('a double click looks closely and leaves no step', () => {
  const { click, wait, picks, steps, performed } = sheet();
  click(4);
  wait(1000);
  click(2);
  wait(200);
  click(2, { detail: 2 });
  assert.deepEqual([picks(), steps(), performed], [[4], 1, [['loupe', 2]]]);
  wait(200);
  click(2, { detail: 3 }); // a third click is a first one again
  assert.deepEqual([picks(), performed.length], [[4, 2], 1]);
});

test('Shift and a click pick up to there, in the order from the first to the second', () => {
  const there = sheet();
  there.click(4);
  there.click(2, { shiftKey: true });
  assert.deepEqual(there.picks(), [4, 3, 2]);
  there.click(5, { shiftKey: true });
  assert.deepEqual(there.picks(), [4, 3, 2, 5]);
});

test('a drag picks every frame it crosses, in one step', () => {
  const { press, over, release, picks, steps } = sheet();
  press(0);
  over(0, 0);
  assert.deepEqual(picks(), []);
  over(1, 1, 2, 0, 5);
  release();
  assert.deepEqual([picks(), steps()], [[0, 1, 2, 5], 1]);
  over(3, 4);
  assert.deepEqual(picks(), [0, 1, 2, 5]);
});

test('a drag that is taken away ends, and the next one is a step of its own', () => {
  const { press, over, release, cancel, picks, steps, click } = sheet();
  press(0);
  over(1);
  cancel();
  over(2);
  assert.deepEqual([picks(), steps()], [[0, 1], 1]);
  press(3);
  over(4);
  release();
  assert.deepEqual([picks(), steps()], [[0, 1, 3, 4], 2]);
  press(2);
  over(5);
  cancel();
  click(0);
  assert.deepEqual([picks(), steps()], [[1, 3, 4, 2, 5], 4]);
});

test('fingers scroll, and other buttons and Shift drag nothing', () => {
  const { press, over, picks } = sheet();
  for (const more of [{ pointerType: 'touch' }, { button: 2 }, { shiftKey: true }]) {
    press(0, more);
    over(1, 2);
    assert.deepEqual(picks(), []);
  }
});

test('a click on a header shows its row or column', () => {
  const { model, clickOn } = sheet();
  clickOn('.ps-colhead', { column: '1' });
  assert.deepEqual(model.shown, [1, 4]);
  clickOn('.ps-colhead', { column: '1' });
  clickOn('.ps-rowhead', { row: '1' });
  assert.deepEqual(model.shown, [3, 4, 5]);
});
