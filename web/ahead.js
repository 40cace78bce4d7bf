/* Thumbnails before anyone looks at them: once the page is calm the rest of a sheet is loaded, a
   few at a time, so that scrolling finds pictures and not empty mats. */

const AT_ONCE = 3;
const MOST = 2000;
const OFTEN = 200; // milliseconds

export class Ahead {
  /** @param {() => boolean} calm whether nothing is going on that loading would slow down */
  constructor(calm) {
    this.calm = calm;
    /** @type {string[]} */
    this.left = [];
    /** @type {Map<string, HTMLImageElement>} what the page keeps in memory as long as it is here */
    this.kept = new Map();
    this.busy = 0;
  }

  /** @param {string[]} sources the nearest first */
  want(sources) {
    this.left = sources.slice(0, MOST).filter((source) => !this.kept.has(source));
    for (const source of this.kept.keys()) if (this.kept.size > MOST) this.kept.delete(source);
    while (this.busy < AT_ONCE && this.left.length) {
      this.busy += 1;
      this.work();
    }
  }

  async work() {
    while (this.left.length) {
      if (this.calm()) await this.load(String(this.left.shift()));
      else await new Promise((done) => setTimeout(done, OFTEN));
    }
    this.busy -= 1;
  }

  /** @param {string} source */
  load(source) {
    const image = new Image();
    this.kept.set(source, image);
    return new Promise((done) => {
      image.onload = done;
      image.onerror = () => done(this.kept.delete(source)); // the cell says what is wrong with it
      image.src = source;
    });
  }

  stop() {
    this.left = [];
    this.kept.clear();
  }
}
