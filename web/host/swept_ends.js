/* What Sweep this finds in the open graph: the output that a node stands for, what hangs on it, and
   the sheet that is there already. */

import { CONTACT_SHEET, SWEEP, SWEEP_SAMPLER } from '../common/node_ids.js';
import { above } from './graph_above.js';
import { rootOf } from './graph.js';
import { upstream } from '../model/api_graphs.js';

/** @typedef {import('./graph.js').Host} Host */
/** @typedef {{graph: any, node: any, slot: number, kind: string, before: boolean}} Source `node`: a
 *   node, or the subgraph's own inputs; `before`: asked for at what hangs on it */
/** What saves or previews an output: its node, and how it is linked to another output.
 * @typedef {{node: any, link: (from: any, slot: number) => void}} End */

const SUBGRAPH_INPUTS = -10; // the ids of the ends of links, in the host's subgraphs
const SUBGRAPH_OUTPUTS = -20;
const KINDS = ['IMAGE', 'VIDEO', 'AUDIO'];
const DEEPEST = 100;

/** @param {any} slot of a node @returns {string | undefined} */
const kindOf = (slot) => KINDS.find((kind) => String(slot?.type).split(',').includes(kind));

/** @param {any} node */
export const classOf = (node) => node.comfyClass ?? node.constructor?.comfyClass ?? node.type;

/** @param {any} node */
const isOurs = (node) => String(classOf(node)).startsWith('Proofsheet');

/** @param {any} graph @param {any} id @param {number} slot @returns {any[]} */
const linksFrom = (graph, id, slot) =>
  [...graph.links.values()].filter(
    (link) => String(link.origin_id) === String(id) && link.origin_slot === slot,
  );

/** @param {any} node */
const isFollowed = (node) =>
  (node.outputs ?? []).some(
    (/** @type {any} */ _, /** @type {number} */ slot) =>
      linksFrom(node.graph, node.id, slot).length,
  );

/** Whether a node only saves or previews: one that stands in a chain goes on doing so.
 * @param {Host} host @param {any} node */
const isEnd = (host, node) => host.isOutput(classOf(node)) && !isOurs(node) && !isFollowed(node);

/** The output that Sweep this is about at a node: what it saves or shows, else its own.
 * @param {Host} host @param {any} node @returns {Source | null} */
export function sourceAt(host, node) {
  if (!node?.graph || !node.inputs || isOurs(node)) return null;
  const source = isEnd(host, node) ? savedBy(node) : ownOutput(node);
  if (!source || isOurs(source.node) || isSwept(host, node)) return null;
  return source;
}

/** @param {any} node @returns {Source | null} */
function ownOutput(node) {
  const { graph, outputs } = node;
  const slots = [...(outputs ?? []).keys()].filter((slot) => kindOf(outputs[slot]));
  const slot = slots.find((each) => linksFrom(graph, node.id, each).length) ?? slots[0];
  if (slot === undefined || node.isVirtualNode) return null;
  return { graph, node, slot, kind: /** @type {string} */ (kindOf(outputs[slot])), before: false };
}

/** @param {any} node @returns {Source | null} */
function savedBy(node) {
  const { graph, inputs } = node;
  for (const [at, input] of inputs.entries()) {
    const link = kindOf(input) && originOf(node.getInputLink(at), graph);
    if (!link) continue;
    const isInput = Number(link.origin_id) === SUBGRAPH_INPUTS;
    const origin = isInput ? graph.inputNode : graph.getNodeById(link.origin_id);
    const slot = link.origin_slot;
    const kind = kindOf((isInput ? origin?.slots : origin?.outputs)?.[slot]) ?? kindOf(input);
    if (origin) return { graph, node: origin, slot, kind: String(kind), before: true };
  }
  return null;
}

/** Behind reroutes. @param {any} link @param {any} graph */
function originOf(link, graph) {
  for (let tries = 0; link && tries < DEEPEST; tries += 1) {
    const node = graph.getNodeById(link.origin_id);
    if (!isReroute(node)) return link;
    link = node.getInputLink(0);
  }
  return null;
}

/** @param {any} node */
const isReroute = (node) =>
  Boolean(node?.isVirtualNode) && node.inputs?.length === 1 && node.outputs?.length === 1;

/** Whether a Sweep stands above already. @param {Host} host @param {any} node */
function isSwept(host, node) {
  const now = above(host, node);
  if (!now) return true; // in no open graph
  const own = Object.keys(now.graph).filter(
    (id) => id === now.id || id.startsWith(`${now.id}:`), // a subgraph's node is its nodes
  );
  return [...upstream(now.graph, own)].some((id) =>
    [SWEEP, SWEEP_SAMPLER].includes(now.graph[id].class_type),
  );
}

/** What saves or previews an output.
 * @param {Host} host @param {Source} source @returns {End[]} */
export const endsOf = (host, { graph, node, slot }) => hanging(host, graph, node.id, slot, 0).ends;

/** @param {Host} host @param {any} graph @param {any} id @param {number} slot
 * @param {number} depth @returns {{ends: End[], all: boolean}} `all`: nothing else hangs on it */
function hanging(host, graph, id, slot, depth) {
  const found = linksFrom(graph, id, slot).map((link) => endOf(host, graph, link, depth));
  return { ends: found.flatMap(({ ends }) => ends), all: found.every(({ all }) => all) };
}

/** @param {Host} host @param {any} graph @param {any} link @param {number} depth
 * @returns {{ends: End[], all: boolean}} */
function endOf(host, graph, link, depth) {
  const none = { ends: [], all: false };
  if (depth > DEEPEST) return none;
  if (Number(link.target_id) === SUBGRAPH_OUTPUTS) return outside(host, graph, link, depth);
  const node = graph.getNodeById(link.target_id);
  if (!node) return none;
  const end = {
    node,
    link: (/** @type {any} */ from, /** @type {number} */ slot) =>
      from.connect(slot, node, link.target_slot),
  };
  if (isReroute(node)) {
    const behind = hanging(host, graph, node.id, 0, depth + 1);
    return behind.all && behind.ends.length ? { ends: [end], all: true } : behind;
  }
  return isEnd(host, node) && kindOf(node.inputs[link.target_slot])
    ? { ends: [end], all: true }
    : none;
}

/** What hangs on a subgraph's output, wherever that subgraph stands; the output itself does if
 * nothing else hangs there.
 * @param {Host} host @param {any} graph @param {any} link @param {number} depth
 * @returns {{ends: End[], all: boolean}} */
function outside(host, graph, link, depth) {
  const at = link.target_slot;
  const behind = standing(rootOf(host), graph).map((node) =>
    hanging(host, node.graph, node.id, at, depth + 1),
  );
  if (!behind.length || !behind.every(({ ends, all }) => all && ends.length))
    return { ends: [], all: false };
  const connect = (/** @type {any} */ from, /** @type {number} */ slot) =>
    graph.outputNode.slots[at].connect(from.outputs[slot], from);
  return { ends: [{ node: graph.outputNode, link: connect }], all: true };
}

/** The nodes that stand for a subgraph.
 * @param {any} graph @param {any} subgraph @returns {any[]} */
const standing = (graph, subgraph) =>
  (graph.nodes ?? []).flatMap((/** @type {any} */ node) => [
    ...(node.subgraph === subgraph ? [node] : []),
    ...(node.subgraph ? standing(node.subgraph, subgraph) : []),
  ]);

/** The Sweep that hangs on an output, and its sheet.
 * @param {Source} source @returns {{sweep: any, sheet: any}} */
export function sweepOn({ graph, node, slot }) {
  const behind = (/** @type {any} */ id, /** @type {number} */ at, /** @type {string} */ type) =>
    linksFrom(graph, id, at)
      .map((link) => graph.getNodeById(link.target_id))
      .filter((each) => each && classOf(each) === type);
  const sweeps = behind(node.id, slot, SWEEP);
  const sheets = sweeps.map((sweep) => behind(sweep.id, 0, CONTACT_SHEET)[0]);
  const at = Math.max(
    0,
    sheets.findIndex((sheet) => sheet),
  );
  return { sweep: sweeps[at], sheet: sheets[at] };
}
