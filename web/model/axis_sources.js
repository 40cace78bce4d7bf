/* The axes above a Sweep in the order in which they are met, and what each feeds: the page's share
   of nodes/core/plan/cuts.py. */

import { CONTACT_SHEET, UNPACK_FRAMES } from '../common/node_ids.js';
import { isAxisNode, origin, primitive } from './above.js';
import { isLink } from './api_graphs.js';
import { UNKNOWN, axisOf } from './axis_nodes.js';
import { keyOf } from './named_inputs.js';
import { isLazy, isList, takenInputs } from './node_defs.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('./axis_nodes.js').AxisTold} AxisTold */
/** @typedef {import('./named_inputs.js').LineAxis} LineAxis */
/** @typedef {import('./named_inputs.js').Target} Target */
/** @typedef {import('./node_defs.js').Defs} Defs */
/** @typedef {AxisTold & {kind: 'node' | 'line' | 'list' | 'frames', line?: LineAxis}} Source */

const SWITCHES = ['ComfySwitchNode', 'ComfySoftSwitchNode'];
const SLOTS = 7; // of Unpack Frames, whose frames another sweep makes

export class AxisSources {
  /** @param {Api} api @param {Defs} defs @param {LineAxis[]} lines
   * @param {boolean} isLeast without what is asked for only maybe */
  constructor(api, defs, lines, isLeast = false) {
    this.api = api;
    this.defs = defs;
    this.isLeast = isLeast;
    this.isSure = true; // that all of it is asked for
    /** @type {Map<string, Source>} by key, in the order in which they are met */
    this.sources = new Map();
    /** @type {Map<string, Target[]>} */
    this.targets = new Map();
    this.lines = new Map(lines.map((line) => [`line ${line.line.target.start}`, line]));
    /** @type {Map<string, string>} the lines' keys by what they name */
    this.addressed = new Map();
    for (const [key, { targets }] of this.lines)
      for (const target of targets) this.addressed.set(keyOf(target), key);
    /** @type {Map<string, string[]>} */
    this.known = new Map();
  }

  /** @param {string} sweepId */
  find(sweepId) {
    this.depends({ id: sweepId, input: 'source' }, this.api[sweepId]?.inputs.source, false);
    for (const [key, line] of this.lines) this.add(key, ofLine(line));
    return this;
  }

  /** What an input hangs on. @param {Target} target @param {any} written
   * @param {boolean} collected whether lists go into it whole @returns {string[]} */
  depends(target, written, collected) {
    const key = this.addressed.get(keyOf(target));
    if (key) return this.meet(key, ofLine(this.lines.get(key)), target);
    const value = this.plain(written);
    if (!isLink(value) || !this.api[origin(value)]) return [];
    const id = origin(value);
    const source = this.sourceAt(id, value[1], collected);
    if (!source) return this.nodeDepends(id, collected || this.isList(id, value[1]));
    const found = this.meet(id, source, target);
    const holes = this.holesOf(id).flatMap(([hole, line]) =>
      this.meet(line, ofLine(this.lines.get(line)), { id, input: hole }),
    );
    return [...found, ...holes];
  }

  /** What primitives say, unless an axis says it. @param {any} value */
  plain(value) {
    let found = value;
    for (let tries = 0; isLink(found) && tries < 100; tries += 1) {
      if (this.addressed.has(keyOf({ id: origin(found), input: 'value' }))) break;
      const inner = primitive(this.api, found);
      if (inner === found) break;
      found = inner;
    }
    return found;
  }

  /** The lines that fill the holes of a template. @param {string} id
   * @returns {[string, string][]} */
  holesOf(id) {
    return [...this.lines].flatMap(([key, { targets }]) =>
      targets
        .filter((target) => target.id === id && target.input.startsWith('{'))
        .map(({ input }) => /** @type {[string, string]} */ ([input, key])),
    );
  }

  /** @param {string} key @param {Source} source @param {Target} target */
  meet(key, source, target) {
    this.add(key, source);
    const targets = this.targets.get(key) ?? [];
    if (!targets.some((each) => keyOf(each) === keyOf(target)))
      this.targets.set(key, [...targets, target]);
    return [key];
  }

  /** @param {string} key @param {Source} source */
  add(key, source) {
    if (!this.sources.has(key)) this.sources.set(key, source);
  }

  /** The axis that a node's output is; null: it is none. @param {string} id @param {number} slot
   * @param {boolean} collected @returns {Source | null} */
  sourceAt(id, slot, collected) {
    const { class_type, inputs } = this.api[id];
    if (isAxisNode(this.api, id)) return { kind: 'node', ...this.axisOf(id) };
    const isSheet = class_type === CONTACT_SHEET && slot === 1;
    const isUnpacked = class_type === UNPACK_FRAMES && isLink(inputs.frames) && slot < SLOTS;
    if (isSheet || isUnpacked) return { ...UNKNOWN, kind: 'frames', name: 'frame' };
    if (collected || !this.isList(id, slot)) return null;
    return this.nodeDepends(id, true).length ? null : { ...UNKNOWN, kind: 'list' };
  }

  /** @param {string} id */
  axisOf(id) {
    return this.sources.get(id) ?? this.filled(id, () => 0);
  }

  /** An axis node with the holes of its template filled as in one cell. @param {string} id
   * @param {(line: string) => number} at the place on each line */
  filled(id, at) {
    const holes = this.holesOf(id).map(([hole, line]) => [
      hole.slice(1, -1),
      String(this.lines.get(line)?.values[0][at(line)]),
    ]);
    return axisOf(this.api, id, Object.fromEntries(holes));
  }

  /** @param {string} id @param {number} slot */
  isList(id, slot) {
    return isList(this.defs(this.api[id].class_type), slot);
  }

  /** @param {string} id @param {boolean} collected @returns {string[]} */
  nodeDepends(id, collected) {
    const made = `${id} ${collected}`;
    const known = this.known.get(made);
    if (known) return known;
    this.known.set(made, []);
    const node = this.api[id];
    const inside = collected || this.defs(node.class_type)?.is_input_list === true;
    const found = this.taken(id).flatMap((input) =>
      this.depends({ id, input }, node.inputs[input], inside),
    );
    this.known.set(made, [...new Set(found)]);
    return [...new Set(found)];
  }

  /** Its inputs without lazy ones that it does not ask for. @param {string} id */
  taken(id) {
    const node = this.api[id];
    const names = takenInputs(node, this.defs);
    if (names.some((input) => this.addressed.has(keyOf({ id, input })))) return names;
    if (SWITCHES.includes(node.class_type)) {
      const on = this.plain(node.inputs.switch);
      if (typeof on !== 'boolean' || !isLink(node.inputs[`on_${on}`])) return names;
      return names.filter((name) => name !== `on_${!on}` || !isLink(node.inputs[name]));
    }
    const def = this.defs(node.class_type);
    const known = names.filter((name) => !isLazy(def, name));
    const isAsked = known.some((name) => isLink(this.plain(node.inputs[name])));
    if (isAsked || known.length === names.length) return names;
    this.isSure = false;
    return this.isLeast ? known : names;
  }
}

/** @param {LineAxis | undefined} line @returns {Source} */
function ofLine(line) {
  if (!line) return { ...UNKNOWN, kind: 'line' };
  const { labels, values } = line;
  const name = line.line.address.hole ?? '';
  return { ...UNKNOWN, kind: 'line', line, name, count: labels.length, labels, outputs: values };
}
