/* A manifest as the page keeps it: what the server says, frame by frame. */

import { exact, written } from './labels.js';

/** @typedef {import('./labels.js').Labels} Labels */
/** @typedef {{filename: string, subfolder: string, type: string}} FileRef */
/** @typedef {{name: string, labels: string[], values: unknown[]}} Axis */
/** @typedef {{number: number, id: string, status: string, seed: string | null, positive: string,
 *   negative: string, caption: string, prompt?: number, values: Record<string, unknown>,
 *   labels: Labels, width: number, height: number, exact: boolean, volatile: boolean,
 *   error: string | null, image: FileRef, thumb: FileRef}} Frame
 *   `volatile`: something above it never gives the same twice */
/** @typedef {{seconds: number | null, bytes: number | null, missing: number}} Estimate */
/** @typedef {{id: string, axes: Axis[], constants: Record<string, unknown>, labels: Labels,
 *   frames: Frame[], earlier: Frame[], estimate: Estimate | null}} Sweep
 *   `labels`: of the constants; `earlier`: picked frames that the sweep does not have; `estimate`:
 *   what the missing frames would take */

export const DONE = 'done';
export const FAILED = 'failed';
export const GONE = 'gone';
export const MISSING = 'missing'; // not made, and nobody asked for it
export const WAITING = 'waiting';
export const STATES = [WAITING, DONE, FAILED, GONE, MISSING]; // saved sheets count on this order

/**
 * Where `/view` finds a file of a frame that no manifest tells of: a pick's, a saved sheet's.
 * @param {string} id
 * @param {string} ending
 * @returns {FileRef}
 */
export const stored = (id, ending) => ({
  filename: `${id}.${ending}`,
  subfolder: `proofsheet/store/${id.slice(0, 2)}`,
  type: 'output',
});

/** @param {any} manifest as the server sends it @returns {Sweep} */
export const fromManifest = (manifest) => ({
  id: String(manifest.sweep ?? ''),
  axes: (manifest.axes ?? []).map(readAxis),
  constants: manifest.constants ?? {},
  labels: texts(manifest.labels),
  frames: (manifest.frames ?? []).map(readFrame),
  earlier: (manifest.picks?.earlier ?? []).map(readFrame),
  estimate: readEstimate(manifest.estimate),
});

/** @param {any} from @returns {Estimate | null} */
export function readEstimate(from) {
  if (!Number.isInteger(from?.missing)) return null;
  const { seconds, bytes, missing } = from;
  const known = (/** @type {unknown} */ value) => (Number.isFinite(value) ? Number(value) : null);
  return { seconds: known(seconds), bytes: known(bytes), missing };
}

/** @param {any} from @returns {Axis} */
export const readAxis = (from) => ({
  name: String(from.name),
  labels: (from.labels ?? []).map(String),
  values: from.values ?? [],
});

/** @param {any} from @returns {Labels} */
export const texts = (from) =>
  Object.fromEntries(Object.entries(from ?? {}).map(([name, text]) => [name, String(text)]));

/** @param {any} frame @param {number} at its place, from 0 @returns {Frame} */
export function readFrame(frame, at) {
  const { seed, ...labels } = texts(frame.labels);
  const id = String(frame.id);
  const values = exactly(frame.values ?? {}, { seed, ...labels });
  return {
    number: frame.number ?? at + 1,
    id,
    status: STATES.includes(frame.status) ? frame.status : WAITING,
    seed: frame.seed == null ? null : (seed ?? String(frame.seed)),
    positive: String(frame.positive ?? ''),
    negative: String(frame.negative ?? ''),
    caption: String(frame.caption ?? ''),
    prompt: frame.prompt,
    values,
    labels: needed(labels, values),
    width: Number(frame.width) || 0,
    height: Number(frame.height) || 0,
    exact: frame.exact !== false,
    volatile: frame.volatile === true,
    error: frame.error == null ? null : String(frame.error),
    image: frame.image ?? stored(id, 'png'),
    thumb: frame.thumb ?? stored(id, 'webp'),
  };
}

/** @param {Record<string, unknown>} values @param {Labels} labels */
const exactly = (values, labels) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, exact(value, labels[name])]),
  );

/** Labels of what is not written so by itself. @param {Labels} labels
 * @param {Record<string, unknown>} values */
const needed = (labels, values) =>
  Object.fromEntries(
    Object.entries(labels).filter(([name, label]) => written(name, values[name], {}) !== label),
  );

/**
 * A frame's news over what is known of it.
 * @param {Sweep} sweep
 * @param {any} news
 * @returns {number} its index, or -1
 */
export function update(sweep, news) {
  const index = Number(news.number) - 1;
  const known = sweep.frames[index];
  if (!known || known.id !== news.id) return -1;
  sweep.frames[index] = readFrame(news, index);
  return index;
}

/** The picture of a pick, in the sweep or of an earlier one. @param {Sweep | null} sweep
 * @param {string} id @param {number} index in the sweep, or -1 */
export function thumbOf(sweep, id, index) {
  const frame = sweep?.frames[index] ?? sweep?.earlier.find((each) => each.id === id);
  return frame?.thumb ?? stored(id, 'webp');
}

/** Whether it has frames that are not made, or not for good.
 * @param {Sweep | null | undefined} sweep */
export const isOpen = (sweep) =>
  sweep?.frames.some((frame) => frame.status !== DONE || frame.volatile);

/** The axes that vary and that the frames fill, outermost first; none where they fill none.
 * @param {Sweep} sweep */
export function filledAxes({ axes, frames }) {
  const long = axes.filter((axis) => axis.labels.length > 1);
  const size = long.reduce((product, axis) => product * axis.labels.length, 1);
  return size === frames.length ? long : [];
}

/** Height by width of the box that every picture of a sweep fits. @param {Sweep} sweep */
export function ratioOf(sweep) {
  let width = 0;
  let height = 0;
  for (const frame of sweep.frames) {
    width = Math.max(width, frame.width);
    height = Math.max(height, frame.height);
  }
  return width && height ? Math.min(3, Math.max(1 / 3, height / width)) : 1;
}
