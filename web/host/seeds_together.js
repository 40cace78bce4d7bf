/* Every seed that one sweep reads as a single axis: one Seed Sweep linked to all, or one line. */

import { say } from '../common/texts.js';
import { stageOf, upstream } from '../model/api_graphs.js';
import { withLine } from '../model/axis_lines.js';
import { SEED_NAMES } from '../model/widget_axis.js';
import { addAxis } from './axis_beside.js';
import { nodeAt } from './graph.js';
import { oneStep } from './one_step.js';
import { changeAxes, end, firstSwept } from './sweep_widget.js';
import { tell } from './toast.js';
import { mark } from './widget_marks.js';
import { widgetSweeps } from './widget_sweep.js';

/** @typedef {import('./widget_sweep.js').WidgetSweep} WidgetSweep */

/** The seeds of all stages, this one first. @param {WidgetSweep} seed @returns {WidgetSweep[]} */
export function seedsWith(seed) {
  const { sweeps, id } = seed;
  const { graph, host } = sweeps;
  const [sweep] = sweeps.below(id);
  const ids = sweep ? stageOf(graph, sweep) : [...upstream(graph, sweeps.savers(id))];
  const all = ids
    .map((each) => nodeAt(host, each))
    .filter(Boolean)
    .flatMap((node) => widgetSweeps(sweeps, node))
    .filter((each) => SEED_NAMES.includes(each.input) && !each.linkedTo);
  return [seed, ...all.filter((each) => each.id !== seed.id || each.input !== seed.input)];
}

/** Whether they are one axis already. @param {WidgetSweep[]} seeds */
export function areTogether(seeds) {
  const [first, ...others] = seeds.map(({ varied }) => sourceOf(varied));
  return first !== '' && others.every((each) => each === first);
}

/** @param {WidgetSweep['varied']} varied */
function sourceOf(varied) {
  if (varied?.by === 'node') return varied.id;
  return varied?.by === 'line' ? `${varied.sweep} ${varied.line}` : '';
}

/** @param {WidgetSweep} seed @returns {Promise<void>} */
export async function sweepTogether(seed) {
  const seeds = seedsWith(seed);
  const graph = seed.place.node.graph;
  const isLinked = seeds.every(({ takesLink, place }) => takesLink && place.node.graph === graph);
  if (!isLinked && !seed.lineHome) {
    const ready = await firstSwept(seed);
    return ready ? sweepTogether(ready) : undefined;
  }
  const axis = seed.axis;
  await oneStep(seed.host, () => {
    endAll(seeds);
    return isLinked ? addAxis(axis, ends(seeds)) : writeLine(seed, seeds, axis);
  });
  tell(seed.host, say('widgetSeedsSwept', { n: seeds.length, count: axis.count ?? '?' }));
}

/** Each once: two readers may be promoted to one input. @param {WidgetSweep[]} seeds */
const ends = (seeds) => [
  ...new Map(
    seeds.map(({ place: { node, slot } }) => [`${node.id} ${slot}`, { node, slot }]),
  ).values(),
];

/** The lines go from the last to the first, for they are known by their numbers.
 * @param {WidgetSweep[]} seeds */
function endAll(seeds) {
  const lines = new Map();
  for (const each of seeds) {
    if (each.varied?.by === 'line') lines.set(each.varied.line, each);
    else if (each.varied) end(each);
  }
  for (const line of [...lines.keys()].sort((a, b) => b - a)) end(lines.get(line));
}

/** @param {WidgetSweep} seed @param {WidgetSweep[]} seeds
 * @param {import('../model/widget_axis.js').Axis} axis */
function writeLine({ host, lineHome }, seeds, axis) {
  changeAxes(host, String(lineHome), (axes) => withLine(axes, 'seed', String(axis.line)));
  for (const { place } of seeds) if (place.slot >= 0) mark(place.node, place.slot, axis.count);
}
