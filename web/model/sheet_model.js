/* What one sheet shows: the sweep, how its run goes, the marks, the filter and the focus. Views
   listen to its `change` events; it knows no page and no host. */

import { passes } from './filter.js';
import { Marks } from './marks.js';
import { passing, strangers } from './pick_lists.js';
import { begun, stepped } from './progress.js';
import { seenOf } from './seen.js';
import { DONE, FAILED, GONE, WAITING } from './sweep.js';
import { fromManifest, ratioOf, update } from './sweep.js';

/** @typedef {import('./sweep.js').Sweep} Sweep */
/** @typedef {'empty' | 'running' | 'finished' | 'held' | 'stopped' | 'reopened'} Phase */
/** @typedef {import('./filter.js').Filter} Filter */
/** @typedef {import('./progress.js').Run} Run */
/** @typedef {{what: 'sheet' | 'frames' | 'marks' | 'focus' | 'status', frames?: number[],
 *   loaded?: boolean, alike?: boolean}} Change
 *   `loaded`: news of a sweep, not another view of one; `alike`: all cells stay where they are */

export class SheetModel extends EventTarget {
  constructor() {
    super();
    /** @type {Sweep | null} */
    this.sweep = null;
    /** @type {Phase} */
    this.phase = 'empty';
    this.marks = new Marks();
    /** @type {Run | null} */
    this.run = null;
    /** @type {Filter} */
    this.filter = { kind: 'all' };
    this.swapped = false;
    this.counts = true;
    this.seen = seenOf(null, false);
    /** @type {number[]} indices of the frames shown, as one comes by them */
    this.shown = [];
    this.focus = 0;
    this.columns = 0;
    this.captions = 'varying';
    this.advance = false;
    this.ratio = 1;
    /** @type {string | null} the frame to beat */
    this.champion = null;
    /** @type {Set<string>} picks that the store has lost */
    this.lost = new Set();
    this.fault = this.error = this.told = this.notice = '';
    this.reading = false;
  }

  get frames() {
    return this.sweep?.frames ?? [];
  }

  /** @param {Change} change */
  emit(change) {
    this.dispatchEvent(new CustomEvent('change', { detail: change }));
  }

  /** @param {any} manifest @param {Phase} phase */
  show(manifest, phase) {
    this.notice = String(manifest.notice ?? '');
    this.load(fromManifest(manifest), phase, manifest.picks?.gone ?? []);
  }

  /** @param {Sweep} sweep @param {Phase} phase @param {string[]} lost */
  load(sweep, phase, lost = []) {
    const same = this.sweep?.id === sweep.id && this.frames.length === sweep.frames.length;
    this.sweep = sweep;
    this.phase = phase;
    this.error = '';
    this.reading = false;
    this.lost = new Set(lost);
    const stored = sweep.frames.filter((frame) => frame.status === DONE);
    this.run = phase === 'running' ? begun(stored.map(({ number }) => number)) : null;
    if (!same) [this.filter, this.focus] = [{ kind: 'all' }, 0];
    this.lay();
    const before = `${this.ratio} ${this.shown}`;
    this.ratio = ratioOf(sweep);
    this.refilter();
    const alike = same && before === `${this.ratio} ${this.shown}`;
    this.emit({ what: 'sheet', loaded: true, alike });
  }

  /** One frame's news during a run. @param {any} frame */
  arrived(frame) {
    const index = this.sweep ? update(this.sweep, frame) : -1;
    if (index < 0 || !this.sweep) return;
    this.run?.numbers.delete(index + 1);
    this.run?.previews.delete(index + 1);
    const before = this.ratio;
    this.ratio = ratioOf(this.sweep);
    this.emit(before === this.ratio ? { what: 'frames', frames: [index] } : { what: 'sheet' });
  }

  /** @param {import('./progress.js').Step} news */
  stepped(news) {
    if (!this.run) return;
    const before = this.run.numbers;
    this.run = stepped(this.run, news, (number) => this.frames[number - 1]?.status === DONE);
    const numbers = [...new Set([...before, ...this.run.numbers])];
    this.emit({ what: 'frames', frames: numbers.map((number) => number - 1) });
  }

  /** The run ended before its sheet: by hand, or by an error. @param {string} error */
  stopped(error) {
    if (this.phase !== 'running') return;
    this.phase = this.count(WAITING) || error ? 'stopped' : 'finished';
    this.run = null;
    this.error = error;
    this.emit({ what: 'sheet' });
  }

  /** A frame whose picture the store no longer has. @param {number} index */
  vanished(index) {
    const frame = this.frames[index];
    if (!frame || frame.status !== DONE) return;
    frame.status = GONE;
    this.emit({ what: 'frames', frames: [index] });
  }

  /** A pick that is nowhere any more. @param {string} id */
  lose(id) {
    if (this.lost.has(id)) return;
    this.lost.add(id);
    this.emit({ what: 'marks' });
  }

  /** @param {string} status */
  count(status) {
    return this.frames.filter((frame) => frame.status === status).length;
  }

  get failures() {
    return this.frames.filter((frame) => frame.status === FAILED);
  }

  /** @param {string} id */
  indexOf(id) {
    return this.frames.findIndex((frame) => frame.id === id);
  }

  get passing() {
    return passing(this);
  }

  get strangers() {
    return strangers(this);
  }

  get lostPicks() {
    return this.marks.picks.filter((id) => this.lost.has(id));
  }

  marked() {
    const before = this.shown.join();
    this.refilter();
    this.emit({ what: before === this.shown.join() ? 'marks' : 'sheet' });
  }

  /** @param {Filter} filter */
  filterBy(filter) {
    this.filter = filter;
    this.refilter();
    this.emit({ what: 'sheet' });
  }

  refilter() {
    const { filter, marks, frames, focus, seen } = this;
    const { order } = seen;
    const isShown = (/** @type {number} */ index) =>
      passes(filter, marks, { id: frames[index].id, index, seen });
    this.shown = order.filter(isShown);
    const next = order.slice(order.indexOf(focus)).find(isShown);
    this.focus = next ?? this.shown.at(-1) ?? focus;
  }

  /** Gives the frames their places. */
  lay() {
    this.seen = seenOf(this.sweep, this.swapped);
  }

  get axes() {
    return this.seen.axes;
  }

  /** @param {number} index */
  focusOn(index) {
    if (!this.frames[index] || index === this.focus) return;
    this.focus = index;
    this.emit({ what: 'focus' });
  }

  /** One sentence in the status line. @param {string} text */
  tell(text) {
    this.told = text;
    this.emit({ what: 'status' });
  }
}
