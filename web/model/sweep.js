/* A manifest as the page keeps it: frames with exact seeds, and a short form of it all that is
   saved with the workflow, so that a reopened sheet shows its frames from the store. */

/** @typedef {{filename: string, subfolder: string, type: string}} FileRef */
/** @typedef {{name: string, labels: string[], values: unknown[]}} Axis */
/** @typedef {{number: number, id: string, status: string, seed: string | null, positive: string,
 *   negative: string, prompt?: number, values: Record<string, unknown>, width: number,
 *   height: number, exact: boolean, error: string | null}} Frame */
/** @typedef {{id: string, axes: Axis[], constants: Record<string, unknown>, frames: Frame[],
 *   earlier: Frame[]}} Sweep `earlier`: picked frames that the sweep does not have */

export const STORE = 'proofsheet/store';
export const DONE = 'done';
export const FAILED = 'failed';
export const GONE = 'gone';
export const WAITING = 'waiting';

const STATES = [WAITING, DONE, FAILED, GONE];

/**
 * Where `/view` finds a file of the store.
 * @param {string} id
 * @param {string} ending
 * @returns {FileRef}
 */
export const stored = (id, ending) => ({
  filename: `${id}.${ending}`,
  subfolder: `${STORE}/${id.slice(0, 2)}`,
  type: 'output',
});

/** @param {any} manifest as the server sends it @returns {Sweep} */
export function fromManifest(manifest) {
  const axes = (manifest.axes ?? []).map(axis);
  const exact = exactSeeds(axes);
  const seen = (/** @type {any} */ frame, /** @type {number} */ at) => read(frame, at + 1, exact);
  return {
    id: String(manifest.sweep ?? ''),
    axes,
    constants: manifest.constants ?? {},
    frames: (manifest.frames ?? []).map(seen),
    earlier: (manifest.picks?.earlier ?? []).map(seen),
  };
}

/** @param {any} from @returns {Axis} */
const axis = (from) => ({
  name: String(from.name),
  labels: (from.labels ?? []).map(String),
  values: from.values ?? [],
});

/** Seeds above 2^53 lose digits on their way as numbers; the labels of their axis are text.
 * @param {Axis[]} axes */
function exactSeeds(axes) {
  /** @type {Map<number, string>} */
  const exact = new Map();
  const seeds = axes.find((each) => each.name === 'seed');
  for (const label of seeds?.labels ?? []) exact.set(Number(label), label);
  return exact;
}

/** @param {any} frame @param {number} number @param {Map<number, string>} exact @returns {Frame} */
function read(frame, number, exact) {
  const seed = frame.seed ?? null;
  return {
    number: frame.number ?? number,
    id: String(frame.id),
    status: STATES.includes(frame.status) ? frame.status : WAITING,
    seed: seed === null ? null : (exact.get(Number(seed)) ?? String(seed)),
    positive: String(frame.positive ?? ''),
    negative: String(frame.negative ?? ''),
    prompt: frame.prompt,
    values: frame.values ?? {},
    width: Number(frame.width) || 0,
    height: Number(frame.height) || 0,
    exact: frame.exact !== false,
    error: frame.error == null ? null : String(frame.error),
  };
}

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
  sweep.frames[index] = read(news, index + 1, exactSeeds(sweep.axes));
  return index;
}

/** Each text once, rows of short values. @param {Sweep} sweep */
export function packed(sweep) {
  /** @type {Map<string, number>} */
  const texts = new Map();
  const text = (/** @type {string | null} */ value) => {
    if (value === null) return -1;
    if (!texts.has(value)) texts.set(value, texts.size);
    return texts.get(value);
  };
  const row = (/** @type {Frame} */ f) => [
    f.id,
    STATES.indexOf(f.status),
    f.seed,
    text(f.positive),
    text(f.negative),
    f.width,
    f.height,
    f.exact ? 1 : 0,
    f.prompt ?? 1,
    text(JSON.stringify(f.values)),
    text(f.error),
  ];
  const frames = sweep.frames.map(row);
  const earlier = sweep.earlier.map(row);
  return {
    version: 1,
    id: sweep.id,
    axes: sweep.axes,
    constants: sweep.constants,
    frames,
    earlier,
    texts: [...texts.keys()],
  };
}

/** What `packed` made, or null if it is anything else: a workflow may come from anywhere.
 * @param {any} from @returns {Sweep | null} */
export function unpacked(from) {
  if (from?.version !== 1 || !Array.isArray(from.frames) || !Array.isArray(from.texts)) return null;
  try {
    const text = (/** @type {number} */ at) => (at < 0 ? null : String(from.texts[at] ?? ''));
    const frame = (
      /** @type {any[]} */ [
        id,
        status,
        seed,
        positive,
        negative,
        width,
        height,
        exact,
        prompt,
        values,
        error,
      ],
      /** @type {number} */ at,
    ) =>
      read(
        {
          number: at + 1,
          id,
          status: STATES[status],
          seed,
          positive: text(positive),
          negative: text(negative),
          width,
          height,
          exact: exact === 1,
          prompt,
          values: JSON.parse(text(values) ?? '{}'),
          error: text(error),
        },
        at + 1,
        new Map(),
      );
    const valid = (/** @type {any} */ row) => Array.isArray(row) && /^[0-9a-f]{16}$/.test(row[0]);
    return {
      id: String(from.id),
      axes: from.axes.map(axis),
      constants: from.constants ?? {},
      frames: from.frames.filter(valid).map(frame),
      earlier: (from.earlier ?? []).filter(valid).map(frame),
    };
  } catch {
    return null;
  }
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

/** What a frame is called beside its number: the value of each axis, in short.
 * @param {Frame} frame @param {readonly string[]} [without] axes that headers already say
 * @param {boolean} [named] whether a seed is called one */
export function caption(frame, without = [], named = false) {
  return Object.entries(frame.values)
    .filter(([name]) => !without.includes(name))
    .map(([name, value]) => {
      if (name === 'seed') return `${named ? 'seed ' : ''}${frame.seed ?? value}`;
      return typeof value === 'string' ? value : `${name} ${value}`;
    })
    .join(' · ');
}

/** Labels without the front that all of long ones share: 9007…51615 as …51615.
 * @param {string[]} labels */
export function shortened(labels) {
  if (labels.length < 2 || labels.some((label) => label.length < 9 || !/^\d+$/.test(label)))
    return labels;
  let shared = 0;
  while (labels.every((label) => label[shared] === labels[0][shared])) shared += 1;
  const cut = Math.min(shared, Math.min(...labels.map((label) => label.length)) - 5);
  return cut > 2 ? labels.map((label) => `…${label.slice(cut)}`) : labels;
}
