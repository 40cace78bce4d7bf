/* Whether what is told as the prompt changes with an axis: the page's share of
   nodes/core/plan/told.py and conditionings.py. */

import { isLink } from './api_graphs.js';
import { Literals, TEXT_INPUTS } from './literals.js';
import { SEEDS } from './named_inputs.js';

/** @typedef {import('./axis_sources.js').AxisSources} AxisSources */
/** @typedef {import('./literals.js').Output} Output */
/** @typedef {'positive' | 'negative'} Side */

const STAGES = ['KSampler', 'KSamplerAdvanced', 'SamplerCustom', 'SamplerCustomAdvanced'];
const ASIDE = [
  ...['positive', 'negative', 'conditioning', 'model', 'clip', 'vae', 'control_net'],
  ...['noise', 'guider', 'sampler', 'sigmas', 'mask', 'masks', 'filename_prefix'],
  ...TEXT_INPUTS,
]; // inputs that lead away from the picture
const SIGNS = ['positive', 'sampler_name', ...TEXT_INPUTS]; // what beside a seed makes a maker

/** Whether an axis is one of prompts, or what is told as the prompt changes with it.
 * @param {AxisSources} found @param {string} sweepId @returns {(key: string) => boolean} */
export function promptTeller(found, sweepId) {
  const root = found.api[sweepId]?.inputs.source;
  return (key) => {
    const source = found.sources.get(key);
    if (source?.isPrompt) return true;
    if (!source || source.count === 1 || typeof (source.outputs[0][0] ?? '') !== 'string')
      return false;
    const [first, second] = [0, 1].map((at) => positive(new Literals(found, key, at), root));
    return first !== second;
  };
}

/** The positive of the nearest maker that tells it. @param {Literals} literals @param {any} root */
function positive(literals, root) {
  for (const { inputs } of makers(literals, root)) {
    const around = 'guider' in inputs ? literals.source(inputs.guider)?.inputs : inputs;
    const found = promptOf(literals, around ?? {}, 'positive');
    if (found !== null) return found;
  }
  return '';
}

/** Nodes that make a picture of a prompt or of noise, from the nearest to the picture on. One that
 * has a prompt and no seed counts if there is no other. @param {Literals} literals
 * @param {any} root @returns {Generator<Output>} */
function* makers(literals, root) {
  const ids = [literals.source(root)].flatMap((source) => source?.id ?? []);
  const seen = new Set(ids);
  /** @type {Output[]} */
  const late = [];
  let isAlone = true;
  for (const id of ids) {
    const source = /** @type {Output} */ (literals.output([id, 0]));
    if (isMaker(source)) {
      isAlone = false;
      yield source;
    } else if ('prompt' in source.inputs) late.push(source);
    for (const [name, item] of Object.entries(source.inputs)) {
      const above = isLink(item) && !ASIDE.includes(name) ? literals.source(item) : null;
      if (!above || seen.has(above.id)) continue;
      seen.add(above.id);
      ids.push(above.id);
    }
  }
  if (isAlone) yield* late;
}

/** @param {Output} source */
function isMaker({ class_type, inputs }) {
  if (STAGES.includes(class_type) || 'guider' in inputs || isLink(inputs.noise)) return true;
  return SEEDS.some((name) => name in inputs) && SIGNS.some((name) => name in inputs);
}

/** The texts behind one side of a node, each once, in order; null: one of them is not told.
 * @param {Literals} literals @param {Record<string, any>} inputs @param {Side} side */
function promptOf(literals, inputs, side) {
  /** @type {Set<string>} */
  const found = new Set();
  const seen = new Set();
  const stack = branches(inputs, side);
  if (!stack.length) return null;
  for (let branch = stack.pop(); branch; branch = stack.pop()) {
    if (branch.isText) {
      const text = literals.text(branch.item);
      if (text === null) return null;
      found.add(text);
      continue;
    }
    const source = literals.source(branch.item);
    if (!source) return null;
    const key = `${source.id} ${source.slot}`;
    if (source.class_type === 'ConditioningZeroOut' || seen.has(key)) continue;
    seen.add(key);
    const given = sideGiven(source);
    const more = given ? branches(source.inputs, given) : [];
    // A foreign switch hands on one of them, and who knows which.
    if (!more.length || (more.length > 1 && /switch/i.test(source.class_type))) return null;
    stack.push(...more);
  }
  return [...found].filter(Boolean).join(', ');
}

/** The side that an output gives: of a pair the positive before the negative, behind the model
 * where the node changes that, too. @param {Output} source @returns {Side | null} */
function sideGiven({ class_type, inputs, slot }) {
  if (!Object.keys(inputs).some((name) => name.startsWith('negative')))
    return slot === 0 ? 'positive' : null;
  const place = slot - Number('model' in inputs || 'ckpt_name' in inputs);
  if (place === 2) return class_type === 'WanPhantomSubjectToVideo' ? 'negative' : null;
  return /** @type {Side[]} */ (['positive', 'negative'])[place] ?? null;
}

/** What a node puts together for a side, the last first. @param {Record<string, any>} inputs
 * @param {Side} side @returns {{isText: boolean, item: any}[]} */
function branches(inputs, side) {
  const all = Object.keys(inputs);
  const prompt = `${side}_prompt`;
  let names = all.filter(
    (name) => name.startsWith(side) && ([side, prompt].includes(name) || isLink(inputs[name])),
  );
  /** @type {string[]} */
  let texts = [];
  if (!names.length && side === 'positive') {
    const left = 'cfg_cond2_negative' in inputs ? 'cond2' : '';
    names = all.filter((name) => name.startsWith('cond') && name !== left && isLink(inputs[name]));
    texts = TEXT_INPUTS.filter((name) => name in inputs);
  }
  names.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)); // _2 before _10
  return [
    ...names.map((name) => ({
      isText: typeof inputs[name] === 'string' || name === prompt,
      item: inputs[name],
    })),
    ...texts.map((name) => ({ isText: true, item: inputs[name] })),
  ].reverse();
}
