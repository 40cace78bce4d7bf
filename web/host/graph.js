/* Finding nodes and runs in the host. Takes the host's app and api; imports neither. */

import { upstream } from '../model/api_graphs.js';
import { parseExactly } from '../model/labels.js';

/** @typedef {{app: any, api: any, isOutput: (type: string) => boolean,
 *   defs: (type: string) => any}} Host `defs`: a class as /object_info tells it */

/** @param {Host} host */
export const rootOf = ({ app }) => app.rootGraph ?? app.graph;

/** @param {Host} host @param {string} path "8", or "5:8" inside a subgraph */
export function nodeAt(host, path) {
  let graph = rootOf(host);
  let node = null;
  for (const id of String(path).split(':')) {
    node = graph?.getNodeById?.(id) ?? graph?.getNodeById?.(Number(id)) ?? null;
    graph = node?.subgraph;
  }
  return node;
}

/**
 * The path of a node, or null if it is in no open graph.
 * @param {Host} host
 * @param {any} node
 * @returns {string | null}
 */
export function pathOf(host, node) {
  const search = (/** @type {any} */ graph, /** @type {number} */ depth) => {
    if (depth > 8) return null;
    for (const each of graph?.nodes ?? graph?._nodes ?? []) {
      if (each === node) return String(each.id);
      const inside = /** @type {string | null} */ (
        each.subgraph ? search(each.subgraph, depth + 1) : null
      );
      if (inside) return `${each.id}:${inside}`;
    }
    return null;
  };
  return search(rootOf(host), 0);
}

export const SUBGRAPH_INPUTS = -10; // the id of the node that they come from, in the host's links

/** The link into an input. A subgraph's node tells something else by getInputLink: what is behind
 * one of its outputs. @param {any} node @param {number} slot @returns {any} */
export function linkInto(node, slot) {
  if (!node.graph) return null;
  if (!node.subgraph) return node.getInputLink(slot);
  const links = [...node.graph.links.values()];
  return (
    links.find((link) => String(link.target_id) === String(node.id) && link.target_slot === slot) ??
    null
  );
}

/** @param {any} node @param {string} name @returns {any} */
export const widgetNamed = (node, name) =>
  node?.widgets?.find((/** @type {any} */ each) => each.name === name);

/** What a widget says; null: it comes over a link. @param {any} node @param {string} name */
export function writtenIn(node, name) {
  const isNamed = (/** @type {any} */ each) => each.name === name;
  return node.inputs?.find(isNamed)?.link != null ? null : widgetNamed(node, name)?.value;
}

/** The widget that counts: where it is promoted, the one on the subgraph's node.
 * @param {Host} host @param {any} node @param {string} name @returns {any} */
export function widgetOf(host, node, name) {
  const own = widgetNamed(node, name);
  const input = node?.inputs?.find(
    (/** @type {any} */ each) => (each.widget?.name ?? each.name) === name,
  );
  const link = input ? linkInto(node, node.inputs.indexOf(input)) : null;
  if (Number(link?.origin_id) !== SUBGRAPH_INPUTS) return own;
  const outer = nodeAt(host, (pathOf(host, node) ?? '').split(':').slice(0, -1).join(':'));
  return widgetOf(host, outer, node.graph.inputs?.[link.origin_slot]?.name) ?? own;
}

/** As the host names outputs: "8", or "<subgraph id>:8". @param {Host} host @param {any} node */
export function locatorOf(host, node) {
  const graph = node.graph;
  return graph && graph !== rootOf(host) && graph.id ? `${graph.id}:${node.id}` : String(node.id);
}

/** Which workflow is open. @param {Host} host */
export const workflowId = (host) => String(rootOf(host)?.id ?? '');

/** The host notices changes by its own events only; this tells it of one. @param {Host} host */
export function noteChange({ app }) {
  const tracker = app.extensionManager?.workflow?.activeWorkflow?.changeTracker;
  (tracker?.captureCanvasState ?? tracker?.checkState)?.call(tracker);
}

/** A queued, running or finished run.
 * @param {Host} host @param {string} promptId
 * @returns {Promise<{graph: any, targets: string[], workflow: string, running: boolean,
 *   outputs: any} | null>} */
export async function runOf(host, promptId) {
  const read = async (/** @type {string} */ path) =>
    parseExactly(await (await host.api.fetchApi(path)).text());
  const told = (
    /** @type {any} */ item,
    /** @type {boolean} */ running,
    /** @type {any} */ outputs,
  ) => ({
    graph: item[2],
    targets: (item[4] ?? Object.keys(item[2])).map(String),
    workflow: String(item[3]?.extra_pnginfo?.workflow?.id ?? ''),
    running,
    outputs,
  });
  const queue = await read('/queue');
  const waiting = [...(queue.queue_running ?? []), ...(queue.queue_pending ?? [])].find(
    (item) => item[1] === promptId,
  );
  if (waiting) return told(waiting, true, {});
  const entry = (await read(`/history/${promptId}`))[promptId];
  return entry ? told(entry.prompt, false, entry.outputs ?? {}) : null;
}

/**
 * Queues a graph as the page would, without touching any widget.
 * @param {Host} host
 * @param {any} output
 * @param {any} workflow
 * @param {string[]} targets
 * @returns {Promise<{prompt: string, fault: string}>} the run, or what is wrong
 */
export async function post(host, output, workflow, targets) {
  try {
    const answer = await host.api.queuePrompt(
      0,
      { output, workflow },
      { partialExecutionTargets: targets },
    );
    const [first] = faultsOf(answer);
    return { prompt: String(answer?.prompt_id ?? ''), fault: first ? sentence(first) : '' };
  } catch (error) {
    const { response, message } = /** @type {any} */ (error) ?? {};
    const other = response?.error ?? { message: String(message ?? error) };
    return { prompt: '', fault: sentence(faultsOf(response)[0] ?? other) };
  }
}

/** @param {Parameters<typeof post>} graph @returns {Promise<string>} what is wrong, or '' */
export const queue = async (...graph) => (await post(...graph)).fault;

/** @param {any} answer @returns {any[]} */
const faultsOf = (answer) =>
  Object.values(answer?.node_errors ?? {}).flatMap((/** @type {any} */ each) => each.errors ?? []);

/** @param {any} fault */
const sentence = (fault) =>
  [fault.message, fault.details].filter(Boolean).map(String).join(': ').slice(0, 400) || '?';

/**
 * The API graph up to a node, small enough to keep with the workflow.
 * @param {any} graph
 * @param {string} sheet
 */
export function before(graph, sheet) {
  if (!graph?.[sheet]) return null;
  return Object.fromEntries(
    [...upstream(graph, [sheet])].map((id) => {
      const { class_type, inputs, _meta } = graph[id];
      // With its title: lines of axes name it.
      return [id, { class_type, inputs, ...(_meta && { _meta }) }];
    }),
  );
}

/** A node of the host, in no graph yet. @param {string} type @returns {any} */
export const newNode = (type) => /** @type {any} */ (globalThis).LiteGraph.createNode(type);
