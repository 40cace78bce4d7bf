/* A free place in a graph. Pure. */

import { isNear } from './boxes.js';

/** @typedef {import('./boxes.js').Box} Box */

const GAP = 40;
const NEAR = 40; // boxes that places are tried beside

/**
 * The place nearest to the one that is wanted, there or further left, where nothing is covered.
 * @param {Box} wanted
 * @param {Box[]} taken
 * @returns {{x: number, y: number}}
 */
export function freePlace(wanted, taken) {
  const { x, y, w, h } = wanted;
  const near = [...taken].sort((a, b) => far(a, wanted) - far(b, wanted)).slice(0, NEAR);
  const xs = [x, ...near.map((box) => box.x - w - GAP).filter((each) => each < x)];
  const ys = [y, ...near.flatMap((box) => [box.y - h - GAP, box.y + box.h + GAP])];
  const places = xs.flatMap((left) => ys.map((top) => ({ ...wanted, x: left, y: top })));
  const free = places.filter((place) => !taken.some((box) => isNear(place, box, GAP)));
  const order = free.sort((a, b) => far(a, wanted) - far(b, wanted));
  const [best] = [...order, wanted];
  return { x: best.x, y: best.y };
}

/** @param {Box} a @param {Box} b */
const far = (a, b) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
