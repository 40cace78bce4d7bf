/* Changes of the graph as one step of the host's undo. */

import { noteChange } from './graph.js';

const MEASURED = 80; // milliseconds: Nodes 2.0 gives a new node its size once it has drawn it

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
    tracker?.afterChange?.();
  }
}

/** When the host has drawn what is new. @returns {Promise<void>} */
export const measured = () =>
  new Promise((then) => {
    requestAnimationFrame(() => setTimeout(then, MEASURED));
  });
