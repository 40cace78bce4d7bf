/* Which axis a widget becomes when it is swept: the node beside it with its values, and the values
   that a line in axes has in its place. Pure; what the widget is, its class tells as /object_info
   does. */

import { PROMPT_BATCH, SEED_SWEEP, SWEEP_VALUES } from '../common/node_ids.js';
import { LINE_BREAK } from '../grammar/cursor.js';
import { keptText } from '../grammar/prompt_literal.js';
import { numberItem, run, textItem, textList } from '../grammar/value_text.js';

/** @typedef {[any, Record<string, any>]} Spec the type of an input, or its choices, and the rest
 * @typedef {object} Axis
 * @property {string} node the class of the axis node
 * @property {Record<string, unknown>} values of its widgets
 * @property {number | null} count null: not known yet
 * @property {string | null} line the values that a line gives; null: a line cannot hold them
 */

export const SEEDS = 4;
export const SEED_NAMES = ['seed', 'noise_seed'];
const PLAIN = ['INT', 'FLOAT', 'BOOLEAN', 'STRING'];
const DYNAMIC = 'COMFY_DYNAMICCOMBO_V3';

/** What a class declares for an input, or for one that is nested in a choice of another
 * (`resize_type.width`). @param {any} def @param {string} name @returns {Spec | null} */
export function specOf(def, name) {
  const inputs = { ...def?.input?.required, ...def?.input?.optional };
  if (Array.isArray(inputs[name])) return [inputs[name][0], inputs[name][1] ?? {}];
  const [outer, ...rest] = name.split('.');
  const choices = rest.length && inputs[outer]?.[0] === DYNAMIC ? inputs[outer][1].options : [];
  for (const { inputs: nested } of choices) {
    const found = specOf({ input: nested }, rest.join('.'));
    if (found) return found;
  }
  return null;
}

/** The choices of an input; null: it has none. @param {Spec} spec @returns {unknown[] | null} */
export function choicesOf([type, options]) {
  if (Array.isArray(type)) return type;
  if (type === 'COMBO') return options.options ?? [];
  return type === DYNAMIC ? options.options.map((/** @type {any} */ each) => each.key) : null;
}

/** Whether this pack can sweep it at all. @param {Spec} spec */
export const isValue = (spec) => PLAIN.includes(spec[0]) || choicesOf(spec) !== null;

/** @param {string} name @param {Spec} spec */
export const isSeed = (name, [type, options]) =>
  type === 'INT' && (SEED_NAMES.includes(name) || Boolean(options.control_after_generate));

/** The host refuses files over a link, and values for nested inputs. @param {string} name
 * @param {Spec} spec */
export const takesLinks = (name, [type, options]) =>
  type !== DYNAMIC &&
  !name.includes('.') &&
  !options.socketless &&
  !Object.keys(options).some((key) => key.endsWith('_upload') && options[key]);

/** The axis of a widget with what it says now; of one with choices, only with that.
 * @param {string} name @param {Spec} spec @param {unknown} value @returns {Axis} */
export function axisOf(name, spec, value) {
  const [type, options] = spec;
  if (isSeed(name, spec)) return seedAxis(name, value);
  if (type === 'STRING' && options.multiline) return textAxis(String(value));
  if (type === 'BOOLEAN') return valuesAxis(`${Boolean(value)}, ${!value}`, 'boolean', 2);
  if (type === 'INT' || type === 'FLOAT')
    return valuesAxis(numberItem(value, type), type.toLowerCase(), 1);
  return choicesAxis([String(value)]);
}

/** @param {string} name @param {unknown} seed */
function seedAxis(name, seed) {
  const line = run(seed, SEEDS, SEED_NAMES.includes(name) ? '-' : '..');
  return {
    node: SEED_SWEEP,
    values: { seed, count: SEEDS, mode: 'consecutive' },
    count: SEEDS,
    line,
  };
}

/** @param {string} text @returns {Axis} */
function textAxis(text) {
  const values = keptText(text, '');
  const count = values.prompts ? 1 : null; // nothing is no prompt
  return { node: PROMPT_BATCH, values, count, line: inLine(textItem(text)) };
}

/** @param {string[]} texts in the order of the sheet */
export const choicesAxis = (texts) => valuesAxis(textList(texts), 'text', texts.length);

/** @param {string} values @param {string} type @param {number} count @returns {Axis} */
const valuesAxis = (values, type, count) => ({
  node: SWEEP_VALUES,
  values: { values, type },
  count,
  line: inLine(values),
});

/** @param {string} values */
const inLine = (values) => (values.search(LINE_BREAK) < 0 ? values : null);
