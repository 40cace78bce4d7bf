/* Where a widget really is: the node that reads it, and the outermost node that shows it, which a
   link to it ends at. */

import { SUBGRAPH_INPUTS, linkInto, nodeAt, pathOf } from './graph.js';

/** @typedef {import('./graph.js').Host} Host */
/** @typedef {{node: any, id: string, input: string}} Reader a node by its execution id */
/** @typedef {object} Place
 * @property {any} node the outermost that shows it
 * @property {any} widget of that node, if it has one
 * @property {number} slot of that node; -1: a link cannot end there
 * @property {Reader} reader */

/** @param {any} node @param {string} name of an input or its widget */
export const slotOf = (node, name) =>
  (node.inputs ?? []).findIndex(
    (/** @type {any} */ each) => (each.widget?.name ?? each.name) === name,
  );

/** The widget of an input. @param {any} node @param {number} slot @returns {any} */
export function widgetAt(node, slot) {
  const name = node.inputs?.[slot]?.widget?.name;
  const [link] = node.subgraph ? linksInside(node, slot) : [];
  const inner = link && inputIn(node.subgraph, link);
  const names = [name, inner && `${link.target_id}: ${inner.widget?.name ?? inner.name}`];
  return node.widgets?.find((/** @type {any} */ each) => names.includes(each.name));
}

/** @param {Host} host @param {any} node @param {any} widget @returns {Place | null} */
export function placeOf(host, node, widget) {
  const path = pathOf(host, node);
  const reader = path && readerOf(node, path, widget.name);
  if (!reader) return null;
  const outer = outermost(host, reader.node, slotOf(reader.node, reader.input));
  const shown = outer.node === node ? widget : widgetAt(outer.node, outer.slot);
  return { ...outer, widget: shown, reader };
}

/** The node that reads a widget, through subgraphs. @param {any} node @param {string} path
 * @param {string} name @returns {Reader | null} */
function readerOf(node, path, name) {
  if (!node.subgraph) return { node, id: path, input: name };
  const found = promoted(node, name);
  return found && readerOf(found.node, `${path}:${found.node.id}`, found.input);
}

/** The node inside a subgraph that one of its widgets stands for: frontends before 1.47 name it,
 * later ones link it. @param {any} node @param {string} name */
function promoted(node, name) {
  const named = node.properties?.proxyWidgets?.find?.(
    (/** @type {any} */ [id, input]) => `${id}: ${input}` === name,
  );
  const [link] = named ? [] : linksInside(node, slotOf(node, name));
  const input = link && inputIn(node.subgraph, link);
  const [id, inner] = named ?? [link?.target_id, input?.widget?.name ?? input?.name];
  const found = id === undefined ? null : nodeIn(node.subgraph, id);
  return found && { node: found, input: String(inner) };
}

/** @param {any} graph @param {any} id */
const nodeIn = (graph, id) => graph.getNodeById(id) ?? graph.getNodeById(Number(id));

/** The input that a link ends at. @param {any} graph @param {any} link */
const inputIn = (graph, link) => nodeIn(graph, link.target_id)?.inputs?.[link.target_slot];

/** The links that lead on from an input of a subgraph. @param {any} node @param {number} slot
 * @returns {any[]} */
const linksInside = ({ subgraph }, slot) =>
  (subgraph.inputs?.[slot]?.linkIds ?? [])
    .map((/** @type {any} */ id) => subgraph.getLink?.(id) ?? subgraph.links.get(id))
    .filter(Boolean);

/** @param {Host} host @param {any} node @param {number} slot
 * @returns {{node: any, slot: number}} */
function outermost(host, node, slot) {
  const link = slot < 0 ? null : linkInto(node, slot);
  if (Number(link?.origin_id) !== SUBGRAPH_INPUTS) return { node, slot };
  const path = (pathOf(host, node) ?? '').split(':').slice(0, -1).join(':');
  return outermost(host, nodeAt(host, path), link.origin_slot);
}
