/* What the host says of node classes (its object_info), as a plan needs it: the page's share of
   nodes/host/plan/node_classes.py. What a class does not tell the page is not guessed. */

import { isLink } from './api_graphs.js';

/** @typedef {import('./api_graphs.js').ApiNode} ApiNode */
/** @typedef {import('../grammar/input_types.js').InputType} InputType */
/** @typedef {{input?: Record<string, Record<string, any>>, input_order?: Record<string, string[]>,
 *   output?: any, output_is_list?: boolean[], output_node?: boolean, is_input_list?: boolean,
 *   display_name?: string, python_module?: string}} NodeDef */
/** @typedef {(class_type: string) => NodeDef | undefined} Defs */

const GROUPS = ['required', 'optional'];
// Classes of the host that check an input themselves say so in no other way.
const UPLOADS = ['image_upload', 'video_upload', 'audio_upload', 'animated_image_upload'];
const CHECKED = ['LoadLatent', 'LoadImageMask', 'CustomCombo', 'SkipLayerGuidanceDiTSimple'];

/** The inputs that a class lists, in their order. @param {NodeDef | undefined} def */
export const declaredNames = (def) =>
  GROUPS.flatMap((group) => def?.input_order?.[group] ?? Object.keys(def?.input?.[group] ?? {}));

/** The inputs that the host hands to a node: declared ones in their order, others after them by
 * name. @param {ApiNode} node @param {Defs} defs @returns {string[]} */
export function takenInputs({ class_type, inputs }, defs) {
  const def = defs(class_type);
  const declared = declaredNames(def);
  const others = Object.keys(inputs)
    .filter((name) => !declared.includes(name))
    .filter((name) => isLink(inputs[name]) || mayTake(def, name));
  return [...declared.filter((name) => name in inputs), ...others.sort(byCode)];
}

/** @param {string} a @param {string} b */
const byCode = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Whether a value that a class does not list reaches its node: rows and choices that it grows do,
 * and other packs' classes may take anything. @param {NodeDef | undefined} def
 * @param {string} name */
function mayTake(def, name) {
  if (name in (def?.input?.hidden ?? {}) || name === 'control_after_generate') return false;
  return isGrown(def, name) || !isStock(def);
}

/** @param {NodeDef | undefined} def @param {string} name */
export const isGrown = (def, name) =>
  name.includes('.') && declaredNames(def).includes(name.split('.')[0]);

/** Whether it is the host's own. @param {NodeDef | undefined} def */
const isStock = (def) =>
  def?.python_module === 'nodes' || Boolean(def?.python_module?.startsWith('comfy_extras.'));

/** What an input takes, as its class declares it. @param {ApiNode} node @param {string} name
 * @param {Defs} defs @returns {InputType} */
export function inputType({ class_type, inputs }, name, defs) {
  const def = defs(class_type);
  const [kind, options] = declared(def?.input ?? {}, name, inputs);
  if (kind === undefined) return { type: 'None' };
  const isOpen =
    !isStock(def) || CHECKED.includes(class_type) || UPLOADS.some((word) => options[word]);
  if (!Array.isArray(kind) && kind !== 'COMBO')
    return { type: String(kind), low: options.min, high: options.max, isOpen };
  return { type: 'COMBO', choices: Array.isArray(kind) ? kind : (options.options ?? []), isOpen };
}

/** @param {Record<string, Record<string, any>>} input @param {string} name
 * @param {Record<string, any>} written @param {string} [before] the names around it
 * @returns {[any, Record<string, any>]} */
function declared(input, name, written, before = '') {
  for (const group of GROUPS) {
    const [kind, options] = input[group]?.[name] ?? [];
    if (kind !== undefined) return [kind, options ?? {}];
  }
  const [head, ...rest] = name.split('.');
  const [kind, options] = GROUPS.map((group) => input[group]?.[head]).find(Boolean) ?? [];
  const chosen = written[before + head];
  const choice = options?.options?.find?.((/** @type {any} */ each) => each?.key === chosen);
  if (!rest.length || kind === undefined || !choice?.inputs) return [undefined, {}];
  return declared(choice.inputs, rest.join('.'), written, `${before}${head}.`);
}

/** Whether what comes out of a slot is a list whose items go on one by one.
 * @param {NodeDef | undefined} def @param {number} slot */
export const isList = (def, slot) => Boolean(def?.output_is_list?.[slot]);

/** Whether a node asks for what is linked there only if it needs it.
 * @param {NodeDef | undefined} def @param {string} name */
export const isLazy = (def, name) =>
  GROUPS.some((group) => def?.input?.[group]?.[name]?.[1]?.lazy === true);
