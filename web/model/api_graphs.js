/* API graphs: what is above a sheet and behind it, and the graph that Continue queues. Pure; the
   graphs come from the host. */

import { CONTACT_SHEET, SWEEP, SWEEP_SAMPLER } from '../common/node_ids.js';

/** @typedef {{class_type: string, inputs: Record<string, any>, _meta?: any}} ApiNode */
/** @typedef {Record<string, ApiNode>} Api */

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

/** @param {ApiNode | undefined} node */
const isSweep = (node) => [SWEEP, SWEEP_SAMPLER].includes(node?.class_type ?? '');

/**
 * The sweep whose frames a sheet shows, through other sheets.
 * @param {Api} api
 * @param {string} sheet
 * @returns {string | null}
 */
export function sweepOf(api, sheet) {
  for (let id = sheet, tries = 0; tries < 100; tries += 1) {
    const link = api[id]?.inputs.frames;
    if (!isLink(link)) return null;
    id = String(link[0]);
    if (isSweep(api[id])) return id;
  }
  return null;
}

/** The sheet that shows the frames of a sweep: the one linked to it, else one behind another.
 * @param {Api} api @param {string} sweep @returns {string | null} */
export function sheetOf(api, sweep) {
  const showing = Object.keys(api).filter(
    (id) => api[id].class_type === CONTACT_SHEET && sweepOf(api, id) === sweep,
  );
  return showing.find((id) => String(api[id].inputs.frames[0]) === sweep) ?? showing[0] ?? null;
}

/** The sheets that a run was to fill and that need a node of it.
 * @param {{graph: Api, targets: string[]} | null} run @param {string} node */
export const sheetsAfter = (run, node) =>
  [...upstream(run?.graph ?? {}, run?.targets ?? [])].filter(
    (id) => run?.graph[id].class_type === CONTACT_SHEET && upstream(run.graph, [id]).has(node),
  );

/** A sweep and what it needs, up to the sweeps before it. @param {Api} api @param {string} sweep */
export function stageOf(api, sweep) {
  const others = Object.entries(api).filter(([id, node]) => id === sweep || !isSweep(node));
  return [...upstream(Object.fromEntries(others), [sweep])];
}

/**
 * The sweeps above a sheet that would make frames if they ran as they are. The sheets of a sweep
 * tell; of one that has none, this sheet does.
 * @param {Api} api
 * @param {string} sheet
 * @param {(sheet: string) => boolean | undefined} isOpen whether a sheet has cells that are not
 *   made, or not for good; undefined: nobody knows
 */
export function openSweeps(api, sheet, isOpen) {
  const above = [...upstream(api, [sheet])];
  const sheets = above.filter((id) => api[id].class_type === CONTACT_SHEET);
  return above.filter((id) => {
    if (!isSweep(api[id])) return false;
    const told = sheets.filter((each) => sweepOf(api, each) === id).map(isOpen);
    const known = told.filter((open) => open !== undefined);
    return known.length ? known.includes(true) : isOpen(sheet) === true;
  });
}

/** The same graph in which these sweeps make nothing. @param {Api} api @param {string[]} sweeps */
export const idle = (api, sweeps) =>
  changed(api, Object.fromEntries(sweeps.map((id) => [id, { make: 'none' }])));

/** @param {Api} api @param {Record<string, Record<string, any>>} changes @returns {Api} */
export function changed(api, changes) {
  const graph = { ...api };
  for (const [id, inputs] of Object.entries(changes))
    graph[id] = { ...graph[id], inputs: { ...graph[id].inputs, ...inputs } };
  return graph;
}

/**
 * Whether two graphs are the same above and at a sweep, but for what it is to make.
 * @param {Api} made
 * @param {Api} now
 * @param {string} id
 */
export function sameAbove(made, now, id) {
  const ids = upstream(now, [id]);
  const there = upstream(made, [id]);
  if (!ids.size || ids.size !== there.size) return false;
  return [...ids].every((each) => there.has(each) && sameNode(made[each], now[each], each === id));
}

/** Whether what a run told of a sweep holds. A count made nothing in the sweeps above it, either.
 * @param {Api} made @param {Api} now @param {string} id */
export function stillHolds(made, now, id) {
  const idled = Object.keys(made).filter((each) => now[each] && made[each].inputs.make === 'none');
  return sameAbove(made, idle(now, idled), id);
}

/** @param {ApiNode} one @param {ApiNode} other @param {boolean} isSweep */
function sameNode(one, other, isSweep) {
  const titles = [one, other].map((node) => node._meta?.title).filter(Boolean);
  if (one.class_type !== other.class_type || new Set(titles).size > 1) return false;
  const names = new Set([...Object.keys(one.inputs), ...Object.keys(other.inputs)]);
  if (isSweep) names.delete('make');
  return [...names].every((name) => written(one.inputs[name]) === written(other.inputs[name]));
}

/** @param {any} value */
const written = (value) => JSON.stringify(isLink(value) ? [String(value[0]), value[1]] : value);
