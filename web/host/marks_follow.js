/* The marks of swept widgets follow what is swept: axes that are linked, by whatever way, and the
   lines that the faces of Sweeps have read. */

import { SWEEP } from '../common/node_ids.js';
import { AXES } from '../model/above.js';
import { axisOf } from '../model/axis_nodes.js';
import { nodeAt, rootOf, widgetNamed } from './graph.js';
import { mark, marksOf, restoreMarks, unmark } from './widget_marks.js';
import { placeOf } from './widget_place.js';

/** @typedef {import('./graph.js').Host} Host */
/** @typedef {import('../model/axes_told.js').Told} Told */
/** @typedef {Map<any, Map<number, number | null>>} Wanted node -> slot -> values of its axis */

const OFTEN = 500; // milliseconds

/** @type {WeakMap<any, {told: Told, axes: string}>} by Sweep node */
const read = new WeakMap();

/** @param {Host} host */
export const followMarks = (host) =>
  setInterval(() => (document.hidden ? undefined : refresh(host)), OFTEN);

/** @param {Host} host @param {any} sweepNode @param {Told} told */
export function refreshMarks(host, sweepNode, told) {
  // A line that is being typed says nothing.
  if (told.fault?.kind !== 'line') read.set(sweepNode, { told, axes: textOf(sweepNode) });
  refresh(host);
}

/** After the host has opened a workflow. @param {Host} host */
export function reopenMarks(host) {
  for (const node of nodesIn(rootOf(host))) restoreMarks(node);
}

/** @param {Host} host */
function refresh(host) {
  const nodes = [...nodesIn(rootOf(host))];
  /** @type {Wanted} */
  const wanted = new Map();
  for (const node of nodes) {
    if (AXES.includes(typeOf(node))) wantLinks(wanted, node);
    const told = toldOf(node);
    if (told) wantLines(wanted, host, told);
  }
  for (const [node, slots] of wanted)
    for (const [slot, count] of slots) if (mark(node, slot, count)) settle(host, node);
  if (nodes.every(isRead)) forget(host, nodes, wanted);
}

/** @param {any} graph @param {number} [depth] @returns {Generator<any>} */
function* nodesIn(graph, depth = 0) {
  if (depth > 8) return;
  for (const node of graph?.nodes ?? graph?._nodes ?? []) {
    yield node;
    if (node.subgraph) yield* nodesIn(node.subgraph, depth + 1);
  }
}

/** @param {any} node @returns {string} */
const typeOf = (node) => node.comfyClass ?? node.constructor?.comfyClass ?? node.type;

/** Whether it is known what its lines say. @param {any} node */
const isRead = (node) => typeOf(node) !== SWEEP || !textOf(node) || Boolean(toldOf(node));

/** What the face has read, if that is what stands there. @param {any} node */
function toldOf(node) {
  const found = read.get(node);
  return found?.axes === textOf(node) ? found.told : undefined;
}

/** @param {any} node */
const textOf = (node) => String(widgetNamed(node, 'axes')?.value ?? '');

/** @param {Wanted} wanted @param {any} node @param {number} slot @param {number | null} count */
function want(wanted, node, slot, count) {
  if (!node?.inputs?.[slot]?.widget) return;
  wanted.set(node, (wanted.get(node) ?? new Map()).set(slot, count));
}

/** @param {Wanted} wanted @param {any} axis */
function wantLinks(wanted, axis) {
  const links = (axis.outputs ?? []).flatMap((/** @type {any} */ output) => output.links ?? []);
  if (!links.length) return;
  const count = countOf(axis);
  for (const id of links) {
    const link = axis.graph.getLink?.(id) ?? axis.graph.links?.[id];
    if (link) want(wanted, axis.graph.getNodeById(link.target_id), link.target_slot, count);
  }
}

/** How many values an axis node gives, as far as its own widgets tell. @param {any} axis */
function countOf(axis) {
  if (axis.inputs?.some((/** @type {any} */ input) => input.widget && input.link != null))
    return null;
  const inputs = Object.fromEntries(
    axis.widgets.map((/** @type {any} */ { name, value }) => [name, value]),
  );
  return axisOf({ axis: { class_type: typeOf(axis), inputs } }, 'axis', null).count;
}

/** @param {Wanted} wanted @param {Host} host @param {Told} told */
function wantLines(wanted, host, { axes }) {
  for (const { source, targets, count } of axes) {
    if (source.kind !== 'line') continue;
    for (const { id, input } of targets) {
      const node = nodeAt(host, id);
      const place = node && placeOf(host, node, { name: input });
      if (place) want(wanted, place.node, place.slot, count);
    }
  }
}

/** Takes the marks away of what is not swept any more.
 * @param {Host} host @param {any[]} nodes @param {Wanted} wanted */
function forget(host, nodes, wanted) {
  for (const node of nodes)
    for (const name of Object.keys(marksOf(node))) {
      const slot = node.inputs?.findIndex((/** @type {any} */ each) => each.name === name) ?? -1;
      if (wanted.get(node)?.has(slot)) continue;
      unmark(node, name);
      settle(host, node);
    }
}

/** The host would take a mark for a change of the user's: a step of its own, after which nothing
 * can be redone. So what it remembers as the present gets the mark, too.
 * @param {Host} host @param {any} node */
function settle(host, node) {
  const state =
    host.app.extensionManager?.workflow?.activeWorkflow?.changeTracker?.activeState ?? {};
  const subgraphs = state.definitions?.subgraphs ?? [];
  const graph =
    node.graph === rootOf(host)
      ? state
      : subgraphs.find((/** @type {any} */ { id }) => id === node.graph?.id);
  const kept = graph?.nodes?.find((/** @type {any} */ { id }) => String(id) === String(node.id));
  if (!kept) return;
  const { inputs, properties } = JSON.parse(JSON.stringify(node.serialize()));
  if (properties?.proofsheet)
    kept.properties = { ...kept.properties, proofsheet: properties.proofsheet };
  else delete kept.properties?.proofsheet;
  for (const input of kept.inputs ?? []) {
    const now = inputs?.find((/** @type {any} */ { name }) => name === input.name);
    if (now?.label === undefined) delete input.label;
    else input.label = now.label;
  }
}
