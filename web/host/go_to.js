/* Leading the eye to nodes. */

import { nodeAt } from './graph.js';

/** The graph that they are in is opened; they are selected, and in the middle.
 * @param {import('./graph.js').Host} host @param {string[]} ids */
export function goTo(host, ids) {
  const { canvas } = host.app;
  const [first, ...others] = ids.map((id) => nodeAt(host, id)).filter(Boolean);
  if (!first || !canvas) return;
  if (canvas.graph !== first.graph) canvas.setGraph(first.graph);
  const nodes = [first, ...others.filter((node) => node.graph === first.graph)];
  canvas.selectItems?.(nodes);
  canvas.centerOnNode(boxOf(nodes));
  canvas.setDirty(true, true);
}

/** Selected, and in the middle if it is not in sight.
 * @param {import('./graph.js').Host} host @param {any} node */
export function show({ app }, node) {
  const { canvas } = app;
  if (canvas.graph !== node.graph) return;
  canvas.selectItems([node]);
  if (!isInSight(canvas, node)) canvas.centerOnNode(node);
  canvas.setDirty(true, true);
}

/** @param {{pos: ArrayLike<number>, size: ArrayLike<number>}[]} nodes */
function boxOf(nodes) {
  const [left, top] = [0, 1].map((at) => Math.min(...nodes.map(({ pos }) => pos[at])));
  const [right, bottom] = [0, 1].map((at) =>
    Math.max(...nodes.map(({ pos, size }) => pos[at] + size[at])),
  );
  return { pos: [left, top], size: [right - left, bottom - top] };
}

/** @param {any} canvas @param {any} node */
function isInSight({ ds, canvas }, { pos, size }) {
  const { clientWidth, clientHeight } = canvas;
  const ends = [pos, [pos[0] + size[0], pos[1] + size[1]]];
  return ends.every(([x, y]) => {
    const [left, top] = [(x + ds.offset[0]) * ds.scale, (y + ds.offset[1]) * ds.scale];
    return left >= 0 && top >= 0 && left <= clientWidth && top <= clientHeight;
  });
}
