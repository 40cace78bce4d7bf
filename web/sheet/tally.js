/* The picks and stars of a row or column, beside what it is called. */

import { h, icon, set, star } from '../common/dom.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/tallies.js').Tally} Tally */

/** In words. @param {Tally} tally */
export const tallyText = ({ picks, stars, first }) =>
  [
    picks && say('picked', { n: picks }),
    stars && say('sayStars', { n: stars }),
    first && say(picks ? 'mostPicked' : 'mostStars'),
  ]
    .filter(Boolean)
    .join(', ');

/** One that says nothing yet. */
export const makeTally = () => h('span', { class: 'ps-tally', role: 'img', hidden: true });

/** @param {HTMLElement} element @param {Tally} tally */
export function patchTally(element, tally) {
  const { picks, stars, first } = tally;
  const sign = `${picks} ${stars} ${first}`;
  if (element.dataset.sign === sign) return;
  element.dataset.sign = sign;
  element.hidden = !picks && !stars;
  set(element, 'class', first ? 'ps-tally first' : 'ps-tally');
  set(element, 'aria-label', tallyText(tally));
  element.replaceChildren(
    ...(picks ? [h('span', {}, icon('check', 10), String(picks))] : []),
    ...(stars ? [h('span', {}, star(), String(stars))] : []),
  );
}
