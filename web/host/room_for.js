/* The open graph as boxes, and the host's nodes and groups put where the boxes go. */

import { makeRoom } from '../model/room.js';

/** @typedef {import('../model/boxes.js').Box} Box */

export const TITLE = 30; // what the host draws above a node's own place
const LEAST = 225; // what Nodes 2.0 draws at least of a node's width

/** @param {any} node a node, or the inputs or outputs of a subgraph @returns {Box} */
export function boxOf(node) {
  const [x, y] = node.pos;
  const [narrow, h] = node.size;
  if (!('graph' in node)) return { x, y, w: narrow, h }; // of a subgraph: it has no title
  const { LiteGraph } = /** @type {any} */ (globalThis);
  const w = LiteGraph?.vueNodesMode ? Math.max(narrow, LEAST) : narrow;
  if (node.flags?.collapsed) return { x, y: y - TITLE, w: node._collapsed_width || w, h: TITLE };
  return { x, y: y - TITLE, w, h: h + TITLE };
}

/** @param {any} canvas @param {any} node @param {Box} box */
function put(canvas, node, { x, y }) {
  node.pos = [x, node.graph ? y + TITLE : y];
  if (!node.graph || canvas.graph !== node.graph) return;
  // Nodes 2.0 of frontends before 1.49 keeps places of its own.
  const move = canvas.applyNodePositions ?? canvas.repositionNodesVueMode;
  move?.call(canvas, [{ node, newPos: { x: node.pos[0], y: node.pos[1] } }]);
}

/**
 * Puts new nodes in a row beside another.
 * @param {any} canvas
 * @param {any} graph
 * @param {any} source
 * @param {any[]} added in their order
 * @param {boolean} leftwards
 */
export function place(canvas, graph, source, added, leftwards) {
  const nodes = new Map(
    [...graph.nodes, ...[graph.inputNode, graph.outputNode].filter(Boolean)]
      .filter((node) => node !== source && !added.includes(node))
      .map((node) => [String(node.id), node]),
  );
  const groups = new Map((graph.groups ?? []).map(named));
  const room = makeRoom({
    source: boxOf(source),
    sizes: added.map(boxOf),
    nodes: [...nodes].map(([id, node]) => ({ ...boxOf(node), id })),
    groups: [...groups].map(([id, { pos, size }]) => ({
      ...{ x: pos[0], y: pos[1], w: size[0], h: size[1] },
      id,
    })),
    leftwards,
  });
  for (const [at, node] of added.entries()) put(canvas, node, room.places[at]);
  for (const [id, box] of room.nodes) put(canvas, nodes.get(id), box);
  for (const [id, { x, y, w, h }] of room.groups) {
    groups.get(id).pos = [x, y];
    groups.get(id).size = [w, h];
  }
}

/** Groups of older workflows have no id. @param {any} group @param {number} at */
const named = (group, at) => /** @type {[string, any]} */ ([String(at), group]);

/** Whether what hangs on a node stands to its left. @param {any} source @param {any[]} ends */
export const isLeftwards = (source, ends) =>
  ends.length > 0 && ends.every((end) => middle(end) < boxOf(source).x);

/** @param {any} node */
const middle = (node) => node.pos[0] + node.size[0] / 2;
