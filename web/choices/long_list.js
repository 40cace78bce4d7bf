/* A list of any length of which only what its window shows, and a few rows around it, is in the
   page. */

import { reveal, visible } from '../sheet/virtual.js';
import { h } from '../common/dom.js';

const RESTED = 60; // milliseconds without scrolling

/**
 * How the list looks.
 * @typedef {object} Look
 * @property {(width: number) => {columns: number, height: number}} shape of its rows
 * @property {number} spare rows above and below the window
 * @property {(name: string) => HTMLElement} make an option
 * @property {(option: HTMLElement, name: string, index: number) => void} update what may change
 * @property {(option: HTMLElement, name: string) => void} [seen] once it is in the window at rest
 */

export class LongList {
  /** @param {HTMLElement} list that scrolls @param {Look} look */
  constructor(list, look) {
    this.list = list;
    this.look = look;
    /** @type {string[]} */
    this.names = [];
    /** @type {Map<string, HTMLElement>} those in the page */
    this.options = new Map();
    this.near = h('div', { class: 'ps-window', role: 'none' });
    this.space = h('div', { class: 'ps-space', role: 'none' }, this.near);
    this.shape = { columns: 1, height: 1 };
    this.first = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
    list.append(this.space);
    list.addEventListener('scroll', () => this.draw(), { passive: true });
    this.resized = new ResizeObserver(() => this.draw());
    this.resized.observe(list);
  }

  dispose() {
    this.resized.disconnect();
    clearTimeout(this.later);
  }

  /** What is seen of the rows. */
  get view() {
    const { list, space } = this;
    return { offset: list.scrollTop - space.offsetTop, view: list.clientHeight };
  }

  /** Rows in the window, less the one that stays in sight. */
  get page() {
    return Math.max(1, Math.floor(this.view.view / this.shape.height) - 1);
  }

  /** @param {string[]} names @param {boolean} [anew] whether what they are made of has changed */
  show(names, anew = false) {
    this.names = names;
    if (anew) this.options.clear();
    this.draw();
    [...this.options].forEach(([name, option], at) => {
      this.look.update(option, name, this.first + at);
    });
  }

  draw() {
    this.shape = this.look.shape(this.space.clientWidth);
    const { columns, height } = this.shape;
    this.space.style.height = `${this.count * height}px`;
    this.near.style.setProperty('--columns', String(columns));
    const { first, end } = this.span(this.look.spare);
    this.near.style.transform = `translateY(${(first / columns) * height}px)`;
    this.first = first;
    this.fill(this.names.slice(first, end));
    if (!this.look.seen) return;
    clearTimeout(this.later);
    this.later = setTimeout(() => this.rest(), RESTED);
  }

  get count() {
    return Math.ceil(this.names.length / this.shape.columns);
  }

  /** The names that are in the window, with so many rows more on either side.
   * @param {number} spare */
  span(spare) {
    const { columns, height } = this.shape;
    const { first, end } = visible({ ...this.view, step: height, count: this.count, spare });
    return { first: first * columns, end: end * columns };
  }

  /** @param {string[]} names */
  fill(names) {
    const options = new Map();
    names.forEach((name, at) => {
      options.set(name, this.options.get(name) ?? this.make(name, this.first + at));
    });
    this.options = options;
    const { children } = this.near;
    const made = [...options.values()];
    if (made.length !== children.length || made.some((each, at) => each !== children[at]))
      this.near.replaceChildren(...made);
  }

  /** @param {string} name @param {number} index */
  make(name, index) {
    const option = this.look.make(name);
    option.dataset.index = String(index);
    this.look.update(option, name, index);
    return option;
  }

  /** Nothing scrolls: what is in the window is worth loading. */
  rest() {
    const { first, end } = this.span(0);
    for (const name of this.names.slice(first, end)) {
      const option = this.options.get(name);
      if (option) this.look.seen?.(option, name);
    }
  }

  /** @param {number} index that is to be in the window */
  reveal(index) {
    const { columns, height } = this.shape;
    const start = Math.floor(index / columns) * height;
    const offset = reveal({ start, end: start + height, ...this.view });
    if (offset !== this.view.offset) this.list.scrollTop = offset + this.space.offsetTop;
    this.draw();
  }
}

/** The place of the option that an event happened in, -1 for none. @param {Event} event */
export function indexAt(event) {
  const option = event.target instanceof Element && event.target.closest('[role="option"]');
  return option instanceof HTMLElement ? Number(option.dataset.index) : -1;
}
