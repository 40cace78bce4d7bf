/* Continue, New seeds, More like this, and frames that are not made yet: what a sheet queues. */

import {
  behind,
  changed,
  continued,
  idle,
  only,
  openSweeps,
  sweepOf,
} from '../model/api_graphs.js';
import { making } from '../model/making.js';
import { freshSeeds, moreLike, seedsOf } from '../model/new_seeds.js';
import { DONE, MISSING, isOpen } from '../model/sweep.js';
import { nodeAt, pathOf, queue, widgetOf } from './graph.js';
import { formatIds } from '../grammar/picks.js';
import { say } from '../common/texts.js';

/** @typedef {import('./graph.js').Host} Host */
/** @typedef {import('./sheet_node.js').SheetNode} View */

/** @type {Record<string, (host: Host, view: View, index: number) => Promise<void>>} */
export const RUNS = {
  continue: continueWith,
  'new seeds': newSeeds,
  'more like this': moreLikeThis,
  make: makeThis,
  'make missing': makeMissing,
};

const NAMED = 200; // frames that one run is asked for by their ids

/** @param {Host} host @param {View} view */
async function continueWith(host, view) {
  const { model } = view;
  const n = model.passing.length;
  if (!n) return model.tell(say('nothingPicked'));
  const { output, workflow } = await host.app.graphToPrompt();
  const sheet = pathOf(host, view.node) ?? '';
  const targets = behind(output, sheet, host.isOutput);
  if (!targets.length) return model.tell(say('nothingBehind'));
  const graph = continued(output, view.made, sheet, formatIds(model.marks.picks), targets);
  const sweeps = openSweeps(graph, sheet, openIn(view));
  const fault = await queue(host, idle(graph, sweeps), workflow, targets);
  model.tell(fault ? say('notQueued', { message: fault }) : say('continued', { n }));
}

/** @param {Host} host @param {View} view */
async function newSeeds(host, view) {
  const { model } = view;
  const now = await ready(host, view);
  if (!now) return;
  const { changes, seed } = freshSeeds(now.output, now.sweep, seedsOf(model.frames));
  if (!Object.keys(changes).length) return model.tell(say('noSeedNode'));
  if (model.marks.picks.length) {
    model.marks.keep(model.marks.picks, say('didKeep'));
    model.marked();
  }
  for (const [id, inputs] of Object.entries(changes))
    for (const [name, value] of Object.entries(inputs))
      setWidget(widgetOf(host, nodeAt(host, id), name), value);
  const { output, workflow } = await host.app.graphToPrompt();
  await send(host, view, now.sheet, changed(output, changes), workflow, say('rerolled', { seed }));
}

/** @param {Host} host @param {View} view @param {number} index */
async function moreLikeThis(host, view, index) {
  const { model } = view;
  const frame = model.frames[index];
  const now = await ready(host, view);
  if (!now || !frame) return;
  const like = model.frames.filter(
    (each) => each.positive === frame.positive && each.negative === frame.negative,
  );
  const seeds = like.map((each) => each.seed).filter((seed) => seed !== null);
  const { graph, more } = moreLike(now.output, now.sweep, frame, seeds, seedsOf(model.frames));
  await send(
    host,
    view,
    now.sheet,
    graph,
    now.workflow,
    say('moreSeeds', { n: more, number: index + 1 }),
  );
}

/** @param {Host} host @param {View} view @param {number} index */
async function makeThis(host, view, index) {
  const frame = view.model.frames[index];
  const n = index + 1;
  if (!frame || frame.status === DONE) return view.model.tell(say('isMade', { n }));
  await make(host, view, formatIds([frame.id]), say('making', { n }));
}

/** @param {Host} host @param {View} view */
async function makeMissing(host, view) {
  const ids = view.model.frames.filter(({ status }) => status === MISSING).map(({ id }) => id);
  const n = ids.length;
  await make(host, view, n > NAMED ? 'all' : formatIds(ids), say('makingAll', { n }));
}

/** Frames of the graph as it is now. @param {Host} host @param {View} view
 * @param {string} frames in the grammar of picks @param {string} text */
async function make(host, view, frames, text) {
  const now = await ready(host, view);
  if (!now) return;
  const graph = making(now.output, now, frames, openIn(view));
  await send(host, view, now.sheet, graph, now.workflow, text);
}

/** Whether a sheet has cells that are not made. @param {View} view */
const openIn = (view) => (/** @type {string} */ id) => isOpen(view.host.sheetAt(id)?.sweep);

/** @param {Host} host @param {View} view */
async function ready(host, view) {
  const { model } = view;
  if (model.phase === 'running') return void model.tell(say('notWhileRunning'));
  const { output, workflow } = await host.app.graphToPrompt();
  const sheet = pathOf(host, view.node) ?? '';
  const sweep = sweepOf(output, sheet);
  if (!sweep) return void model.tell(say('noSweep'));
  return { output, workflow, sheet, sweep };
}

/**
 * @param {Host} host
 * @param {View} view
 * @param {string} sheet
 * @param {any} graph
 * @param {any} workflow
 * @param {string} text
 */
async function send(host, view, sheet, graph, workflow, text) {
  const { model } = view;
  const picked = changed(graph, { [sheet]: { picks: formatIds(model.marks.picks) } });
  const fault = await queue(host, only(picked, [sheet]), workflow, [sheet]);
  model.tell(fault ? say('notQueued', { message: fault }) : text);
}

/** @param {any} widget @param {unknown} value */
function setWidget(widget, value) {
  if (!widget) return;
  widget.value = value;
  widget.callback?.(value);
}
