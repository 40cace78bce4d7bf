/* Control after generate of seeds: fixed at first, and in a Seed Sweep by as many as it makes. */

import { linkInto, widgetNamed } from './graph.js';

const OCCASIONS = ['beforeQueued', 'afterQueued'];
const STEPS = /** @type {Record<string, number>} */ ({ increment: 1, decrement: -1 });
const LARGEST = 2 ** 50; // of the seeds that the host makes

/** Hosts before 0.14 cannot say that a new node keeps its seed; saved ones keep their value.
 * @param {any} node */
export function fixSeed(node) {
  const control = widgetNamed(node, 'control_after_generate');
  if (control) control.value = 'fixed';
}

/** The next run starts after the last seed of this one: where the host has moved by one, it is
 * moved by all. @param {any} node a Seed Sweep */
export function moveByCount(node) {
  const control = widgetNamed(node, 'control_after_generate');
  for (const occasion of OCCASIONS) {
    const move = control?.[occasion];
    if (!move) continue;
    control[occasion] = (/** @type {any[]} */ ...given) => {
      const seed = widgetNamed(node, 'seed');
      const before = Number(seed.value);
      move.apply(control, given);
      if (Number(seed.value) === before || !(control.value in STEPS)) return;
      const next = before + STEPS[control.value] * countOf(node);
      seed.value = Math.min(LARGEST, Math.max(0, next));
      seed.callback?.(seed.value);
    };
  }
}

/** How many seeds it makes, as far as the page can tell. @param {any} node */
function countOf(node) {
  const slot = node.inputs?.findIndex((/** @type {any} */ { name }) => name === 'count') ?? -1;
  const link = slot < 0 ? null : linkInto(node, slot);
  const origin = link && node.graph?.getNodeById(link.origin_id);
  const count = Number((origin ?? node).widgets?.find(isCount(origin))?.value);
  return Number.isInteger(count) && count > 0 ? count : 1;
}

/** A primitive has one widget, whatever it is called. @param {any} origin */
const isCount =
  (origin) =>
  (/** @type {any} */ { name }) =>
    Boolean(origin) || name === 'count';
