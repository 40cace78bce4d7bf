/* Thumbnails in their turn: what is in view first, fewer at a time while scrolling falls behind the
   screen, and once the page is calm the rest of the sheet, so that scrolling finds pictures. */

const MOST = 12; // at a time, while scrolling
const AHEAD = 3; // at a time, while nobody looks for them
const KEPT = 2000;
const OFTEN = 200; // milliseconds
const TOGETHER = 80; // milliseconds: every change of the sheet makes the host draw its whole page
const LATE = 1.5; // of the time from one picture of the screen to the next, at its best

/**
 * How many may be loading while the user scrolls: none more where a picture of the screen was late,
 * then slowly more again.
 */
export class Pace {
  constructor() {
    this.stop();
  }

  /** @param {number} now when this picture of the screen is made, in milliseconds */
  tick(now) {
    const took = this.last ? now - this.last : Infinity;
    this.best = Math.min(this.best, took);
    this.room = took > LATE * this.best ? 0 : Math.min(MOST, this.room + 0.25);
    this.last = now;
  }

  stop() {
    this.room = this.last = 0;
    this.best = Infinity;
  }
}

export class Thumbs {
  /** @param {{moving: () => boolean, calm: () => boolean}} state whether the user scrolls; whether
   * nothing is going on that loading ahead would slow down */
  constructor({ moving, calm }) {
    this.moving = moving;
    this.calm = calm;
    this.pace = new Pace();
    /** @type {Map<HTMLImageElement, string>} images that wait for their turn */
    this.waiting = new Map();
    /** @type {Map<HTMLImageElement, string>} images whose picture is on its way */
    this.coming = new Map();
    /** @type {Map<HTMLImageElement, string>} images whose picture is here, to be shown together */
    this.ready = new Map();
    this.busy = 0;
    this.shown = 0;
    /** @type {string[]} */
    this.ahead = [];
    /**
     * @type {Map<string, HTMLImageElement>} loaded, and kept in memory as long as the page is here
     */
    this.kept = new Map();
    /** @type {number | undefined} */
    this.asked = undefined;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.later = undefined;
  }

  get isIdle() {
    return !this.busy && !this.waiting.size && !this.ready.size && !this.ahead.length;
  }

  /**
   * An image gets its picture: at once if it has been loaded before.
   * @param {HTMLImageElement} image
   * @param {string} source
   */
  show(image, source) {
    this.forget(image);
    if (this.kept.has(source)) image.src = source;
    else {
      this.waiting.set(image, source);
      this.soon();
    }
  }

  /** @param {HTMLImageElement} image that is no longer to get what it waits for */
  forget(image) {
    for (const each of [this.waiting, this.coming, this.ready]) each.delete(image);
  }

  /** What to load when nobody waits. @param {string[]} sources the nearest first */
  want(sources) {
    this.ahead = sources.slice(0, KEPT).filter((source) => !this.kept.has(source));
    for (const source of this.kept.keys()) if (this.kept.size > KEPT) this.kept.delete(source);
    this.soon();
  }

  /** Once for all that is asked for together; while scrolling, at every picture of the screen. */
  soon() {
    this.asked ??= requestAnimationFrame((now) => {
      this.asked = undefined;
      const moving = this.moving();
      if (moving) this.pace.tick(now);
      else this.pace.stop();
      this.pump();
      if (moving || !this.busy || now - this.shown >= TOGETHER) this.reveal(now);
      if (this.waiting.size || this.ready.size) this.soon();
    });
  }

  pump() {
    const images = [...this.waiting.keys()];
    const moving = this.moving();
    const room = moving ? Math.ceil(this.pace.room) : Infinity;
    if (moving) images.reverse(); // what came last stays longest
    for (const image of images.slice(0, Math.max(0, room - this.busy))) this.fetch(image);
    if (this.waiting.size || !this.ahead.length) return;
    if (this.calm()) this.goAhead();
    else
      this.later ??= setTimeout(() => {
        this.later = undefined;
        this.pump();
      }, OFTEN);
  }

  goAhead() {
    while (this.busy < AHEAD && this.ahead.length) {
      const source = String(this.ahead.shift());
      if (!this.kept.has(source)) this.load(source); // else it was looked at meanwhile
    }
  }

  /** @param {HTMLImageElement} image that is next */
  async fetch(image) {
    const source = String(this.waiting.get(image));
    this.waiting.delete(image);
    this.coming.set(image, source);
    await this.load(source);
    if (this.coming.get(image) !== source) return; // it shows another frame by now
    this.coming.delete(image);
    this.ready.set(image, source);
    this.soon();
  }

  /** @param {string} source */
  async load(source) {
    const image = new Image();
    this.busy += 1;
    const there = await new Promise((done) => {
      image.onload = () => done(true);
      image.onerror = () => done(false); // the cell's own image says what is wrong
      image.src = source;
    });
    this.busy -= 1;
    if (there) this.kept.set(source, image);
    if (!this.moving()) this.pump(); // while scrolling, none but at the next picture of the screen
  }

  /** @param {number} now */
  reveal(now) {
    for (const [image, source] of this.ready) image.src = source;
    this.ready.clear();
    this.shown = now;
  }

  stop() {
    this.ahead = [];
    for (const each of [this.waiting, this.coming, this.ready]) each.clear();
    this.kept.clear();
    clearTimeout(this.later);
    if (this.asked) cancelAnimationFrame(this.asked);
  }
}
