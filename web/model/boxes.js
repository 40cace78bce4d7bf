/* Boxes: x, y, width and height. */

/** @typedef {{x: number, y: number, w: number, h: number}} Box */

/** @param {Box} box */
export const right = ({ x, w }) => x + w;

/** @param {Box} box */
export const bottom = ({ y, h }) => y + h;

/** @param {Box} a @param {Box} b */
export const overlap = (a, b) =>
  a.x < right(b) && b.x < right(a) && a.y < bottom(b) && b.y < bottom(a);

/** Whether one is over the other, or nearer than this.
 * @param {Box} box @param {Box} other @param {number} by */
export const isNear = ({ x, y, w, h }, other, by) =>
  overlap({ x: x - by, y: y - by, w: w + 2 * by, h: h + 2 * by }, other);

/** As the host tells what is in a group: by its middle. @param {Box} inner @param {Box} outer */
export const isInside = ({ x, y, w, h }, outer) =>
  overlap({ x: x + w / 2, y: y + h / 2, w: 0, h: 0 }, outer);

/** @param {Box[]} boxes @returns {Box} */
export function around(boxes) {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return {
    x,
    y,
    w: Math.max(...boxes.map(right)) - x,
    h: Math.max(...boxes.map(bottom)) - y,
  };
}

/** @template {Box} T @param {T} box @returns {T} */
export const flip = (box) => ({ ...box, x: 0 - right(box) });
