/* Axis nodes beside the widgets that they are linked to. */

import { freePlace } from '../model/beside.js';
import { measured } from './one_step.js';
import { newNode, widgetNamed } from './graph.js';
import { boxOf, TITLE } from './room_for.js';
import { mark } from './widget_marks.js';

/** @typedef {{node: any, slot: number}} End of a link */

const GAP = 60;
const SLOT = 14; // from the top of a node to its first output

/** A new axis node, left of the first of these inputs, linked to all; inside one step.
 * @param {import('../model/widget_axis.js').Axis} axis @param {End[]} ends */
export async function addAxis(axis, ends) {
  const [{ node, slot }] = ends;
  const made = newNode(axis.node);
  fit(made);
  made.pos = placeFor(made, node, slot);
  node.graph.add(made);
  for (const [name, value] of Object.entries(axis.values)) setValue(made, name, value);
  for (const end of ends) {
    made.connect(0, end.node, end.slot);
    mark(end.node, end.slot, axis.count);
  }
  await measured([made]);
  const place = placeFor(made, node, slot);
  if (made.graph && (place[0] !== made.pos[0] || place[1] !== made.pos[1])) made.pos = place;
  made.graph?.setDirtyCanvas?.(true, true);
}

/** Elements of ours come after the host has measured a new node; it would grow when it is opened
 * again. @param {any} node */
function fit(node) {
  const [width, height] = node.computeSize();
  node.setSize([Math.max(width, node.size[0]), Math.max(height, node.size[1])]);
}

/** @param {any} node @param {string} name @param {unknown} value */
export function setValue(node, name, value) {
  const widget = widgetNamed(node, name);
  if (widget) widget.value = value;
}

/** @param {any} made @param {any} node @param {number} slot */
const placeFor = (made, node, slot) => leftOf(made, node, node.getInputPos(slot)[1] - SLOT);

/** A free place for a new node, left of another.
 * @param {any} made @param {any} node @param {number} top @returns {[number, number]} */
export function leftOf(made, node, top) {
  const { w, h } = boxOf(made);
  const others = node.graph.nodes.filter((/** @type {any} */ each) => each !== made);
  const wanted = { x: node.pos[0] - w - GAP, y: top - TITLE, w, h };
  const { x, y } = freePlace(wanted, others.map(boxOf));
  return [Math.round(x), Math.round(y + TITLE)];
}

/** Takes an axis away from an input, and away altogether where nothing else hangs on it.
 * @param {End} end @param {any} axis the node */
export function unlink({ node, slot }, axis) {
  node.disconnectInput(slot);
  const isIdle = !axis?.outputs?.some((/** @type {any} */ output) => output.links?.length);
  if (axis && isIdle) axis.graph.remove(axis);
}
