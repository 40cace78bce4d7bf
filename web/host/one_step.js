/* Changes of the graph as one step of the host's undo. */

import { noteChange, rootOf } from './graph.js';

const TURN = 50; // milliseconds
const TURNS = 12;

/**
 * The host notices nothing until the change is done, and then all of it at once.
 * @template T
 * @param {import('./graph.js').Host} host
 * @param {() => T | Promise<T>} change may wait for `measured`
 */
export async function oneStep(host, change) {
  noteChange(host); // what someone did before stays a step of its own
  // This one and no other, should another workflow be opened meanwhile: the tracker counts.
  const tracker = host.app.extensionManager?.workflow?.activeWorkflow?.changeTracker;
  tracker?.beforeChange?.();
  try {
    return await change();
  } finally {
    inOrder(host);
    tracker?.afterChange?.();
  }
}

/** The host counts the order of nodes anew when it loads a step, and in 1.32 another order is a
 * change: undo would never come past it.
 * @param {import('./graph.js').Host} host */
function inOrder(host) {
  for (const graph of new Set([rootOf(host), host.app.canvas?.graph]))
    graph?.updateExecutionOrder?.();
}

/** When new nodes have their sizes: Nodes 2.0 gives them once it has drawn them.
 * @param {any[]} nodes */
export async function measured(nodes) {
  const sizes = () => nodes.map(({ size }) => [...size].map(Math.round)).join();
  await new Promise((then) => requestAnimationFrame(then));
  for (let turn = 0, last = ''; turn < TURNS && last !== sizes(); turn += 1) {
    last = sizes();
    await new Promise((then) => setTimeout(then, TURN));
  }
}
