/* A new axis node for a Sweep: linked, where only one input can be meant; else beside the Sweep, to
   be linked by hand. */

import { say } from '../common/texts.js';
import { inputsAbove } from '../model/input_addresses.js';
import { obvious } from '../model/obvious.js';
import { leftOf } from './axis_beside.js';
import { goTo } from './go_to.js';
import { newNode, nodeAt, pathOf } from './graph.js';
import { measured, oneStep } from './one_step.js';
import { sweepWidget } from './sweep_widget.js';
import { Sweeps } from './sweeps.js';
import { widgetSweeps } from './widget_sweep.js';

/** @typedef {import('./sweep_node.js').SweepNode} SweepNode */

/** @param {SweepNode} sweep @param {string} type of the axis node */
export async function newAxis(sweep, type) {
  const { graph, id, host } = sweep;
  const input = obvious(type, graph, inputsAbove(graph, id, host), host.defs);
  const widget = input && widgetOf(sweep, input);
  if (!widget?.takesLink || widget.why) return alone(sweep, type);
  return sweepWidget(widget, async () => null);
}

/** @param {SweepNode} sweep @param {{id: string, input: string}} target */
const widgetOf = ({ host }, { id, input }) =>
  widgetSweeps(new Sweeps(host), nodeAt(host, id)).find((each) => each.input === input);

/** @param {SweepNode} sweep @param {string} type */
async function alone({ host, node, face }, type) {
  const made = newNode(type);
  if (!made) return;
  await oneStep(host, async () => {
    node.graph.add(made);
    await measured([made]);
    made.pos = leftOf(made, node, node.pos[1]);
  });
  goTo(host, [pathOf(host, made) ?? '']);
  face.tell(say('linkAxis', { title: made.title }));
}
