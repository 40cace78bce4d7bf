import assert from 'node:assert/strict';
import test from 'node:test';
import { FIT, actual, fitScale, panned, placed, shown, zoomAt } from '../../../web/window/zoom.js';

const pane = { width: 800, height: 600 };
const picture = { width: 512, height: 512 };
const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-6, `${a} is not ${b}`);

/** The point of the picture, 0..1, that a point of the pane shows. */
const under = (view, at) => {
  const { left, top, width, height } = placed(view, pane, picture);
  return { x: (at.x - left) / width, y: (at.y - top) / height };
};

test('fit fills the shorter side and is in the middle', () => {
  near(fitScale(pane, picture), 600 / 512);
  assert.deepEqual(placed(FIT, pane, picture), {
    left: 100,
    top: 0,
    width: 600,
    height: 600,
    scale: 600 / 512,
  });
});

test('the point under the pointer stays', () => {
  const at = { x: 500, y: 250 };
  const closer = zoomAt(FIT, 4, at, pane, picture);
  near(under(closer, at).x, under(FIT, at).x);
  near(under(closer, at).y, under(FIT, at).y);
  const closest = zoomAt(closer, 1.7, { x: 300, y: 200 }, pane, picture);
  near(under(closest, { x: 300, y: 200 }).x, under(closer, { x: 300, y: 200 }).x);
});

test('one to one shows a pixel as a pixel', () =>
  near(placed(actual(FIT, pane, picture), pane, picture).scale, 1));

test('all the way out is fit again, wherever one was', () => {
  const view = zoomAt(
    zoomAt(FIT, 6, { x: 700, y: 100 }, pane, picture),
    1 / 6,
    { x: 90, y: 500 },
    pane,
    picture,
  );
  assert.deepEqual([view.x, view.y], [0.5, 0.5]);
});

test('panning follows the pointer and leaves no empty edge', () => {
  const view = zoomAt(FIT, 4, { x: 400, y: 300 }, pane, picture);
  const moved = panned(view, 30, -20, pane, picture);
  near(under(moved, { x: 430, y: 280 }).x, under(view, { x: 400, y: 300 }).x);
  const { left, top, width, height } = placed(
    panned(view, 99999, -99999, pane, picture),
    pane,
    picture,
  );
  near(left, 0);
  near(top + height, pane.height);
  assert.ok(width > pane.width);
});

test('the map shows the part in view', () => {
  assert.deepEqual(shown(FIT, pane, picture), { left: 0, top: 0, width: 1, height: 1 });
  const part = shown(zoomAt(FIT, 4, { x: 400, y: 300 }, pane, picture), pane, picture);
  near(part.width, 800 / 2400);
  near(part.height, 0.25);
});

test('one view serves pictures of another size', () => {
  const view = zoomAt(FIT, 3, { x: 200, y: 500 }, pane, picture);
  const large = { width: 1024, height: 1024 };
  assert.deepEqual(
    { ...placed(view, pane, large), scale: 0 },
    { ...placed(view, pane, picture), scale: 0 },
  );
});
