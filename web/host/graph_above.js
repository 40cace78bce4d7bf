/* The open workflow as an API graph, read without the host's graphToPrompt: that one serialises
   widgets, and some of those upload a picture or draw lots when asked. What it resolves is resolved
   here by the same rules: subgraphs, reroutes, primitives, muted and bypassed nodes. */

import { SUBGRAPH_INPUTS, linkInto, nodeAt, pathOf, rootOf, widgetNamed } from './graph.js';

/** @typedef {import('./graph.js').Host} Host */
/** @typedef {import('../model/api_graphs.js').Api} Api */
/** @typedef {{node: any, id: string, outer: Place | null}} Place a node, its execution id and the
 *   subgraph's node that it stands in */
/** @typedef {{link: [string, number]} | {value: any} | null} Source */

const MUTED = 2;
const BYPASSED = 4;
const DEEPEST = 100;

/** The whole workflow, with the execution id of one node in it; null if that is in no open graph.
 * @param {Host} host @param {any} node @returns {{graph: Api, id: string} | null} */
export function above(host, node) {
  const id = pathOf(host, node);
  return id === null ? null : { graph: readGraph(host), id };
}

/** @param {Host} host @returns {Api} */
export function readGraph(host) {
  /** @type {Api} */
  const graph = {};
  for (const place of places(rootOf(host), null)) graph[place.id] = apiNode(host, place);
  for (const { inputs } of Object.values(graph))
    for (const [name, value] of Object.entries(inputs))
      if (Array.isArray(value) && !graph[value[0]]) delete inputs[name];
  return graph;
}

/** Every node that the host would send, those of subgraphs with them.
 * @param {any} graph @param {Place | null} outer @returns {Generator<Place>} */
function* places(graph, outer) {
  for (const node of graph?.nodes ?? graph?._nodes ?? []) {
    if (node.mode === MUTED || node.mode === BYPASSED) continue;
    const place = inside(node, outer);
    if (node.subgraph) yield* places(node.subgraph, place);
    else if (!node.isVirtualNode) yield place;
  }
}

/** @param {any} node @param {Place | null} outer @returns {Place} */
const inside = (node, outer) => ({
  node,
  id: outer ? `${outer.id}:${node.id}` : String(node.id),
  outer,
});

/** @param {Host} host @param {Place} place */
function apiNode(host, place) {
  const { node } = place;
  /** @type {Record<string, any>} */
  const inputs = {};
  for (const widget of node.widgets ?? [])
    if (widget.name && widget.options?.serialize !== false)
      inputs[widget.name] = literal(widget.value);
  for (const [slot, input] of (node.inputs ?? []).entries()) {
    const source = sourceOf(host, place, slot, input.type, 0);
    if (source) inputs[input.name] = 'link' in source ? source.link : literal(source.value);
  }
  const class_type = node.comfyClass ?? node.constructor?.comfyClass ?? node.type;
  return { class_type, inputs, _meta: { title: node.title } };
}

/** A list would be taken for a link. @param {any} value */
const literal = (value) => (Array.isArray(value) ? { __value__: value } : value);

/** What reaches an input. @param {Host} host @param {Place} place @param {number} slot
 * @param {string} type @param {number} depth @returns {Source} */
function sourceOf(host, place, slot, type, depth) {
  const { node, outer } = place;
  const link = node.inputs?.[slot] ? linkInto(node, slot) : null;
  if (!link || depth > DEEPEST) return null;
  if (outer && Number(link.origin_id) === SUBGRAPH_INPUTS) {
    const input = outer.node.inputs?.[link.origin_slot];
    if (linkInto(outer.node, link.origin_slot))
      return sourceOf(host, outer, link.origin_slot, input.type, depth + 1);
    const widget = promoted(outer.node, input);
    return widget ? { value: widget.value } : null;
  }
  const origin = node.graph?.getNodeById(link.origin_id);
  return origin ? outputOf(host, inside(origin, outer), link.origin_slot, type, depth + 1) : null;
}

/** The widget of a subgraph's node that stands for an input. @param {any} node
 * @param {any} input */
const promoted = (node, input) => widgetNamed(node, input.widget?.name ?? input.name);

/** What an output gives. @param {Host} host @param {Place} place @param {number} slot
 * @param {string} type of the input that asks @param {number} depth @returns {Source} */
function outputOf(host, place, slot, type, depth) {
  const { node, id } = place;
  if (node.mode === MUTED || depth > DEEPEST) return null;
  if (node.mode === BYPASSED) {
    const passed = passedOn(node, slot, type);
    return passed < 0 ? null : sourceOf(host, place, passed, node.inputs[passed].type, depth + 1);
  }
  if (node.subgraph) {
    const link = node.subgraph.outputNode?.slots?.[slot]?.getLinks?.()[0];
    const origin = link && node.subgraph.getNodeById(link.origin_id);
    return origin ? outputOf(host, inside(origin, place), link.origin_slot, type, depth + 1) : null;
  }
  return node.isVirtualNode ? behindVirtual(host, place, slot, type, depth) : { link: [id, slot] };
}

/** Reroutes, primitives, and other packs' nodes that only lead elsewhere.
 * @param {Host} host @param {Place} place @param {number} slot @param {string} type
 * @param {number} depth @returns {Source} */
function behindVirtual(host, { node, outer }, slot, type, depth) {
  const elsewhere = node.resolveVirtualOutput?.(slot);
  if (elsewhere) {
    const place = placeOf(host, elsewhere.node);
    return place && outputOf(host, place, elsewhere.slot, type, depth + 1);
  }
  const link = node.getInputLink?.(slot);
  const target = link && node.graph.getNodeById(link.target_id);
  if (target) return sourceOf(host, inside(target, outer), link.target_slot, type, depth + 1);
  const [widget] = node.inputs?.length ? [] : (node.widgets ?? []);
  return widget && node.applyToGraph ? { value: widget.value } : null;
}

/** @param {Host} host @param {any} node @returns {Place | null} */
function placeOf(host, node) {
  const path = pathOf(host, node);
  if (path === null) return null;
  /** @type {Place | null} */
  let outer = null;
  const ids = path.split(':');
  for (let at = 1; at < ids.length; at += 1)
    outer = inside(nodeAt(host, ids.slice(0, at).join(':')), outer);
  return inside(node, outer);
}

/** The input that a bypassed node passes on at an output, or -1.
 * @param {any} node @param {number} slot @param {string} type */
function passedOn({ inputs = [], outputs = [] }, slot, type) {
  const own = outputs[slot]?.type;
  const fits = (/** @type {any} */ input) =>
    connects(input.type, own) && connects(input.type, type);
  if (type === '*' || type === '') return inputs.length > slot ? slot : 0;
  if (inputs[slot] && fits(inputs[slot])) return slot;
  const same = inputs.findIndex((/** @type {any} */ input) => input.type === type);
  return same >= 0 ? same : inputs.findIndex(fits);
}

/** @param {any} one @param {any} other */
function connects(one, other) {
  const [mine, theirs] = [one, other].map((type) =>
    String(type ?? '')
      .toLowerCase()
      .split(','),
  );
  const isAny = (/** @type {string[]} */ types) =>
    types.some((type) => ['', '*', '0'].includes(type));
  return isAny(mine) || isAny(theirs) || mine.some((type) => theirs.includes(type));
}
