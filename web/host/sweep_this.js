/* Sweep this: a Sweep and a Contact Sheet behind an output, and what saved that output behind the
   sheet. */

import { CONTACT_SHEET, SWEEP, UNPACK_FRAMES } from '../common/node_ids.js';
import { endsOf, sourceAt, sweepOn } from './swept_ends.js';
import { isLeftwards, place } from './room_for.js';
import { measured, oneStep } from './one_step.js';
import { goTo, show } from './go_to.js';
import { newNode, pathOf } from './graph.js';
import { say } from '../common/texts.js';
import { tell } from './toast.js';

/** @typedef {import('./graph.js').Host} Host */
/** @typedef {import('./swept_ends.js').Source} Source */

const PICKED = 0; // outputs of the Contact Sheet
const IMAGES = 1;
const SHEET_SIZE = [640, 860]; // four frames in a row, three rows

/** The line of a node as a whole.
 * @param {Host} host @param {any} node @returns {import('./menus.js').Line[]} */
export function sweepThisLines(host, node) {
  const source = sourceAt(host, node);
  if (!source) return [];
  const { sheet } = sweepOn(source);
  const go = () => goTo(host, [String(pathOf(host, sheet))]);
  if (sheet) return [{ text: say('goToSheet'), icon: 'sweep', do: go }];
  const more = say(source.before ? 'sweepBefore' : 'sweepBehind');
  return [
    {
      text: say('sweepThis'),
      more,
      icon: 'sweep',
      do: () => sweepOutput(host, source, node.title),
    },
  ];
}

/**
 * @param {Host} host
 * @param {Source} source
 * @param {string} title of the node that was asked: a subgraph's input has none
 * @returns {Promise<{sweep: any, sheet: any}>}
 */
export async function sweepOutput(host, source, title) {
  const { graph } = source;
  const made = await oneStep(host, async () => {
    const ends = endsOf(host, source);
    const leftwards = isLeftwards(
      source.node,
      ends.map(({ node }) => node),
    );
    const there = sweepOn(source).sweep;
    const sweep = there ?? add(graph, SWEEP);
    const sheet = add(graph, CONTACT_SHEET, SHEET_SIZE);
    if (!there) link(source, sweep);
    sweep.connect(0, sheet, 'frames');
    const added = [...(there ? [] : [sweep]), sheet, ...carryOn(source, sheet, ends)];
    await measured(added);
    place(host.app.canvas, graph, there ?? source.node, added, leftwards);
    return { sweep, sheet };
  });
  show(host, made.sweep);
  tell(host, say('sweptThis', { title: source.node.title ?? title }));
  return made;
}

/** @param {any} graph @param {string} type @param {number[]} [size] */
function add(graph, type, size) {
  const node = newNode(type);
  if (size) node.setSize(size); // in 1.32's Nodes 2.0 none is heard later
  graph.add(node);
  return node;
}

/** @param {Source} source @param {any} sweep */
function link({ graph, node, slot }, sweep) {
  const at = sweep.findInputSlot('source');
  if (node === graph.inputNode) node.slots[slot].connect(sweep.inputs[at], sweep);
  else node.connect(slot, sweep, at);
}

/** Hangs on the sheet what hung on the source; what else is needed for that.
 * @param {Source} source @param {any} sheet @param {import('./swept_ends.js').End[]} ends
 * @returns {any[]} */
function carryOn({ graph, kind }, sheet, ends) {
  if (kind === 'IMAGE') for (const end of ends) end.link(sheet, IMAGES);
  if (kind === 'IMAGE' || !ends.length) return [];
  const unpack = add(graph, UNPACK_FRAMES);
  sheet.connect(PICKED, unpack, 'frames');
  const slot = unpack.outputs.findIndex((/** @type {any} */ each) => each.type === kind);
  for (const end of ends) end.link(unpack, slot);
  return [unpack];
}
