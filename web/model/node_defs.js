/* What the host says of node classes (its object_info), as a plan needs it: the page's share of
   nodes/host/plan/node_classes.py. What a class does not tell the page is not guessed. */

import { isLink } from './api_graphs.js';

/** @typedef {import('./api_graphs.js').ApiNode} ApiNode */
/** @typedef {import('../grammar/input_types.js').InputType} InputType */
/** @typedef {{input?: Record<string, Record<string, any>>, input_order?: Record<string, string[]>,
 *   output?: any, output_is_list?: boolean[], output_node?: boolean, is_input_list?: boolean,
 *   display_name?: string, python_module?: string}} NodeDef */
/** @typedef {(class_type: string) => NodeDef | undefined} Defs */
/** @typedef {{kind: any, options: Record<string, any>}} Declared */

const GROUPS = ['required', 'optional'];
// Classes of the host that check inputs themselves say so in no other way.
const UPLOADS = ['image_upload', 'video_upload', 'audio_upload', 'animated_image_upload'];
const CHECKED = [
  ...['LoadLatent', 'LoadImageMask', 'CustomCombo', 'Load3D', 'Load3DAdvanced'],
  ...['ModelAttentionBackend', 'SelectModelDevice', 'SelectCLIPDevice', 'SelectVAEDevice'],
];

/** The inputs that a class lists for a node with these inputs, in their order: rows that it grows,
 * and the widgets of what is chosen. @param {NodeDef | undefined} def
 * @param {Record<string, any>} written @returns {Map<string, Declared>} */
export function declaredInputs(def, written) {
  const input = Object.fromEntries(GROUPS.map((group) => [group, ordered(def, group)]));
  /** @type {Map<string, Declared>[]} */
  const found = GROUPS.map(() => new Map());
  collect(found, input, written, '');
  return new Map(found.flatMap((each) => [...each]));
}

/** @param {NodeDef | undefined} def @param {string} group */
function ordered(def, group) {
  const listed = def?.input?.[group] ?? {};
  const names = def?.input_order?.[group] ?? Object.keys(listed);
  return Object.fromEntries(names.map((name) => [name, listed[name]]));
}

/** @param {Map<string, Declared>[]} found by groups
 * @param {Record<string, Record<string, any>>} input @param {Record<string, any>} written
 * @param {string} before the names around it */
function collect(found, input, written, before) {
  for (const [at, group] of GROUPS.entries())
    for (const [name, declared] of Object.entries(input[group] ?? {})) {
      const [kind, options = {}] = declared ?? [];
      const path = before + name;
      const inner = innerOf(kind, options, written[path]);
      if (kind === 'COMFY_AUTOGROW_V3') {
        for (const row of rowsOf(options.template)) found[at].set(`${path}.${row.name}`, row.type);
      } else if (inner || !kind?.startsWith?.('COMFY_DYNAMIC')) {
        if (inner) collect(found, inner, written, `${path}.`);
        found[at].set(path, { kind, options });
      }
    }
}

/** The inputs that come with what is chosen, or linked. @param {any} kind
 * @param {Record<string, any>} options @param {any} value */
function innerOf(kind, options, value) {
  if (kind === 'COMFY_DYNAMICSLOT_V3') return value === undefined ? undefined : options.inputs;
  if (kind !== 'COMFY_DYNAMICCOMBO_V3') return undefined;
  return options.options?.find((/** @type {any} */ each) => each?.key === value)?.inputs;
}

/** @param {any} template @returns {{name: string, type: Declared}[]} */
function rowsOf({ names, prefix, max = 0, input = {} } = {}) {
  const inputs = Object.values(input).flatMap((group) => Object.values(group ?? {}));
  const [kind, options = {}] = inputs[0] ?? [];
  const all = names ?? Array.from({ length: max }, (_, at) => `${prefix}${at}`);
  return all.map((/** @type {string} */ name) => ({ name, type: { kind, options } }));
}

/** The inputs that the host hands to a node: declared ones in their order, others after them by
 * name. @param {ApiNode} node @param {Defs} defs @returns {string[]} */
export function takenInputs({ class_type, inputs }, defs) {
  const def = defs(class_type);
  const declared = declaredInputs(def, inputs);
  const others = Object.keys(inputs)
    .filter((name) => !declared.has(name))
    .filter((name) => isLink(inputs[name]) || mayTake(def, name));
  return [...[...declared.keys()].filter((name) => name in inputs), ...others.sort()];
}

/** Whether a value that a class does not list reaches its node: other packs' may take anything.
 * @param {NodeDef | undefined} def @param {string} name */
const mayTake = (def, name) =>
  !isStock(def) && name !== 'control_after_generate' && !(name in (def?.input?.hidden ?? {}));

/** Whether it is the host's own. @param {NodeDef | undefined} def */
const isStock = (def) =>
  def?.python_module === 'nodes' || Boolean(def?.python_module?.startsWith('comfy_extras.'));

/** What an input takes, as its class declares it. @param {ApiNode} node @param {string} name
 * @param {Defs} defs @returns {InputType} */
export function inputType({ class_type, inputs }, name, defs) {
  const def = defs(class_type);
  const declared = declaredInputs(def, inputs).get(name);
  if (declared?.kind === undefined) return { type: 'None' };
  const { kind, options } = declared;
  const isOpen =
    !isStock(def) || CHECKED.includes(class_type) || UPLOADS.some((word) => options[word]);
  if (!Array.isArray(kind) && kind !== 'COMBO')
    return { type: String(kind), low: options.min, high: options.max, isOpen };
  return { type: 'COMBO', choices: Array.isArray(kind) ? kind : (options.options ?? []), isOpen };
}

/** Whether what comes out of a slot is a list whose items go on one by one.
 * @param {NodeDef | undefined} def @param {number} slot */
export const isList = (def, slot) => Boolean(def?.output_is_list?.[slot]);

/** Whether a node asks for what is linked there only if it needs it.
 * @param {NodeDef | undefined} def @param {string} name */
export const isLazy = (def, name) =>
  GROUPS.some((group) => def?.input?.[group]?.[name]?.[1]?.lazy === true);
