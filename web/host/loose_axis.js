/* A new axis node beside a Sweep, left to be linked. */

import { say } from '../common/texts.js';
import { freePlace } from '../model/beside.js';
import { goTo } from './go_to.js';
import { pathOf } from './graph.js';
import { measured, oneStep } from './one_step.js';

const TITLE = 30; // of a node, above its place
const GAP = 60;

/** @param {import('./sweep_node.js').SweepNode} sweep @param {string} type */
export async function addLoose({ host, node, face }, type) {
  const made = /** @type {any} */ (globalThis).LiteGraph.createNode(type);
  if (!made) return;
  await oneStep(host, async () => {
    node.graph.add(made);
    await measured();
    made.pos = placeFor(made, node);
  });
  goTo(host, [pathOf(host, made) ?? '']);
  face.tell(say('linkAxis', { title: made.title }));
}

/** @param {any} made @param {any} node @returns {[number, number]} */
function placeFor(made, node) {
  const [width, height] = made.size;
  const others = node.graph.nodes.filter((/** @type {any} */ each) => each !== made);
  const wanted = { x: node.pos[0] - width - GAP, y: node.pos[1] - TITLE, width, height };
  const { x, y } = freePlace({ ...wanted, height: height + TITLE }, others.map(boxOf));
  return [x, y + TITLE];
}

/** @param {any} node */
const boxOf = ({ pos, size }) => ({
  x: pos[0],
  y: pos[1] - TITLE,
  width: size[0],
  height: size[1] + TITLE,
});
