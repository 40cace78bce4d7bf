/* The open workflow as sweeps see it: which Sweep reads a node, and how an input varies by now. */

import { SWEEP, SWEEP_SAMPLER } from '../common/node_ids.js';
import { isAxisNode, titleOf } from '../model/above.js';
import { isLink, stageOf, upstream } from '../model/api_graphs.js';
import { axesTold } from '../model/axes_told.js';
import { axisOf } from '../model/axis_nodes.js';
import { readGraph } from './graph_above.js';

/** @typedef {import('./graph.js').Host} Host */
/** @typedef {{id: string, input: string}} Target */
/** @typedef {{by: 'node', id: string, count: number | null} |
 *   {by: 'line', sweep: string, line: number, count: number | null, targets: Target[]} |
 *   {by: 'link', title: string}} Varied `link`: to something that is no axis */

export class Sweeps {
  /** @param {Host} host */
  constructor(host) {
    this.host = host;
    this.graph = readGraph(host);
    /** @type {Map<string, import('../model/axes_told.js').Told>} */
    this.told = new Map();
  }

  /** The Sweeps and Sweep Samplers that read a node, without another between them.
   * @param {string} id */
  below(id) {
    return Object.keys(this.graph).filter(
      (sweep) =>
        [SWEEP, SWEEP_SAMPLER].includes(this.graph[sweep].class_type) &&
        stageOf(this.graph, sweep).includes(id),
    );
  }

  /** Those of them that have *axes*. @param {string} id */
  withLines(id) {
    return this.below(id).filter((sweep) => this.graph[sweep].class_type === SWEEP);
  }

  /** The output nodes that read a node. @param {string} id */
  savers(id) {
    return Object.keys(this.graph).filter(
      (saver) =>
        saver !== id &&
        this.host.isOutput(this.graph[saver].class_type) &&
        upstream(this.graph, [saver]).has(id),
    );
  }

  /** @param {string} sweep */
  toldBy(sweep) {
    const { graph, host, told } = this;
    if (!told.has(sweep)) told.set(sweep, axesTold(graph, sweep, { defs: host.defs }));
    return /** @type {import('../model/axes_told.js').Told} */ (told.get(sweep));
  }

  /** How an input varies, if it does. @param {Target} target @returns {Varied | null} */
  varied({ id, input }) {
    const value = this.graph[id]?.inputs[input];
    if (isLink(value)) {
      const origin = String(value[0]);
      if (!isAxisNode(this.graph, origin))
        return { by: 'link', title: titleOf(this.graph, origin) };
      return { by: 'node', id: origin, count: axisOf(this.graph, origin, null).count };
    }
    for (const sweep of this.withLines(id)) {
      const axis = this.toldBy(sweep).axes.find(
        ({ source, targets }) =>
          source.kind === 'line' && targets.some((each) => each.id === id && each.input === input),
      );
      if (axis?.source.kind !== 'line') continue;
      const { count, targets } = axis;
      return { by: 'line', sweep, line: axis.source.line, count, targets };
    }
    return null;
  }
}
