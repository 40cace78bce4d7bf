/* Sweeping one widget, changing that sweep and ending it: by an axis node that is linked to it, or
   by a line in the axes of the Sweep below. Each is one step of the host's undo. */

import { say } from '../common/texts.js';
import { SWEEP_VALUES } from '../common/node_ids.js';
import { placedTexts } from '../grammar/values.js';
import { isLink } from '../model/api_graphs.js';
import { valuesAt, withLine, withValues, withoutLine } from '../model/axis_lines.js';
import { addressOf } from '../model/input_addresses.js';
import { choicesAxis } from '../model/widget_axis.js';
import { addAxis, setValue, unlink } from './axis_beside.js';
import { goTo } from './go_to.js';
import { nodeAt, widgetOf } from './graph.js';
import { readGraph } from './graph_above.js';
import { oneStep } from './one_step.js';
import { sweepOutput } from './sweep_this.js';
import { sourceAt } from './swept_ends.js';
import { Sweeps } from './sweeps.js';
import { tell } from './toast.js';
import { mark, unmark } from './widget_marks.js';
import { placeOf } from './widget_place.js';
import { titleAt, widgetSweep } from './widget_sweep.js';

/** @typedef {import('./widget_sweep.js').WidgetSweep} WidgetSweep */
/** @typedef {{values: string[], pattern: string}} Answer */
/** @typedef {(asked: any) => Promise<Answer | null>} Choose opens the choices dialog */

/** @param {WidgetSweep} widget @param {Choose} choose */
export async function sweepWidget(widget, choose) {
  const ready = widget.first ? await firstSwept(widget) : widget;
  if (!ready || ready.why) return;
  const answer = ready.choices ? await choose(asked(ready)) : null;
  if (ready.choices && !answer) return;
  if (answer) await sweepChoices(ready, answer);
  else await put(ready, ready.axis);
}

/** A pattern is read in lines only. @param {WidgetSweep} widget @param {Answer} answer */
async function sweepChoices(widget, { values, pattern }) {
  const axis = { ...choicesAxis(pattern ? [pattern] : values), count: values.length };
  if (!pattern) return put(widget, axis);
  const ready = widget.lineHome ? widget : await firstSwept(widget);
  if (ready) await putLine(ready, axis);
}

/** @param {WidgetSweep} widget @param {import('../model/widget_axis.js').Axis} axis */
async function put(widget, axis) {
  if (!widget.takesLink) return putLine(widget, axis);
  const { host, place } = widget;
  await oneStep(host, () => addAxis(axis, [place]));
  tell(host, [swept(widget, axis.count), next(widget)].filter(Boolean).join(' '));
}

/** What is linked to it now goes. @param {WidgetSweep} widget
 * @param {import('../model/widget_axis.js').Axis} axis */
async function putLine(widget, axis) {
  const { host, place, sweeps, id, input } = widget;
  const sweep = String(widget.lineHome);
  if (isLink(sweeps.graph[sweep].inputs.axes))
    return tell(host, say('widgetAxesLinked', { title: titleAt(host, sweep) }), 'warn');
  await oneStep(host, () => {
    end(widget);
    const address = addressOf(readGraph(host), sweep, { id, input }, { defs: host.defs });
    if (!address) throw new Error(say('widgetCannot', { why: say('widgetUnread') }));
    changeAxes(host, sweep, (axes) => withLine(axes, address, String(axis.line)));
    if (place.slot >= 0) mark(place.node, place.slot, axis.count);
  });
  tell(host, swept(widget, axis.count));
}

/** @param {WidgetSweep} widget @param {number | null} n */
const swept = ({ name }, n) => say('widgetSwept', { name, n: n ?? '?' });

/** What makes it a sweep, where one saver alone is below and no Sweep is.
 * @param {WidgetSweep} widget */
function next({ sweeps, host, id }) {
  const savers = sweeps.savers(id);
  if (sweeps.below(id).length || savers.length !== 1) return '';
  return say('widgetNext', { title: titleAt(host, savers[0]) });
}

/** The widget again, once what it leads to is a sweep. @param {WidgetSweep} widget
 * @returns {Promise<WidgetSweep | null>} */
export async function firstSwept({ host, sweepable, place }) {
  const saver = nodeAt(host, sweepable);
  const source = saver && sourceAt(host, saver);
  if (!source) return null;
  await sweepOutput(host, source, saver.title);
  const found = widgetSweep(new Sweeps(host), place.node, place.widget);
  return found?.lineHome ? found : null;
}

/** @param {import('./graph.js').Host} host @param {string} sweep
 * @param {(axes: string) => string} change */
export function changeAxes(host, sweep, change) {
  const widget = widgetOf(host, nodeAt(host, sweep), 'axes');
  widget.value = change(String(widget.value ?? ''));
}

/** What the dialog is asked. @param {WidgetSweep} widget @param {string[]} [ticked] */
function asked(widget, ticked = []) {
  const { place, noun, choices, value, lineHome } = widget;
  const told = lineHome ? widget.sweeps.toldBy(lineHome).axes : [];
  const isOther = (/** @type {any} */ axis) =>
    !axis.targets.some(
      (/** @type {any} */ { id, input }) => id === widget.id && input === widget.input,
    );
  return {
    widget: widget.label,
    node: place.node.title,
    options: choices,
    current: value,
    others: told.filter(isOther).map(({ name, count }) => ({ name, count })),
    ...{ noun, ticked, thumb: widget.thumb },
  };
}

/** The choices that it is swept through now. @param {WidgetSweep} widget @returns {string[]} */
function tickedIn({ host, varied }) {
  try {
    return placedTexts(written(host, varied)).map(({ value }) => value);
  } catch {
    return [];
  }
}

/** @param {import('./graph.js').Host} host @param {WidgetSweep['varied']} varied */
function written(host, varied) {
  if (varied?.by === 'line') return valuesAt(axesOf(host, varied.sweep), varied.line);
  const node = varied?.by === 'node' ? nodeAt(host, varied.id) : null;
  return String(widgetOf(host, node, 'values')?.value ?? '');
}

/** @param {import('./graph.js').Host} host @param {string} sweep */
const axesOf = (host, sweep) => String(widgetOf(host, nodeAt(host, sweep), 'axes')?.value ?? '');

/** Choices are asked again; else the graph goes to where the values are written.
 * @param {WidgetSweep} widget @param {Choose} choose */
export async function changeSweep(widget, choose) {
  const { host, varied, choices, sweeps } = widget;
  if (varied?.by !== 'node' && varied?.by !== 'line') return;
  const isNode = varied.by === 'node';
  if (!choices || (isNode && sweeps.graph[varied.id].class_type !== SWEEP_VALUES))
    return goTo(host, [isNode ? varied.id : varied.sweep]);
  const answer = await choose(asked(widget, tickedIn(widget)));
  if (answer) await rewrite(widget, varied, answer);
}

/** @param {WidgetSweep} widget @param {NonNullable<WidgetSweep['varied']>} varied
 * @param {Answer} answer */
async function rewrite(widget, varied, answer) {
  if (varied.by === 'node' && answer.pattern) return sweepChoices(widget, answer);
  const { host, place } = widget;
  const count = answer.values.length;
  const { line, values } = choicesAxis(answer.pattern ? [answer.pattern] : answer.values);
  await oneStep(host, () => {
    if (varied.by === 'line')
      changeAxes(host, varied.sweep, (axes) => withValues(axes, varied.line, String(line)));
    else if (varied.by === 'node') setValue(nodeAt(host, varied.id), 'values', values.values);
    if (place.slot >= 0) mark(place.node, place.slot, count);
  });
  tell(host, swept(widget, count));
}

/** @param {WidgetSweep} widget */
export async function endSweep(widget) {
  await oneStep(widget.host, () => end(widget));
  tell(widget.host, say('widgetEnded', { name: widget.name }));
}

/** Inside one step. @param {WidgetSweep} widget */
export function end({ host, place, varied }) {
  if (varied?.by === 'node') unlink(place, nodeAt(host, varied.id));
  if (varied?.by === 'line')
    changeAxes(host, varied.sweep, (axes) => withoutLine(axes, varied.line));
  for (const each of [place, ...(varied?.by === 'line' ? placesOf(host, varied.targets) : [])])
    if (each.slot >= 0) unmark(each.node, each.node.inputs[each.slot].name);
}

/** @param {import('./graph.js').Host} host @param {import('./sweeps.js').Target[]} targets */
const placesOf = (host, targets) =>
  targets.flatMap(({ id, input }) => placeOf(host, nodeAt(host, id), { name: input }) ?? []);
