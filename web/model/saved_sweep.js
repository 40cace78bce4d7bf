/* A sweep in little, as it is saved with the workflow, so that a reopened sheet shows its frames
   from the store. */

import { JOINT } from './labels.js';
import { STATES, readAxis, readEstimate, readFrame, stored, texts } from './sweep.js';

/** @typedef {import('./sweep.js').Frame} Frame */
/** @typedef {import('./sweep.js').Sweep} Sweep */

const VERSION = 2; // 1 had no captions, no labels, and the values in one text
const EXACT = 1; // signs that are added up
const VOLATILE = 2;

/** Each text once, rows of short values. @param {Sweep} sweep */
export function packed(sweep) {
  const table = new Table();
  const names = [...new Set(sweep.frames.flatMap((frame) => Object.keys(frame.values)))];
  const row = (/** @type {Frame} */ frame) => [
    frame.id,
    STATES.indexOf(frame.status),
    table.text(frame.seed),
    table.text(frame.positive),
    table.text(frame.negative),
    frame.width,
    frame.height,
    (frame.exact ? EXACT : 0) + (frame.volatile ? VOLATILE : 0),
    frame.prompt ?? 1,
    names.map((name) => table.json(frame.values[name])),
    frame.caption.split(JOINT).map((piece) => table.text(piece)),
    table.text(frame.error),
    Object.keys(frame.labels).length ? table.json(frame.labels) : -1,
    ...elsewhere(frame),
  ];
  return {
    version: VERSION,
    id: sweep.id,
    axes: sweep.axes,
    constants: sweep.constants,
    labels: sweep.labels,
    names,
    frames: sweep.frames.map(row),
    earlier: sweep.earlier.map(row),
    estimate: sweep.estimate ?? undefined,
    texts: table.texts,
  };
}

/** Texts, each of them once. */
class Table {
  /** @type {Map<string, number>} */
  places = new Map();

  get texts() {
    return [...this.places.keys()];
  }

  /** @param {string | null | undefined} value */
  text(value) {
    if (value == null) return -1;
    const place = this.places.get(value) ?? this.places.size;
    this.places.set(value, place);
    return place;
  }

  /** @param {unknown} value */
  json(value) {
    return this.text(value === undefined ? undefined : JSON.stringify(value));
  }
}

/** Where its files are, if that is not where its id says. @param {Frame} frame */
function elsewhere({ id, image, thumb }) {
  const files = JSON.stringify([image, thumb]);
  const usual = [stored(id, 'png'), stored(id, 'webp')];
  return files === JSON.stringify(usual) ? [] : [image, thumb];
}

/** What `packed` made, or null if it is anything else: a workflow may come from anywhere.
 * @param {any} from @returns {Sweep | null} */
export function unpacked(from) {
  if (![1, VERSION].includes(from?.version)) return null;
  if (!Array.isArray(from.frames) || !Array.isArray(from.texts)) return null;
  const valid = (/** @type {any} */ row) => Array.isArray(row) && /^[0-9a-f]{16}$/.test(row[0]);
  const frame = (/** @type {any[]} */ row, /** @type {number} */ at) =>
    unpackedFrame(from, row, at);
  try {
    return {
      id: String(from.id),
      axes: from.axes.map(readAxis),
      constants: from.constants ?? {},
      labels: texts(from.labels),
      frames: from.frames.filter(valid).map(frame),
      earlier: (from.earlier ?? []).filter(valid).map(frame),
      estimate: readEstimate(from.estimate),
    };
  } catch {
    return null;
  }
}

/** @param {any} from @param {any[]} row @param {number} at @returns {Frame} */
function unpackedFrame(from, row, at) {
  const text = (/** @type {number} */ place) =>
    place >= 0 ? String(from.texts[place] ?? '') : null;
  const json = (/** @type {number} */ place) => JSON.parse(text(place) ?? 'null');
  const [id, status, seed, positive, negative, width, height, signs, prompt] = row;
  const frame = {
    id,
    status: STATES[status],
    seed: from.version === 1 ? seed : text(seed),
    positive: text(positive),
    negative: text(negative),
    width,
    height,
    exact: (signs & EXACT) !== 0,
    volatile: (signs & VOLATILE) !== 0,
    prompt,
  };
  if (from.version === 1) {
    const values = json(row[9]) ?? {};
    const labels = seed === null ? {} : { seed };
    const rest = { values, labels, caption: captionOf(values, seed), error: text(row[10]) };
    return readFrame({ ...frame, ...rest }, at);
  }
  const [values, caption, error, labels, image, thumb] = row.slice(9);
  const named = values.flatMap((/** @type {number} */ place, /** @type {number} */ i) =>
    place < 0 ? [] : [[from.names[i], json(place)]],
  );
  const rest = { values: Object.fromEntries(named), error: text(error), labels: json(labels) };
  return readFrame({ ...frame, ...rest, caption: caption.map(text).join(JOINT), image, thumb }, at);
}

/** The caption of a frame that was saved without one. @param {Record<string, unknown>} values
 * @param {string | null} seed all its digits */
const captionOf = (values, seed) =>
  Object.entries(values)
    .map(([name, value]) => {
      if (name === 'seed') return `seed ${seed ?? value}`;
      return typeof value === 'string' ? value : `${name} ${value}`;
    })
    .join(JOINT);
