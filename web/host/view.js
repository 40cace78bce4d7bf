/* Bringing a node into sight. */

/** Selected, and in the middle if it is not in sight.
 * @param {import('./graph.js').Host} host @param {any} node */
export function show({ app }, node) {
  const { canvas } = app;
  if (canvas.graph !== node.graph) return;
  canvas.selectItems([node]);
  if (!isInSight(canvas, node)) canvas.centerOnNode(node);
  canvas.setDirty(true, true);
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
