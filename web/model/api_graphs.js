/* API graphs: what is behind a sheet, and the graphs that Continue, New seeds and More like this
   queue. Pure; the graphs come from the host. */

import { PROMPT_BATCH, SEED_SWEEP, SWEEP_SAMPLER } from '../common/node_ids.js';
import { keptText } from '../grammar/prompt_literal.js';

/** @typedef {{class_type: string, inputs: Record<string, any>}} ApiNode */
/** @typedef {Record<string, ApiNode>} Api */

const LARGEST = 2n ** 50n; // seeds made here stay exact as numbers

/** @param {unknown} value @returns {value is [string, number]} */
export const isLink = (value) =>
  Array.isArray(value) &&
  value.length === 2 &&
  typeof value[1] === 'number' &&
  ['string', 'number'].includes(typeof value[0]);

/** @param {ApiNode | undefined} node @returns {string[]} */
const sources = (node) =>
  Object.values(node?.inputs ?? {})
    .filter(isLink)
    .map(([id]) => String(id));

/** A node and all that it needs. @param {Api} api @param {string[]} ids @returns {Set<string>} */
export function upstream(api, ids) {
  const found = new Set();
  const left = [...ids];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (found.has(id) || !api[id]) continue;
    found.add(id);
    left.push(...sources(api[id]));
  }
  return found;
}

/** The output nodes that a sheet leads to. @param {Api} api @param {string} sheet
 * @param {(type: string) => boolean} isOutput */
export function behind(api, sheet, isOutput) {
  return Object.keys(api).filter(
    (id) => id !== sheet && isOutput(api[id].class_type) && upstream(api, [id]).has(sheet),
  );
}

/** The graph as it is, with what is before the sheet as it was when the frames were made: seeds
 * that a widget has since changed, too. @param {Api} now @param {Api | null} made
 * @param {string} sheet @param {string} picks @param {string[]} targets @returns {Api} */
export function continued(now, made, sheet, picks, targets) {
  /** @type {Api} */
  const graph = { ...now };
  if (made?.[sheet]) {
    const before = clear(made, now, sheet);
    for (const id of upstream(before, [sheet])) if (id !== sheet) graph[id] = before[id];
    graph[sheet] = {
      ...now[sheet],
      inputs: { ...now[sheet].inputs, frames: before[sheet].inputs.frames },
    };
  }
  graph[sheet] = { ...graph[sheet], inputs: { ...graph[sheet].inputs, picks } };
  return only(graph, targets);
}

/** @param {Api} api @param {string[]} targets @returns {Api} */
export const only = (api, targets) =>
  Object.fromEntries([...upstream(api, targets)].map((id) => [id, api[id]]));

/**
 * Other ids where another kind of node has since taken one.
 * @param {Api} made
 * @param {Api} now
 * @param {string} sheet
 * @returns {Api}
 */
function clear(made, now, sheet) {
  const taken = (/** @type {string} */ id) =>
    id !== sheet && now[id] && now[id].class_type !== made[id]?.class_type;
  const name = (/** @type {string} */ id) => (taken(id) ? `${id}0000` : id);
  const inputs = (/** @type {ApiNode} */ node) =>
    Object.fromEntries(
      Object.entries(node.inputs).map(([key, value]) => [
        key,
        isLink(value) ? [name(String(value[0])), value[1]] : value,
      ]),
    );
  return Object.fromEntries(
    Object.entries(made).map(([id, node]) => [name(id), { ...node, inputs: inputs(node) }]),
  );
}

/**
 * The Sweep Sampler whose frames a sheet shows, through other sheets.
 * @param {Api} api
 * @param {string} sheet
 * @returns {string | null}
 */
export function samplerOf(api, sheet) {
  for (let id = sheet, tries = 0; tries < 100; tries += 1) {
    const link = api[id]?.inputs.frames;
    if (!isLink(link)) return null;
    id = String(link[0]);
    if (api[id]?.class_type === SWEEP_SAMPLER) return id;
  }
  return null;
}

/**
 * Widget changes for seeds that none of the frames has: node id -> widget -> value.
 * @param {Api} api
 * @param {string} sampler
 * @param {(string | null)[]} used
 * @returns {Record<string, Record<string, any>>}
 */
export function freshSeeds(api, sampler, used) {
  const link = api[sampler].inputs.seed;
  if (!isLink(link)) return { [sampler]: { seed: Number(unused(used, 1)) } };
  const id = String(link[0]);
  if (api[id]?.class_type !== SEED_SWEEP) return {};
  const { mode, seed, list } = api[id].inputs;
  if (mode === 'random')
    return { [id]: { seed: Number((BigInt(Math.trunc(Number(seed) || 0)) + 1n) % LARGEST) } };
  const count = new Set(used).size || String(list).split(',').length;
  const next = unused(used, count);
  if (mode !== 'list') return { [id]: { seed: Number(next) } };
  return { [id]: { list: `${next}-${next + BigInt(count) - 1n}` } };
}

/** The first of so many seeds in a row that no frame has: after the largest of those that numbers
 * hold. @param {(string | null)[]} used @param {number} count */
function unused(used, count) {
  const taken = new Set(used.flatMap((seed) => (seed === null ? [] : [BigInt(seed)])));
  let first = 0n;
  for (const seed of taken) if (seed >= first && seed < LARGEST) first = seed + 1n;
  for (let seed = first; seed < first + BigInt(count); seed += 1n)
    if (taken.has(seed)) first = seed + 1n;
  return first;
}

/** @param {Api} api @param {Record<string, Record<string, any>>} changes @returns {Api} */
export function changed(api, changes) {
  const graph = { ...api };
  for (const [id, inputs] of Object.entries(changes))
    graph[id] = { ...graph[id], inputs: { ...graph[id].inputs, ...inputs } };
  return graph;
}

/**
 * A sweep over one prompt: its seeds and as many new ones.
 * @param {Api} api
 * @param {string} sampler
 * @param {{positive: string, negative: string}} frame
 * @param {string[]} seeds of that prompt's frames
 * @param {(string | null)[]} used in the whole sheet
 * @returns {{graph: Api, more: number}}
 */
export function moreLike(api, sampler, frame, seeds, used) {
  const own = [...new Set(seeds)];
  const more = Math.max(1, own.length);
  const first = unused(used, more);
  const list = [...own, ...Array.from({ length: more }, (_, at) => first + BigInt(at))].join(', ');
  const node = `${Math.max(0, ...Object.keys(api).map((id) => Number.parseInt(id, 10) || 0)) + 1}`;
  const graph = {
    ...api,
    [node]: { class_type: SEED_SWEEP, inputs: { seed: 0, count: 1, mode: 'list', list } },
  };
  const changes = /** @type {Record<string, Record<string, any>>} */ ({
    [sampler]: { seed: [node, 0] },
  });
  for (const id of upstream(api, [sampler])) {
    if (api[id].class_type === PROMPT_BATCH) changes[id] = keptText(frame.positive, frame.negative);
  }
  return { graph: changed(graph, changes), more };
}
