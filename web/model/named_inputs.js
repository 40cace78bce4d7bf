/* What the lines of an axes text name, among the nodes above a Sweep: the page's twin of
   nodes/core/plan/addresses.py. */

import { PROMPT_BATCH } from '../common/node_ids.js';
import { GrammarError, short } from '../grammar/cursor.js';
import { TEXT, label, takesValues } from '../grammar/input_types.js';
import { lineValues, parseLines } from '../grammar/addresses.js';
import { hasHole } from '../grammar/holes.js';
import { few } from '../grammar/nearest.js';
import { axisBehind, called, given, isAxisNode, nodesAbove, titleOf } from './above.js';
import { isLink } from './api_graphs.js';
import { missing } from './missing_inputs.js';
import { inputType, takenInputs } from './node_defs.js';

/** @typedef {import('./api_graphs.js').Api} Api */
/** @typedef {import('./node_defs.js').Defs} Defs */
/** @typedef {import('../grammar/addresses.js').AddressLine} AddressLine */
/** @typedef {import('../grammar/input_types.js').Scalar} Scalar */
/** @typedef {{id: string, input: string}} Target of a hole in a template `input` is `{animal}` */
/** @typedef {{id: string, class_type: string, title: string, names: string[]}} NodeAbove
 *   `title`: '' where it has only its class; `names`: of its inputs */
/** @typedef {{line: AddressLine, targets: Target[], values: Scalar[][], labels: string[]}} LineAxis
 *   `values`: those of each target in its own type; `labels`: of the first one's */

export const SEEDS = ['seed', 'noise_seed'];

/** @param {Target} target */
export const keyOf = ({ id, input }) => `${id}\n${input}`;

export class NamedInputs {
  /** @param {Api} api @param {string} sweepId @param {Defs} defs */
  constructor(api, sweepId, defs) {
    this.api = api;
    this.defs = defs;
    /** @type {Map<string, NodeAbove>} */
    this.byId = new Map(nodesAbove(api, sweepId, defs).map((id) => [id, this.above(id)]));
    this.nodes = [...this.byId.values()].filter(({ id }) => !isAxisNode(api, id));
  }

  /** @param {string} id @returns {NodeAbove} */
  above(id) {
    const { class_type } = this.api[id];
    const title = titleOf(this.api, id);
    const names = takenInputs(this.api[id], this.defs);
    return { id, class_type, title: title === class_type ? '' : title, names };
  }

  /** @param {Target} target */
  called({ id, input }) {
    return `${input} of ${called(this.api, id)}`;
  }

  /** @param {Target} target */
  type({ id, input }) {
    return input.startsWith('{') ? TEXT : inputType(this.api[id], input, this.defs);
  }

  /** @param {Target} target */
  isLink({ id, input }) {
    return isLink(this.api[id].inputs[input]);
  }

  /** Whether a value may take the place of what is linked to an input. @param {Target} target */
  takes(target) {
    return !this.isLink(target) || takesValues(this.type(target));
  }

  /** @param {Target} target */
  axisBehind({ id, input }) {
    return axisBehind(this.api, this.api[id].inputs[input]);
  }

  /** The axes of a text, a line each; throws GrammarError. @param {string} text
   * @returns {LineAxis[]} */
  axes(text) {
    /** @type {Map<string, AddressLine>} */
    const taken = new Map();
    return parseLines(text).map((line) => {
      const targets = this.targets(line);
      for (const target of targets) {
        const earlier = taken.get(keyOf(target));
        if (earlier) {
          const by = short(earlier.target.value);
          throw wrongTarget(line, `${this.called(target)} varies already, by the line ${by}`);
        }
        taken.set(keyOf(target), line);
      }
      return this.axis(line, targets);
    });
  }

  /** @param {AddressLine} line @param {Target[]} targets @returns {LineAxis} */
  axis(line, targets) {
    const values = targets.map((target) => {
      const isSeed = SEEDS.includes(target.input);
      return lineValues(line, this.type(target), isSeed, this.called(target));
    });
    const [first] = values;
    for (const [at, own] of values.entries()) {
      if (own.length === first.length) continue;
      const counts = `${first.length} for ${this.called(targets[0])}, ${own.length} for `;
      const message = `They vary together, but are ${counts}${this.called(targets[at])}`;
      throw new GrammarError(message, line.text.start, line.text.end);
    }
    return { line, targets, values, labels: first.map(label) };
  }

  /** The inputs that a line names, at least one; throws GrammarError. @param {AddressLine} line
   * @returns {Target[]} */
  targets(line) {
    if (line.address.hole) return this.holes(line, line.address.hole);
    const { nodes, names } = this.named(line);
    const found = nodes.flatMap(({ id, names: all }) =>
      all.filter((name) => names.includes(name)).map((input) => ({ id, input })),
    );
    if (!found.length) throw nothing(line, missing(this, line.address, nodes));
    const targets = found.filter((target) => this.takes(target));
    const swept = targets.find((target) => this.axisBehind(target));
    if (swept) {
      const axis = this.axisBehind(swept);
      throw wrongTarget(line, `${this.called(swept)} varies already, linked to ${axis}`);
    }
    if (targets.length) return targets;
    const { type } = this.type(found[0]);
    throw wrongTarget(line, `${this.called(found[0])} takes ${type}, which has to be linked`);
  }

  /** The nodes that a line names, and the names of their inputs. @param {AddressLine} line */
  named(line) {
    const { path, word = '', input = '', name = '' } = line.address;
    if (path) return this.atPath(line, path);
    const titled = word ? this.titled(word) : [];
    if (titled.length) return this.others(line, titled, [input]);
    return this.others(line, this.nodes, name === 'seed' ? SEEDS : [name]);
  }

  /** @param {AddressLine} line @param {string} path */
  atPath(line, path) {
    const fitting = [...this.byId.keys()].filter((id) => path.startsWith(`${id}.`));
    if (!fitting.length) {
      const ids = few(
        `#${path}`,
        [...this.byId.keys()].map((id) => `#${id}`),
      );
      throw nothing(line, `No node above has this id: there are ${ids || 'none'}`);
    }
    const id = fitting.reduce((longest, each) => (each.length > longest.length ? each : longest));
    const node = /** @type {NodeAbove} */ (this.byId.get(id));
    return this.others(line, [node], [path.slice(id.length + 1)]);
  }

  /** Without axis nodes, if there are others. @param {AddressLine} line
   * @param {NodeAbove[]} nodes @param {string[]} names */
  others(line, nodes, names) {
    const found = nodes.filter(({ id }) => !isAxisNode(this.api, id));
    if (nodes.length && !found.length) {
      const axis = called(this.api, nodes[0].id);
      throw wrongTarget(line, `${axis} is an axis itself: change its own values`);
    }
    return { nodes: found, names };
  }

  /** The nodes of this title, else those of this class. @param {string} word */
  titled(word) {
    const all = [...this.byId.values()];
    const found = all.filter((node) => node.title === word);
    return found.length ? found : all.filter((node) => node.class_type === word);
  }

  /** @param {AddressLine} line @param {string} hole @returns {Target[]} */
  holes(line, hole) {
    const batches = [...this.byId.values()].filter(({ class_type }) => class_type === PROMPT_BATCH);
    const found = batches.filter(({ id }) => hasHole(this.template(id), hole));
    if (found.length) return found.map(({ id }) => ({ id, input: `{${hole}}` }));
    const none = 'No Prompt Batch stands above';
    const which = 'No template of a Prompt Batch above has this hole';
    throw wrongTarget(line, batches.length ? which : none);
  }

  /** @param {string} id */
  template(id) {
    const template = given(this.api, this.api[id].inputs.template);
    if (isLink(template)) throw new UnknownError();
    return typeof template === 'string' ? template : '';
  }
}

/** A line that names nothing that is there. */
export class NothingNamed extends GrammarError {}

/** Only the host can tell. */
export class UnknownError extends Error {}

/** @param {AddressLine} line @param {string} message */
const nothing = ({ target }, message) => new NothingNamed(message, target.start, target.end);

/** @param {AddressLine} line @param {string} message */
const wrongTarget = ({ target }, message) => new GrammarError(message, target.start, target.end);
