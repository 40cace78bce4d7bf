/* What the axes of a sweep are called, and in which order they are multiplied: the page's twin of
   nodes/core/plan/naming.py. */

import { JOINT } from './labels.js';
import { SEEDS } from './named_inputs.js';

/** @typedef {import('./named_inputs.js').Target} Target */

/** Prompts outermost, seeds innermost, the others as they were met.
 * @param {string[]} keys @param {Map<string, Target[]>} targets
 * @param {(key: string) => boolean} isPrompt */
export function ordered(keys, targets, isPrompt) {
  const ranks = new Map(keys.map((key) => [key, rank(key)]));
  return [...keys].sort((a, b) => Number(ranks.get(a)) - Number(ranks.get(b)));

  /** @param {string} key */
  function rank(key) {
    if (isPrompt(key)) return 0;
    const fed = targets.get(key) ?? [];
    return fed.length && fed.every(({ input }) => SEEDS.includes(input)) ? 2 : 1;
  }
}

/** Each axis, and each column of one, under a name of its own: what its node says it is, else the
 * input it feeds; where two share that, with the title of the node in front, then numbered. A
 * column's node is the one that has the table.
 * @param {[string, import('./axis_nodes.js').AxisTold][]} axes by their keys
 * @param {Map<string, Target[]>} targets
 * @param {(id: string) => string} title @returns {Map<string, string>} */
export function named(axes, targets, title) {
  const first = (/** @type {string} */ key) => targets.get(key)?.[0] ?? { id: '', input: '' };
  const plain = axes.map(([key, { name, columns }]) =>
    columns.length ? columns : [name || first(key).input],
  );
  const all = plain.flat();
  /** @type {Map<string, number>} */
  const seen = new Map();
  return new Map(
    axes.map(([key, { columns }], at) => {
      const id = columns.length ? key : first(key).id;
      const names = plain[at].map((each) => {
        const isShared = all.indexOf(each) !== all.lastIndexOf(each);
        const name = isShared && id ? `${title(id)}.${each}` : each;
        const times = (seen.get(name) ?? 0) + 1;
        seen.set(name, times);
        return times > 1 ? `${name} ${times}` : name;
      });
      return [key, names.join(JOINT)];
    }),
  );
}
