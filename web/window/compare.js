/* Two frames: one over the other with a slider, side by side, or in turns. A stays, B is the frame
   in focus. */

import { opponent } from '../model/moving.js';
import { DONE } from '../model/sweep.js';
import { keyOf } from '../model/keys.js';
import { drag } from '../common/drag.js';
import { button, h, icon, refill } from '../common/dom.js';
import { differences } from '../model/frame_facts.js';
import { instead } from './instead.js';
import { Mode } from './mode.js';
import { differing, facts, flagButtons, markNote, section, slot } from './panel.js';
import { ZoomPane } from './zoom_pane.js';
import { say } from '../common/texts.js';

const FLICKER = 600; // at most two changes a second
const STEPS = /** @type {Record<string, number>} */ ({
  ArrowLeft: -2,
  ArrowRight: 2,
  PageUp: 10,
  PageDown: -10,
});

export class Compare extends Mode {
  /** @param {import('./full_window.js').FullWindow} full @param {string} kind */
  constructor(full, kind) {
    super(full, kind);
    this.a = new ZoomPane(full.lens);
    this.b = new ZoomPane(full.lens);
    this.grip = this.makeGrip();
    const slider = kind === 'slider' ? [h('i', { class: 'cut' }), this.grip] : null;
    this.pair = h('div', { class: `ps-pair ${kind}` }, this.a.element, this.b.element, slider);
    this.names = h('div', { class: 'ps-names' });
    this.blank = h('div', { class: 'ps-blank quiet' });
    this.pair.append(h('div', { class: 'ps-part' }, this.blank));
    this.stage = h('div', { class: 'ps-duel' }, this.pair, this.names);
    this.drawn = '';
    this.slide(50);
    const first = opponent(this.model, this.model.focus);
    if (first >= 0) this.model.champion = this.model.frames[first].id;
    const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches;
    this.timer = kind === 'flicker' && !still ? setInterval(() => this.flip(), FLICKER) : 0;
  }

  makeGrip() {
    const props = {
      class: 'grip',
      type: 'button',
      role: 'slider',
      'aria-label': say('sliderName'),
      'aria-valuemin': 0,
      'aria-valuemax': 100,
      onpointerdown: (/** @type {PointerEvent} */ event) => {
        event.stopPropagation();
        drag(event, { move: (to) => this.follow(to) });
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.slideKey(event),
    };
    return h('button', props, icon('wipe'));
  }

  /** @param {number} to */
  slide(to) {
    this.cut = Math.min(100, Math.max(0, to));
    this.pair.style.setProperty('--cut', `${this.cut}%`);
    this.grip.setAttribute('aria-valuenow', String(Math.round(this.cut)));
  }

  /** @param {PointerEvent} event */
  follow(event) {
    const box = this.pair.getBoundingClientRect();
    this.slide((100 * (event.clientX - box.left)) / box.width);
  }

  /** @param {KeyboardEvent} event */
  slideKey(event) {
    const by = STEPS[event.key];
    if (!by) return;
    this.slide((this.cut ?? 0) + by);
    event.preventDefault();
    event.stopPropagation();
  }

  flip() {
    this.pair.classList.toggle('flipped');
  }

  /** The places of A and B. */
  get places() {
    const { champion, focus } = this.model;
    return [champion ? this.model.indexOf(champion) : -1, focus];
  }

  get title() {
    return say('compare');
  }

  get pane() {
    return this.b;
  }

  get commands() {
    return [
      { name: 'swap', run: () => this.swap() },
      { name: 'flip', run: () => this.flip() },
      { name: 'compare', run: () => {} },
      ...super.commands,
    ];
  }

  swap() {
    const { model } = this;
    const [a, b] = this.places;
    if (a < 0) return;
    model.champion = model.frames[b].id;
    if (a === b) this.full.draw();
    else model.focusOn(a);
  }

  draw() {
    const [a, b] = this.places;
    if (a < 0) return;
    this.full.film.slots = new Map([
      [b, 'B'],
      [a, 'A'],
    ]);
    refill(this.blank, instead(this.model, b, this.full));
    const sign = this.places.map((index) => this.signOf(index)).join(' ');
    if (this.drawn !== sign) {
      this.showFrame(this.a, a);
      this.showFrame(this.b, b);
      this.drawn = sign;
    }
    this.names.replaceChildren(
      h('span', { class: 'ps-name' }, slot('A'), this.number(a), this.note(a)),
      h('span', { class: 'ps-name' }, this.note(b), this.number(b), slot('B')),
    );
  }

  /** @param {number} index */
  signOf(index) {
    const { id, status } = this.model.frames[index];
    return `${id} ${status}`;
  }

  /** @param {ZoomPane} pane @param {number} index */
  showFrame(pane, index) {
    const frame = this.model.frames[index];
    const isDone = frame.status === DONE;
    pane.element.classList.toggle('absent', !isDone);
    if (isDone) pane.show(this.context.files.url(frame.image), frame);
  }

  /** @param {number} index */
  number(index) {
    return h('b', {}, say('frame', { n: index + 1 }));
  }

  /** @param {number} index */
  note(index) {
    return h('span', { class: 'quiet' }, markNote(this.model, index));
  }

  middle() {
    const title = `${say('swap')} (${keyOf('swap')})`;
    return [...super.middle(), button('', { title, onclick: () => this.swap() }, say('swap'))];
  }

  panel() {
    const [a, b] = this.places;
    if (a < 0) return [h('p', { class: 'quiet' }, say('noA'))];
    const { model } = this;
    const found = differences([model.frames[a], model.frames[b]], model.sweep);
    return [
      ...differing([say('slotA', { n: a + 1 }), say('slotB', { n: b + 1 })], found),
      section(say('sameInBoth'), null, facts(found.same)),
      section(say('howToCompare'), null, h('p', { class: 'quiet' }, say('howText'))),
    ];
  }

  foot() {
    const { model, full } = this;
    const texts = { pick: 'pickB', picked: 'pickedB', reject: 'rejectB', rejected: 'rejectB' };
    return flagButtons(model, model.focus, (name) => full.perform({ name }), texts);
  }

  dispose() {
    clearInterval(this.timer);
    this.full.film.slots = new Map();
    this.a.dispose();
    this.b.dispose();
  }
}
