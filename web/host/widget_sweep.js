/* One widget as something to sweep: what it is, how it varies now, where its axis would stand. */

import { SWEEP_SAMPLER } from '../common/node_ids.js';
import { say } from '../common/texts.js';
import { kindOfChoice } from '../model/choice_kinds.js';
import { axisOf, choicesOf, isSeed, isValue, specOf, takesLinks } from '../model/widget_axis.js';
import { inputUrl } from './files.js';
import { linkInto, nodeAt, pathOf } from './graph.js';
import { sourceAt } from './swept_ends.js';
import { nameOf } from './widget_marks.js';
import { placeOf } from './widget_place.js';

/** @typedef {import('./sweeps.js').Sweeps} Sweeps */
/** @typedef {import('./widget_place.js').Place} Place */

const OURS = /^Proofsheet/;
const SAMPLED = ['seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'];

/** Those widgets of a node that hold a value of its class, in their order.
 * @param {Sweeps} sweeps @param {any} node @returns {WidgetSweep[]} */
export const widgetSweeps = (sweeps, node) =>
  (node.widgets ?? []).flatMap((/** @type {any} */ widget) => {
    const found = widgetSweep(sweeps, node, widget);
    return found ? [found] : [];
  });

/** @param {Sweeps} sweeps @param {any} node @param {any} widget @returns {WidgetSweep | null} */
export function widgetSweep(sweeps, node, widget) {
  const place = placeOf(sweeps.host, node, widget);
  if (!place) return null;
  const type = typeOf(place.reader.node);
  const spec = specOf(sweeps.host.defs(type), place.reader.input);
  const isSampled = type === SWEEP_SAMPLER && SAMPLED.includes(place.reader.input);
  if (!spec || !isValue(spec) || (OURS.test(type) && !isSampled)) return null;
  return new WidgetSweep(sweeps, place, type, spec);
}

/** @param {any} node @returns {string} */
const typeOf = (node) => node.comfyClass ?? node.constructor?.comfyClass ?? node.type;

export class WidgetSweep {
  /** @param {Sweeps} sweeps @param {Place} place @param {string} type
   * @param {import('../model/widget_axis.js').Spec} spec */
  constructor(sweeps, place, type, spec) {
    this.sweeps = sweeps;
    this.host = sweeps.host;
    this.place = place;
    this.type = type;
    this.spec = spec;
    this.id = place.reader.id;
    this.input = place.reader.input;
    this.varied = sweeps.varied({ id: this.id, input: this.input });
  }

  /** As the node shows it. */
  get label() {
    const { node, slot, widget } = this.place;
    return slot < 0 ? (widget?.label ?? this.input) : nameOf(node, slot);
  }

  /** `KSampler.seed` */
  get name() {
    return `${this.place.node.title}.${this.label}`;
  }

  get value() {
    return this.place.widget?.value;
  }

  get isSeed() {
    return isSeed(this.input, this.spec);
  }

  /** What the host offers now; null: it is no choice. @returns {unknown[] | null} */
  get choices() {
    const declared = choicesOf(this.spec);
    const now = this.place.widget?.options?.values;
    const offered = typeof now === 'function' ? now(this.place.widget, this.place.node) : now;
    return declared && (Array.isArray(offered) ? offered : declared);
  }

  get noun() {
    return kindOfChoice(this.type, this.input, this.choices ?? []);
  }

  /** The address of a choice's picture, where they are pictures of a folder. */
  get thumb() {
    const { image_upload, image_folder = 'input' } = this.spec[1];
    if (!image_upload) return undefined;
    return (/** @type {string} */ name) => inputUrl(this.host, name, image_folder);
  }

  /** What a link brings it now that is no axis. */
  get linkedTo() {
    if (this.varied?.by === 'node') return '';
    if (this.varied?.by === 'link') return this.varied.title;
    const { node, slot } = this.place;
    const link = slot < 0 ? null : linkInto(node, slot);
    return link ? String(node.graph.getNodeById(link.origin_id)?.title ?? '?') : '';
  }

  /** The Sweep that reads it, or else what could be swept: a saver. */
  get home() {
    return this.sweeps.below(this.id)[0] ?? this.sweeps.savers(this.id)[0] ?? null;
  }

  /** The Sweep whose *axes* may have a line for it. */
  get lineHome() {
    return this.sweeps.withLines(this.id)[0] ?? null;
  }

  /** Whether an axis node beside it reaches it: not from inside a subgraph that its Sweep is not
   * in. */
  get takesLink() {
    const { node, slot } = this.place;
    if (slot < 0 || !takesLinks(this.input, this.spec) || !this.home) return false;
    const around = parent(pathOf(this.host, node) ?? '');
    return `${parent(this.home)}:`.startsWith(around && `${around}:`);
  }

  get axis() {
    return axisOf(this.input, this.spec, this.value);
  }

  /** What below it could become a sweep, by its id, or ''. */
  get sweepable() {
    const { host, sweeps } = this;
    return sweeps.savers(this.id).find((id) => sourceAt(host, nodeAt(host, id))) ?? '';
  }

  /** What has to become one first, so that there are *axes*. */
  get first() {
    return this.takesLink || this.lineHome ? '' : this.sweepable;
  }

  /** Why it cannot be swept, or ''. */
  get why() {
    if (this.linkedTo) return say('widgetLinked', { title: this.linkedTo });
    if (this.takesLink) return '';
    if (!this.lineHome && !this.sweepable) return say('widgetUnread');
    return !this.choices && this.axis.line === null ? say('widgetLines') : '';
  }
}

/** @param {string} path */
const parent = (path) => path.split(':').slice(0, -1).join(':');

/** What a node is called. @param {import('./graph.js').Host} host @param {string} id */
export const titleAt = (host, id) => String(nodeAt(host, id)?.title ?? id);
