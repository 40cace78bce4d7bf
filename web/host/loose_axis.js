/* A new axis node beside a Sweep, left to be linked. */

import { say } from '../common/texts.js';
import { leftOf } from './axis_beside.js';
import { goTo } from './go_to.js';
import { pathOf } from './graph.js';
import { measured, oneStep } from './one_step.js';

/** @param {import('./sweep_node.js').SweepNode} sweep @param {string} type */
export async function addLoose({ host, node, face }, type) {
  const made = /** @type {any} */ (globalThis).LiteGraph.createNode(type);
  if (!made) return;
  await oneStep(host, async () => {
    node.graph.add(made);
    await measured([made]);
    made.pos = leftOf(made, node, node.pos[1]);
  });
  goTo(host, [pathOf(host, made) ?? '']);
  face.tell(say('linkAxis', { title: made.title }));
}
