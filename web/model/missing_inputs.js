/* What is said where a line of axes names nothing: what there is, the nearest first. */

import { few } from '../grammar/nearest.js';
import { called } from './above.js';

/** @typedef {import('../grammar/addresses.js').Address} Address */
/** @typedef {import('./named_inputs.js').NamedInputs} NamedInputs */
/** @typedef {import('./named_inputs.js').NodeAbove} NodeAbove */

/** @param {NamedInputs} above @param {Address} address
 * @param {NodeAbove[]} nodes those that it names */
export function missing(above, { path, word, input, name = '' }, nodes) {
  if (word && !above.titled(word).length) {
    const words = nodes.flatMap((node) => [node.title, node.class_type]).filter(Boolean);
    const there = few(word, words);
    return `No node above has this title or class, or this input: there are ${there}`;
  }
  const isNamed = path || word;
  const which = isNamed ? `${called(above.api, nodes[0].id)} has no input` : '';
  const there = few(input || name, inputsOf(above, nodes));
  return `${which || 'No node above has an input'} of this name: there are ${there || 'none'}`;
}

/** Their inputs by name, widgets first. @param {NamedInputs} above @param {NodeAbove[]} nodes */
function inputsOf(above, nodes) {
  const all = nodes.flatMap(({ id, names }) => names.map((input) => ({ id, input })));
  const sorted = all.map((target) => `${Number(above.isLink(target))}${target.input}`).sort();
  return sorted.map((each) => each.slice(1));
}
