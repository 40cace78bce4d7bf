/* What one sheet shows: the sweep, how its run goes, the marks, the filter and the focus. Views
   listen to its `change` events; it knows no page and no host. */

import { Marks } from './marks.js';
import { DONE, FAILED, GONE, WAITING, fromManifest, ratioOf, update } from './sweep.js';
/** @typedef {import('./sweep.js').Frame} Frame */
/** @typedef {import('./sweep.js').Sweep} Sweep */
/** @typedef {'empty' | 'running' | 'finished' | 'held' | 'stopped' | 'reopened'} Phase */
/** @typedef {{kind: string, stars?: number, place?: number}} Filter
 *   kind: all, picked, unrejected, stars, row, column */
/** @typedef {{step: number, steps: number, numbers: Set<number>, previews: Map<number, string>,
 *   started: number, share: number}} Run */
/** @typedef {{what: 'sheet' | 'frames' | 'marks' | 'focus' | 'status', frames?: number[],
 *   loaded?: boolean, alike?: boolean}} Change `loaded`: news of a
 *   sweep, not another view of this one; `alike`: all cells stay where they are */

const ALL = { kind: 'all' };

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
    this.filter = ALL;
    /** @type {number[]} indices of the frames shown */
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
    this.run =
      phase === 'running'
        ? {
            step: 0,
            steps: 0,
            numbers: new Set(),
            previews: new Map(),
            started: Date.now(),
            share: 0,
          }
        : null;
    if (!same) [this.filter, this.focus] = [ALL, 0];
    const before = `${this.ratio} ${this.shown}`;
    this.ratio = ratioOf(sweep);
    this.refilter();
    this.emit({
      what: 'sheet',
      loaded: true,
      alike: same && before === `${this.ratio} ${this.shown}`,
    });
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

  /** @param {{numbers: number[], step: number, steps: number, done: number, total: number,
   *   previews?: {number: number, image: string}[]}} news */
  stepped(news) {
    if (!this.run) return;
    const before = this.run.numbers;
    const frames = news.numbers.filter((number) => this.frames[number - 1]?.status !== DONE);
    const previews = new Map([...this.run.previews].filter(([number]) => frames.includes(number)));
    for (const { number, image } of news.previews ?? [])
      if (image.startsWith('data:image/')) previews.set(number, image);
    const made = news.done + frames.length * Math.min(1, news.step / Math.max(1, news.steps));
    this.run = {
      ...this.run,
      step: news.step,
      steps: news.steps,
      numbers: new Set(frames),
      previews,
      share: made / Math.max(1, news.total),
    };
    this.emit({
      what: 'frames',
      frames: [...new Set([...before, ...frames])].map((number) => number - 1),
    });
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

  /** Picks that can be passed on. */
  get passing() {
    const gone = new Set(
      this.frames
        .filter((frame) => frame.status !== DONE && frame.status !== WAITING)
        .map((frame) => frame.id),
    );
    return this.marks.picks.filter((id) => !this.lost.has(id) && !gone.has(id));
  }

  /** Picks of other sweeps that are not yet keepers. */
  get strangers() {
    const here = new Set(this.frames.map((frame) => frame.id));
    return this.marks.picks.filter(
      (id) => !here.has(id) && !this.lost.has(id) && !this.marks.isKeeper(id),
    );
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
    this.shown = this.frames.flatMap((frame, index) => (this.passes(frame, index) ? [index] : []));
    if (this.shown.length && !this.shown.includes(this.focus)) {
      this.focus =
        this.shown.find((index) => index > this.focus) ?? this.shown[this.shown.length - 1];
    }
  }

  /** @param {Frame} frame @param {number} index */
  passes(frame, index) {
    const { kind, stars = 0, place = 0 } = this.filter;
    if (kind === 'picked') return this.marks.place(frame.id) > 0;
    if (kind === 'unrejected') return !this.marks.isRejected(frame.id);
    if (kind === 'stars') return this.marks.stars(frame.id) >= stars;
    const inner = this.inner;
    if (kind === 'row') return Math.floor(index / inner) === place;
    return kind === 'column' ? index % inner === place : true;
  }

  /** Frames of one run through the innermost axis. */
  get inner() {
    const sizes = this.sizes;
    return Math.max(1, sizes[sizes.length - 1] ?? this.frames.length);
  }

  /**
   * Lengths of the axes, outermost first; one axis of all frames where they do not fill the axes.
   */
  get sizes() {
    const sizes = (this.sweep?.axes ?? [])
      .map((axis) => axis.labels.length)
      .filter((size) => size > 1);
    const full = sizes.reduce((product, size) => product * size, 1) === this.frames.length;
    return full ? sizes : [this.frames.length];
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
