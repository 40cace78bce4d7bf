/* What the buttons of a Sweep's face do. */

import { idle, only, openSweeps, sheetOf } from '../model/api_graphs.js';
import { withSuggestion, withTarget } from '../model/mended_line.js';
import { tries } from '../model/tries.js';
import { tryText } from '../model/sweep_face.js';
import { say } from '../common/texts.js';
import { goTo } from './go_to.js';
import { nodeAt, post } from './graph.js';
import { oneStep } from './one_step.js';
import { addAxis, chooseInput } from './sweep_menus.js';

/** @typedef {import('./sweep_node.js').SweepNode} SweepNode */
/** @typedef {(sweep: SweepNode, key: string, at: Element) => unknown} Act */

const MUTED = 2;

/** @type {Record<string, Act>} */
export const ASKED = {
  count,
  try: tryFirst,
  all: (sweep) => sweep.change('make', 'all'),
  every: (sweep) => sweep.change('combine', 'every combination'),
  mute: (sweep) =>
    oneStep(sweep.host, () => {
      for (const id of savers(sweep)) nodeAt(sweep.host, id).mode = MUTED;
    }),
  savers: (sweep) => goTo(sweep.host, savers(sweep)),
  axis: (sweep, key) => goTo(sweep.host, placeOf(sweep, key)),
  node: (sweep, id) => goTo(sweep.host, [id]),
  write: (sweep) => mend(sweep, withSuggestion),
  choose: (sweep, _, at) =>
    chooseInput(sweep, at, ({ address }) =>
      mend(sweep, (axes, fault) => withTarget(axes, fault, address)),
    ),
  add: (sweep, _, at) => addAxis(sweep, at),
  keys: (sweep) => sweep.desk.showKeys(sweep.face),
};

/** @param {SweepNode} sweep
 * @param {(axes: string, fault: import('../model/mended_line.js').LineFault) => string} how */
function mend(sweep, how) {
  const fault = sweep.told?.fault;
  if (fault?.kind === 'line') return sweep.change('axes', how(sweep.axes, fault));
}

/** Asks the host what is in the store and what the rest takes; nothing is made.
 * @param {SweepNode} sweep */
async function count(sweep) {
  const { prompt } = await send(sweep, (graph, sheet) =>
    idle(
      graph,
      openSweeps(graph, sheet, () => true),
    ),
  );
  if (prompt) sweep.runs.counts(prompt);
}

/** @param {SweepNode} sweep */
async function tryFirst(sweep) {
  const numbers = sweep.told ? tries(sweep.told) : [];
  if (!numbers.length) return;
  await sweep.change('make', tryText(numbers));
  await send(sweep, (graph) => graph);
}

/** Queues what the sheet below needs. @param {SweepNode} sweep
 * @param {(graph: import('../model/api_graphs.js').Api, sheet: string) => any} adapt */
async function send(sweep, adapt) {
  const { output, workflow } = await sweep.host.app.graphToPrompt();
  const sheet = sheetOf(output, sweep.id);
  if (!sheet) return { prompt: '', fault: say('noSheetBelow') };
  const graph = adapt(only(output, [sheet]), sheet);
  const answer = await post(sweep.host, graph, workflow, [sheet]);
  if (answer.fault) sweep.face.tell(say('notQueued', { message: answer.fault }));
  return answer;
}

/** @param {SweepNode} sweep */
const savers = ({ told }) =>
  told?.fault?.kind === 'savers' ? told.fault.nodes.map(({ id }) => id) : [];

/** Where an axis is made: its node, or the first input that its line names.
 * @param {SweepNode} sweep @param {string} key */
function placeOf({ told, id }, key) {
  const axis = told?.axes.find((each) => each.key === key || each.name === key);
  if (!axis) return [id]; // a line that names nothing
  if (axis.source.kind === 'node') return [axis.source.id];
  return [axis.targets[0]?.id ?? id];
}
