/* The outputs of a Sweep Rows are headed by the names of its columns. Neither what is saved nor
   what is queued has them: the table says them. */

import { write } from '../common/dom.js';
import { namesIn } from '../grammar/rows.js';
import { writtenIn } from './graph.js';
import { chain, often } from './widget_slot.js';

const OUTPUT = 2; // to the host: which slots have other names

/** @type {WeakMap<any, {before: string | undefined, shown: string}>} by output */
const heads = new WeakMap();

/** @param {import('./graph.js').Host} host @param {any} node */
export function headOutputs(host, node) {
  let read = '';
  /** @type {string[]} */
  let names = [];
  const draw = () => {
    const text = String(writtenIn(node, 'table') ?? '');
    if (text !== read) names = namesIn(text);
    read = text;
    if (node.graph) show(node, names);
    if (node.graph && node.graph === host.app.canvas?.graph) drawSlots(node);
  };
  often(node, draw);
  chain(node, 'onConfigure', draw);
  const { onSerialize } = node;
  node.onSerialize = (/** @type {any} */ saved) => {
    onSerialize?.call(node, saved);
    for (const [at, output] of (saved.outputs ?? []).entries()) {
      const head = heads.get(node.outputs[at]);
      if (head) Object.assign(output, { localized_name: head.before });
    }
  };
}

/** @param {any} node @param {string[]} names */
function show(node, names) {
  const changed = node.outputs.filter((/** @type {any} */ output, /** @type {number} */ at) =>
    setHead(output, names[at]),
  );
  if (!changed.length) return;
  node.graph.trigger?.('node:slot-label:changed', { nodeId: node.id, slotType: OUTPUT });
  node.setDirtyCanvas?.(true, true);
}

/** Nodes 2.0 of frontend 1.32 draws its slots once. @param {any} node */
function drawSlots(node) {
  const slots = document.querySelectorAll(`[data-node-id="${node.id}"] .lg-slot--output`);
  for (const [at, slot] of slots.entries()) {
    const { label, localized_name, name } = node.outputs[at] ?? {};
    const text = slot.querySelector('span');
    if (text) write(text, label || localized_name || name);
  }
}

/** The name that the host has for an output in the user's language comes back at the end; a name
 * that the user gives stands before both. @param {any} output @param {string | undefined} name
 * @returns {boolean} whether anything changed */
function setHead(output, name) {
  const head = heads.get(output);
  if (head?.shown === name && output.localized_name === name) return false;
  const before = head && head.shown === output.localized_name ? head.before : output.localized_name;
  if (name) heads.set(output, { before, shown: name });
  else heads.delete(output);
  output.localized_name = name ?? before;
  return Boolean(name ?? head);
}
