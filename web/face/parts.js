/* The parts of the face, one below the other. Each is drawn when what it shows has changed: an
   alert is said once, and the focus stays. */

import { say } from '../common/texts.js';
import { button, h, iconButton, refill, set, write } from '../common/dom.js';
import { Actions } from './actions.js';
import { AxisList } from './axis_list.js';
import { drawMap } from './map.js';
import { drawNotice } from './notice.js';

/** @typedef {import('../model/sweep_face.js').View} View */
/** @typedef {import('./sweep_face.js').AskFor} AskFor */

const QUIET = 5000; // milliseconds between two sentences for screen readers while it runs
const PROGRESS = {
  class: 'ps-progress',
  role: 'progressbar',
  'aria-valuemin': 0,
  'aria-valuemax': 100,
  hidden: true,
};

export class Parts {
  /** @param {AskFor} ask */
  constructor(ask) {
    this.ask = ask;
    this.line = h('p', { class: 'ps-status', 'aria-hidden': 'true' });
    this.spoken = h('span', { class: 'ps-hidden', role: 'status' });
    this.fill = h('i');
    this.progress = h('div', { ...PROGRESS, 'aria-label': say('progress') }, this.fill);
    this.notice = h('div', { class: 'ps-notices' });
    this.axes = new AxisList(ask);
    this.product = h('p', { class: 'ps-product', role: 'status' });
    this.map = h('div', { class: 'ps-map' });
    this.actions = new Actions(ask);
    this.elements = [
      h('div', { class: 'ps-bar' }, this.line, this.spoken, this.tools()),
      this.progress,
      this.notice,
      this.axes.element,
      this.product,
      this.map,
      this.actions.element,
    ];
    /** @type {Map<string, string>} what each shows */
    this.shown = new Map();
    this.lastSpoken = 0;
  }

  tools() {
    const add = iconButton('plus', say('addAxis'), '', { 'aria-haspopup': 'menu' });
    add.addEventListener('click', () => this.ask('add', '', add));
    const keys = { 'aria-label': say('keys'), title: `${say('keys')} (?)` };
    const help = button('icon', { ...keys, onclick: () => this.ask('keys') }, '?');
    return h('div', { class: 'ps-tools' }, add, help);
  }

  /** @param {View} view */
  show(view) {
    const { status, progress, notice, axes, empty, product, map, line } = view;
    this.changed('status', status, () => this.drawStatus(status, progress !== null));
    this.changed('progress', progress, () => this.drawProgress(progress));
    this.changed('notice', notice, () => drawNotice(this.notice, notice, this.ask));
    this.changed('axes', [axes, empty], () => this.axes.draw(axes, empty));
    this.changed('product', product, () => this.drawProduct(product));
    this.changed('map', [map, line], () => drawMap(this.map, map, line));
    const { actions, note, rest } = view;
    this.changed('actions', [actions, note, rest], () => this.actions.draw(view));
  }

  /** The height that all parts need. */
  get least() {
    const { axes, elements } = this;
    const others = elements.filter((each) => each !== axes.element);
    return axes.least + others.reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);
  }

  /** @param {string} name @param {unknown} data @param {() => void} draw */
  changed(name, data, draw) {
    const text = JSON.stringify(data);
    if (this.shown.get(name) === text) return;
    this.shown.set(name, text);
    draw();
  }

  /** @param {string[]} items @param {boolean} isRunning */
  drawStatus(items, isRunning) {
    this.line.replaceChildren(
      ...items.map((text, at) => h(at ? 'span' : 'b', {}, at ? `· ${text}` : text)),
    );
    const now = Date.now();
    if (isRunning && now - this.lastSpoken < QUIET) return;
    this.lastSpoken = now;
    write(this.spoken, items.join(', '));
  }

  /** @param {number | null} share in percent */
  drawProgress(share) {
    this.progress.hidden = share === null;
    set(this.progress, 'aria-valuenow', share ?? 0);
    this.fill.style.width = `${share ?? 0}%`;
  }

  /** @param {View['product']} product */
  drawProduct({ parts, joint, sum }) {
    const factors = parts.flatMap((text, at) => [
      at ? h('span', { class: 'times' }, joint) : null,
      h('b', {}, text),
    ]);
    refill(this.product, ...factors, parts.length ? ' = ' : null, h('b', {}, sum));
  }
}
