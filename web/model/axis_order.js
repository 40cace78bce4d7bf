/* What the axes of a sweep are called, and in which order they are multiplied: the page's twin of
   nodes/core/plan/naming.py. */

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

/** Each axis under a name of its own: what its node says it is, else the input it feeds; where two
 * share that, with the title of the node in front, then numbered.
 * @param {[string, string][]} axes keys and what their nodes say
 * @param {Map<string, Target[]>} targets
 * @param {(id: string) => string} title @returns {Map<string, string>} */
export function named(axes, targets, title) {
  const first = (/** @type {string} */ key) => targets.get(key)?.[0] ?? { id: '', input: '' };
  const plain = axes.map(([key, name]) => name || first(key).input);
  /** @type {Map<string, number>} */
  const seen = new Map();
  return new Map(
    axes.map(([key], at) => {
      const { id } = first(key);
      const isShared = plain.filter((name) => name === plain[at]).length > 1;
      const name = isShared && id ? `${title(id)}.${plain[at]}` : plain[at];
      const times = (seen.get(name) ?? 0) + 1;
      seen.set(name, times);
      return [key, times > 1 ? `${name} ${times}` : name];
    }),
  );
}
