/* New seeds and More like this: other seeds for the sweep above a sheet, wherever it has them from.
   Pure; the graphs come from the host. */

import { PROMPT_BATCH, SEED_SWEEP, SWEEP_ROWS, SWEEP_SAMPLER } from '../common/node_ids.js';
import { linesWithSeeds, seedsIn } from '../grammar/seed_lines.js';
import { changed, isLink, stageOf } from './api_graphs.js';
import { onlyThis } from './one_prompt.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('./sweep.js').Frame} Frame */
/** @typedef {Record<string, Record<string, any>>} Changes node id -> input -> value */
/** @typedef {{id: string, name: string, value: any}} SeedInput */

const LARGEST = 2n ** 50n; // seeds made here stay exact as numbers
const NAMES = ['seed', 'noise_seed'];
const AXES = [SEED_SWEEP, PROMPT_BATCH]; // their seeds are their own affair

/** Every seed of frames, of all their stages. @param {Pick<Frame, 'seed' | 'values'>[]} frames */
export const seedsOf = (frames) =>
  frames.flatMap(({ seed, values }) => [
    ...(seed === null ? [] : [seed]),
    ...Object.entries(values)
      .filter(([name, value]) => /seed/i.test(name) && /^\d+$/.test(String(value)))
      .map(([, value]) => String(value)),
  ]);

/**
 * Changes for seeds that none of the frames has: of the Seed Sweeps, else of the lines in axes,
 * else of the seeds written on nodes.
 * @param {Api} api
 * @param {string} sweep
 * @param {string[]} used
 * @returns {{changes: Changes, seed: string | number}} `seed`: the new ones, in short
 */
export function freshSeeds(api, sweep, used) {
  const inputs = seedInputs(api, sweep);
  const linked = seedSweeps(api, inputs);
  if (linked.length) {
    const changes = Object.fromEntries(linked.map((id) => [id, shifted(api[id].inputs, used)]));
    return { changes, seed: Object.values(changes[linked[0]])[0] };
  }
  const seed = Number(unused(used, 1));
  const others = (/** @type {string} */ seeds) => fresh(used, seedsIn(seeds));
  return { changes: rewritten(api, sweep, inputs, others, seed), seed };
}

/**
 * A sweep over one prompt, or one row of a table: its seeds and as many new ones.
 * @param {Api} api
 * @param {string} sweep
 * @param {Pick<Frame, 'positive' | 'negative' | 'values'>} frame
 * @param {string[]} seeds of that prompt's frames
 * @param {string[]} used in the whole sheet
 * @returns {{graph: Api, more: number}}
 */
export function moreLike(api, sweep, frame, seeds, used) {
  const own = [...new Set(seeds)];
  const more = Math.max(1, own.length);
  const first = unused(used, more);
  const list = [...own, ...Array.from({ length: more }, (_, at) => first + BigInt(at))].join(', ');
  const node = `${Math.max(0, ...Object.keys(api).map((id) => Number.parseInt(id, 10) || 0)) + 1}`;
  const inputs = { seed: 0, count: 1, mode: 'list', list };
  const graph = { ...api, [node]: { class_type: SEED_SWEEP, inputs } };
  const one = changed(graph, onlyThis(graph, sweep, frame));
  return { graph: changed(one, seeded(one, sweep, list, [node, 0])), more };
}

/** The seeds of one axis from another list: the first Seed Sweep's, else those of tables, else
 * those that lines of axes give, else those written on nodes. @param {Api} api
 * @param {string} sweep @param {string} list
 * @param {[string, number]} link to a node that gives this list @returns {Changes} */
function seeded(api, sweep, list, link) {
  const inputs = seedInputs(api, sweep);
  if (api[sweep].class_type === SWEEP_SAMPLER) return put(inputs, link);
  const [first] = seedSweeps(api, inputs);
  const linked = inputs.filter((input) =>
    first ? sourceOf(input) === first : api[sourceOf(input)]?.class_type === SWEEP_ROWS,
  );
  if (linked.length) return put(linked, link);
  return rewritten(api, sweep, inputs, () => list, link);
}

/** Other seeds in the lines of axes that give seeds; without such lines, this value on the nodes
 * that seeds are written on. @param {Api} api @param {string} sweep @param {SeedInput[]} inputs
 * @param {(seeds: string) => string} change @param {any} value @returns {Changes} */
function rewritten(api, sweep, inputs, change, value) {
  const axes = axesOf(api, sweep);
  const lines = linesWithSeeds(axes, change);
  if (lines !== axes) return { [sweep]: { axes: lines } };
  return put(
    inputs.filter((input) => !sourceOf(input)),
    value,
  );
}

/** @param {Api} api @param {string} sweep */
const axesOf = (api, sweep) => String(api[sweep].inputs.axes ?? '');

/** The seeds that make a sweep's frames: a Sweep Sampler's own, else those of all nodes above.
 * @param {Api} api @param {string} sweep @returns {SeedInput[]} */
function seedInputs(api, sweep) {
  const ids = api[sweep].class_type === SWEEP_SAMPLER ? [sweep] : stageOf(api, sweep);
  return ids
    .filter((id) => !AXES.includes(api[id].class_type))
    .flatMap((id) =>
      NAMES.filter((name) => name in api[id].inputs).map((name) => ({
        id,
        name,
        value: api[id].inputs[name],
      })),
    );
}

/** The node that an input is linked to, or ''. @param {SeedInput} input */
const sourceOf = ({ value }) => (isLink(value) ? String(value[0]) : '');

/** The Seed Sweeps that some inputs are linked to. @param {Api} api @param {SeedInput[]} inputs */
const seedSweeps = (api, inputs) => [
  ...new Set(inputs.map(sourceOf).filter((id) => api[id]?.class_type === SEED_SWEEP)),
];

/** The same value in all these inputs. @param {SeedInput[]} inputs @param {any} value */
function put(inputs, value) {
  /** @type {Changes} */
  const changes = {};
  for (const { id, name } of inputs) changes[id] = { ...changes[id], [name]: value };
  return changes;
}

/** What a Seed Sweep is to say for as many other seeds.
 * @param {Record<string, any>} inputs @param {string[]} used */
function shifted({ mode, seed, list, count }, used) {
  if (mode === 'random')
    return { seed: Number((BigInt(Math.trunc(Number(seed) || 0)) + 1n) % LARGEST) };
  if (mode === 'list') return { list: fresh(used, seedsIn(list)) };
  return { seed: Number(unused(used, Number(count) || used.length)) };
}

/** So many seeds in a row that no frame has, as a list. @param {string[]} used
 * @param {number} count */
function fresh(used, count) {
  const first = unused(used, count);
  return count > 1 ? `${first}-${first + BigInt(count) - 1n}` : String(first);
}

/** The first of so many seeds in a row that no frame has: after the largest of those that numbers
 * hold. @param {string[]} used @param {number} count */
function unused(used, count) {
  const taken = new Set(used.map(BigInt));
  let first = 0n;
  for (const seed of taken) if (seed >= first && seed < LARGEST) first = seed + 1n;
  for (let seed = first; seed < first + BigInt(count); seed += 1n)
    if (taken.has(seed)) first = seed + 1n;
  return first;
}
