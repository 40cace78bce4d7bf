/* The literal that an input of one cell comes to: through primitives, switches and the stock nodes
   that make texts of texts. The page's twin of nodes/core/plan/literals.py: null is not told. */

import { asText, typed, WIDGETS } from '../grammar/input_types.js';
import { isLink } from './api_graphs.js';
import { inputType } from './node_defs.js';

/** @typedef {import('./axis_sources.js').AxisSources} AxisSources */
/** @typedef {import('./axis_sources.js').Source} AxisSource */
/** @typedef {{id: string, class_type: string, inputs: Record<string, any>, slot: number}} Output
 *   one output of a node, as a link names it */

export const TEXT_INPUTS = [
  ...['text', 'prompt', 't5xxl', 'text_g', 'clip_l', 'text_l', 'user_prompt', 'text_prompt'],
  ...['prompt_text', 'clip_g', 'llama', 'bert', 'mt5xl', 'qwen25_7b', 'tags', 'caption', 'lyrics'],
];
const SWITCHES = ['ComfySwitchNode', 'ComfySoftSwitchNode']; // the second may have one branch
const BOXES = [...TEXT_INPUTS, 'value', 'string', 'positive', 'negative'];
const DEPTH = 64;

/** @type {Record<string, string>} nodes whose first output is one of their inputs as it is */
const PASSED_ON = {
  PrimitiveInt: 'value',
  PrimitiveFloat: 'value',
  PrimitiveBoolean: 'value',
  PrimitiveString: 'value',
  PrimitiveStringMultiline: 'value',
  PreviewAny: 'source',
  SaveText: 'text',
  CustomCombo: 'choice',
  SeedNode: 'seed',
  ConvertStringToComboNode: 'string',
};

/** @type {(value: any) => boolean} */
const isText = (value) => typeof value === 'string';
/** @type {(value: any) => boolean} */
const isWhole = (value) => typeof value === 'bigint' || Number.isInteger(value);
/** @type {(value: any) => boolean} */
const isTruth = (value) => typeof value === 'boolean';

/** @type {Record<string, {inputs: Record<string, (value: any) => boolean>,
 *   make: (...values: any[]) => any}>} stock nodes that make a value of others: how, and of which
 *   inputs, of these types */
const MADE = {
  StringConcatenate: {
    inputs: { string_a: isText, string_b: isText, delimiter: isText },
    make: (first, second, delimiter) => first + delimiter + second,
  },
  StringReplace: {
    inputs: { string: isText, find: isText, replace: isText },
    make: (text, find, replace) => text.replaceAll(find, () => replace),
  },
  StringTrim: { inputs: { string: isText, mode: isText }, make: (text) => text.trim() },
  CaseConverter: {
    inputs: { string: isText, mode: isText },
    make: (text, mode) => `${mode} of ${text}`,
  },
  StringSubstring: {
    inputs: { string: isText, start: isWhole, end: isWhole },
    make: (text, start, end) => [...text].slice(Number(start), Number(end)).join(''),
  },
  StringLength: { inputs: { string: isText }, make: (text) => BigInt([...text].length) },
  InvertBooleanNode: { inputs: { boolean: isTruth }, make: (value) => !value },
  ComfyNotNode: { inputs: { value: () => true }, make: (value) => !value },
};

export class Literals {
  /** @param {AxisSources} found @param {string} key of the axis that is not at its first value
   * @param {number} index */
  constructor(found, key, index) {
    this.found = found;
    this.key = key;
    this.index = index;
    /** @type {Map<string, Record<string, any>>} */
    this.read = new Map();
    this.depth = 0;
  }

  /** The inputs of a node in this cell, by name. @param {string} id */
  inputs(id) {
    const known = this.read.get(id);
    if (known) return known;
    const node = this.found.api[id];
    const names = this.found.taken(id).sort();
    const inputs = Object.fromEntries(
      names.map((name) => [name, this.input(id, name, node.inputs[name])]),
    );
    this.read.set(id, inputs);
    return inputs;
  }

  /** @param {string} id @param {string} name @param {any} written */
  input(id, name, written) {
    const addressed = this.found.addressed.get(`${id}\n${name}`);
    const value = addressed ? this.ofLine(addressed, id, name) : this.ofLink(written);
    return isLink(value) ? value : this.typed(id, name, value);
  }

  /** @param {string} key @param {string} id @param {string} name */
  ofLine(key, id, name) {
    const { targets = [], values = [] } = this.found.lines.get(key) ?? {};
    const at = targets.findIndex((target) => target.id === id && target.input === name);
    return values[at]?.[this.at(key)];
  }

  /** @param {any} written */
  ofLink(written) {
    const value = this.found.plain(written);
    if (!isLink(value)) return value;
    const source = this.found.sources.get(String(value[0]));
    return source ? this.ofSource(String(value[0]), source, value[1]) : value;
  }

  /** A value of an axis; one that only a run tells is told apart from the next.
   * @param {string} key @param {AxisSource} source @param {number} slot */
  ofSource(key, source, slot) {
    if (source.kind === 'frames' && slot < 2) return null;
    const at = this.at(key);
    const filled = this.found.holesOf(key).filter(([, line]) => this.at(line));
    const axis = filled.length ? this.found.filled(key, (line) => this.at(line)) : source;
    return axis.outputs[slot]?.[at] ?? `\0${key} ${slot} ${at} ${filled}`;
  }

  /** @param {string} key */
  at(key) {
    return key === this.key ? this.index : 0;
  }

  /** @param {string} id @param {string} name @param {any} value */
  typed(id, name, value) {
    const kind = inputType(this.found.api[id], name, this.found.defs);
    if (!['string', 'number', 'bigint', 'boolean'].includes(typeof value)) return value;
    try {
      return WIDGETS.includes(kind.type) ? typed(value, kind) : value;
    } catch {
      return value;
    }
  }

  /** The output that an input takes, behind switches. @param {any} item @returns {Output | null} */
  source(item) {
    return this.output(this.taken(item));
  }

  /** @param {any} item @returns {Output | null} */
  output(item) {
    const node = isLink(item) ? this.found.api[item[0]] : undefined;
    if (!node || !isLink(item)) return null;
    const id = String(item[0]);
    return { id, class_type: node.class_type, inputs: this.inputs(id), slot: item[1] };
  }

  /** What an input takes, behind switches. @param {any} item */
  taken(item) {
    let found = item;
    for (let tries = 0; tries < DEPTH; tries += 1) {
      const source = this.output(found);
      if (!source || !SWITCHES.includes(source.class_type)) return found;
      const branches = ['on_false', 'on_true'].filter((name) => name in source.inputs);
      const which = branches.length === 2 ? this.value(source.inputs.switch) : false;
      if (!branches.length || typeof which !== 'boolean') return null;
      found = source.inputs[branches[Number(which)]];
    }
    return null;
  }

  /** The text that an input takes. @param {any} item @returns {string | null} */
  text(item) {
    const found = this.value(item);
    return typeof found === 'string' ? found : null;
  }

  /** The text, number or boolean that an input takes. @param {any} item @returns {any} */
  value(item) {
    if (!isLink(item))
      return ['string', 'number', 'bigint', 'boolean'].includes(typeof item) ? item : null;
    if (this.depth >= DEPTH) return null;
    this.depth += 1;
    const found = this.behind(item);
    this.depth -= 1;
    return found;
  }

  /** @param {any} link @returns {any} */
  behind(link) {
    const item = this.taken(link);
    const source = this.output(item);
    if (!source) return isLink(item) ? null : this.value(item);
    if (source.slot !== 0) return null;
    const { class_type, inputs } = source;
    if (class_type === 'StringFormat') return this.formatted(inputs);
    const known = MADE[class_type];
    if (known) {
      const values = Object.keys(known.inputs).map((name) => this.value(inputs[name]));
      const fits = Object.values(known.inputs).every((fit, at) => fit(values[at]));
      return fits && !values.includes(null) ? known.make(...values) : null;
    }
    const names = Object.keys(inputs);
    const isBox = names.length === 1 && BOXES.includes(names[0]);
    const name = PASSED_ON[class_type] ?? (isBox ? names[0] : '');
    return name ? this.value(inputs[name]) : null;
  }

  /** @param {Record<string, any>} inputs */
  formatted(inputs) {
    const template = this.text(inputs.f_string);
    if (template === null || /[{}]/.test(template.replace(/\{\{|\}\}|\{\w+\}/g, ''))) return null;
    const names = [...template.matchAll(/\{\{|\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
    const texts = names.map((name) => this.text(inputs[`values.${name}`]));
    return texts.includes(null) ? null : asText(JSON.stringify([template, texts]));
  }
}
