/* The line that tells what a sweep of the ticks comes to. */

import { counted } from '../model/choice_kinds.js';
import { figure, say } from '../common/texts.js';

/** @typedef {{name: string, count: number | null}} Other an axis that is there already */

const UNKNOWN = '?';
const NAMED = /** @type {Record<string, string>} */ ({ prompt: 'promptCount', seed: 'seedCount' });

/** @param {string} noun @param {number} n of ticks @param {Other[]} others */
export function product(noun, n, others) {
  const axes = [counted(noun, n), ...others.map(told)].join(' × ');
  const counts = others.map(({ count }) => count);
  const frames = counts.includes(null)
    ? UNKNOWN
    : figure(counts.reduce((/** @type {number} */ all, count) => all * Number(count), n));
  return say('choicesProduct', { axes, frames: say('count', { n: frames }) });
}

/** @param {Other} other */
function told({ name, count }) {
  const n = count === null ? UNKNOWN : figure(count);
  return name in NAMED ? say(NAMED[name], { n }) : `${n} ${name}`;
}
