/* What somebody ticks of many choices: which are shown, which are ticked, in what order, and the
   pattern that would take in the same. */

import { Finder, wordsOf } from './finder.js';
import { meant, patternOf } from './patterns.js';

/** @typedef {{options: unknown[], current?: unknown, ticked?: string[]}} Given
 * `ticked`: what is swept now; a pattern stands for what it takes in */

export class Choices extends EventTarget {
  /** @param {Given} given */
  constructor({ options, current, ticked = [] }) {
    super();
    /** in the host's order */
    this.names = [...new Set(options.map(String))];
    this.there = new Set(this.names);
    this.current = String(current ?? '');
    const now = ticked.length || !this.current ? ticked : [this.current];
    /** @type {Set<string>} in the order of the sheet */
    this.ticks = new Set(now.flatMap((text) => meant(text, this.names, this.there)));
    this.pattern = now.length === 1 && !this.ticks.has(now[0]) ? now[0] : '';
    this.before = this.ticks; // the pattern
    this.finder = new Finder(this.names);
    this.query = '';
    this.onlyTicked = false;
    this.shown = this.names;
    /** where the keys are, among those shown; where a range begins */
    this.at = this.anchor = Math.max(0, this.names.indexOf(this.current));
  }

  get words() {
    return wordsOf(this.query);
  }

  /** What would be swept. */
  get values() {
    return [...this.ticks].filter((name) => this.there.has(name));
  }

  /** What is ticked and offered no more. */
  get gone() {
    return [...this.ticks].filter((name) => !this.there.has(name));
  }

  /** Those shown that are not ticked. */
  get fresh() {
    return this.shown.filter((name) => !this.ticks.has(name));
  }

  /** The pattern that would take in what the search shows, else what is ticked; '' for none. */
  get suggestion() {
    const { names, words } = this;
    const found = words.length ? patternOf(this.shown, names, words) : '';
    const pattern = found || patternOf(this.values, names);
    return pattern === this.pattern ? '' : pattern;
  }

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  // -- what is shown

  /** @param {string} query */
  search(query) {
    this.query = query;
    this.filter();
  }

  /** @param {boolean} only */
  showTicked(only) {
    this.onlyTicked = only;
    this.filter();
  }

  showAll() {
    this.onlyTicked = false;
    this.search('');
  }

  /** Later ticks leave the list as it is: nothing moves away under the hand. */
  filter() {
    const { ticks } = this;
    const also = this.onlyTicked ? (/** @type {string} */ name) => ticks.has(name) : undefined;
    this.shown = this.finder.find(this.words, also);
    this.at = this.anchor = 0;
    this.changed();
  }

  // -- ticks

  /** @param {number} [index] among those shown */
  toggle(index = this.at) {
    const name = this.shown[index];
    if (name === undefined) return;
    this.at = this.anchor = index;
    const ticks = new Set(this.ticks);
    if (!ticks.delete(name)) ticks.add(name);
    this.tick(ticks);
  }

  /** Goes there, and ticks what lies between if it is to.
   * @param {number} index @param {boolean} [ticks] */
  go(index, ticks = false) {
    this.at = Math.max(0, Math.min(this.shown.length - 1, index));
    const [from, to] = [this.anchor, this.at].sort((a, b) => a - b);
    if (ticks) this.tick([...this.ticks, ...this.shown.slice(from, to + 1)]);
    else {
      this.anchor = this.at;
      this.changed();
    }
  }

  tickShown() {
    this.tick([...this.ticks, ...this.shown]);
  }

  untickAll() {
    this.ticks = new Set();
    this.pattern = '';
    this.filter();
  }

  /** @param {string[]} names */
  takeOut(names) {
    const out = new Set(names);
    this.tick([...this.ticks].filter((name) => !out.has(name)));
  }

  /** @param {Iterable<string>} names @param {string} [pattern] that stands for them */
  tick(names, pattern = '') {
    this.ticks = new Set(names);
    this.pattern = pattern;
    this.changed();
  }

  // -- their order

  /** @param {string} name @param {number} place from 0 */
  place(name, place) {
    const order = [...this.ticks].filter((each) => each !== name);
    order.splice(Math.max(0, place), 0, name);
    this.tick(order);
  }

  // -- a pattern in place of names

  /** @param {string} pattern */
  use(pattern) {
    if (!this.pattern) this.before = this.ticks;
    this.tick(meant(pattern, this.names, this.there), pattern);
  }

  /** The names as they were before the pattern. */
  leavePattern() {
    this.tick(this.before);
  }
}
