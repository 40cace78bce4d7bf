/* Leading the eye to nodes: the graph that they are in is opened, they are selected and in the
   middle. */

import { nodeAt } from './graph.js';

/** @param {import('./graph.js').Host} host @param {string[]} ids */
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

/** @param {{pos: ArrayLike<number>, size: ArrayLike<number>}[]} nodes */
function boxOf(nodes) {
  const [left, top] = [0, 1].map((at) => Math.min(...nodes.map(({ pos }) => pos[at])));
  const [right, bottom] = [0, 1].map((at) =>
    Math.max(...nodes.map(({ pos, size }) => pos[at] + size[at])),
  );
  return { pos: [left, top], size: [right - left, bottom - top] };
}
