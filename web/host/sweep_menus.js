/* The menus of a Sweep's face: which axis to add, and which input a line names. */

import { openMenu } from '../common/menu.js';
import { PROMPT_BATCH, SEED_SWEEP, SWEEP_ROWS, SWEEP_VALUES } from '../common/node_ids.js';
import { say } from '../common/texts.js';
import { withLine } from '../model/axis_lines.js';
import { inputsAbove, shortestAddress } from '../model/input_addresses.js';
import { NamedInputs } from '../model/named_inputs.js';
import { axisOf, specOf } from '../model/widget_axis.js';
import { newAxis } from './new_axis.js';

/** @typedef {import('./sweep_node.js').SweepNode} SweepNode */
/** @typedef {import('../model/input_addresses.js').InputAbove & {address: string}} Named */

const LONG = 60; // letters of a value
const AXES = {
  [SEED_SWEEP]: 'addSeeds',
  [PROMPT_BATCH]: 'addPrompts',
  [SWEEP_VALUES]: 'addValues',
  [SWEEP_ROWS]: 'addRows',
};

/** @param {SweepNode} sweep @param {Element} at */
export function addAxis(sweep, at) {
  const axes = Object.entries(AXES).map(([type, more]) => ({
    text: sweep.host.defs(type)?.display_name ?? type,
    more: say(more),
    do: () => newAxis(sweep, type),
  }));
  const line = {
    text: say('byAddress'),
    more: say('byAddressMore'),
    do: () => open(at, say('byAddress'), linesFor(sweep)),
  };
  openMenu({ at, label: say('addAxis'), items: [...axes, line] });
}

/** @param {SweepNode} sweep @param {Element} at @param {(input: Named) => unknown} act */
export const chooseInput = (sweep, at, act) =>
  open(
    at,
    say('chooseInput'),
    named(sweep).map((input) => itemOf(input, () => act(input))),
  );

/** @param {Element} at @param {string} label
 * @param {import('../common/menu.js').Item[]} items */
function open(at, label, items) {
  const none = { text: say('noInputs'), off: true, do: () => {} };
  openMenu({ at, label, items: items.length ? items : [none] });
}

/** @param {Named} input @param {() => unknown} act */
const itemOf = ({ address, isLink, kind, value }, act) => ({
  text: address,
  more: isLink ? kind : short(String(value)),
  do: act,
});

/** @param {string} text */
const short = (text) => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);

/** The inputs above that a line can name. @param {SweepNode} sweep @returns {Named[]} */
function named({ graph, id, host }) {
  const above = new NamedInputs(graph, id, host.defs);
  return inputsAbove(graph, id, host)
    .map((input) => ({ ...input, address: shortestAddress(above, input) }))
    .filter(({ address }) => address);
}

/** A line for each input that none is about yet, with what it says now. @param {SweepNode} sweep */
function linesFor(sweep) {
  const taken = sweep.told?.axes.flatMap(({ targets }) => targets.map(keyOf)) ?? [];
  return named(sweep).flatMap((input) => {
    const spec = specOf(sweep.host.defs(input.class_type), input.input);
    const values = spec && !input.isLink ? axisOf(input.input, spec, input.value).line : null;
    if (values === null || taken.includes(keyOf(input))) return [];
    const act = () => sweep.change('axes', withLine(sweep.axes, input.address, values));
    return [itemOf(input, act)];
  });
}

/** @param {{id: string, input: string}} target */
const keyOf = ({ id, input }) => `${id} ${input}`;
