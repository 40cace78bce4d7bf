/* The loupe: one frame large, with all that made it. */

import { step } from '../model/moving.js';
import { keyOf } from '../model/keys.js';
import { button, h, icon, iconButton, refill } from '../common/dom.js';
import { own, shared } from '../model/frame_facts.js';
import { instead } from './instead.js';
import { Mode } from './mode.js';
import { facts, flagButtons, rating, section } from './panel.js';
import { ZoomPane } from './zoom_pane.js';
import { copy, download, openRecipe } from '../host/sharing.js';
import { DONE, FAILED } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sweep.js').Frame} Frame */

export class Loupe extends Mode {
  /** @param {import('./full_window.js').FullWindow} full */
  constructor(full) {
    super(full, 'loupe');
    this.zoomed = new ZoomPane(full.lens);
    this.blank = h('div', { class: 'ps-blank quiet' });
    this.drawn = '';
    const previous = { look: 'ps-step prev', onclick: () => step(this.model, -1) };
    const next = { look: 'ps-step next', onclick: () => step(this.model, 1) };
    this.stage = h(
      'div',
      { class: 'ps-loupe' },
      this.zoomed.element,
      this.blank,
      iconButton('left', say('previous'), '←', previous),
      iconButton('right', say('next'), '→', next),
    );
  }

  get frame() {
    return this.model.frames[this.model.focus];
  }

  get title() {
    return say('frameOf', { n: this.model.focus + 1, count: this.model.frames.length });
  }

  get pane() {
    return this.zoomed;
  }

  get commands() {
    return [{ name: 'loupe', run: () => this.zoomed.toggle() }, ...super.commands];
  }

  draw() {
    const { frame, zoomed } = this;
    zoomed.element.hidden = frame.status !== DONE;
    refill(this.blank, instead(this.model, this.model.focus, this.full));
    const sign = `${frame.id} ${frame.status}`;
    if (sign === this.drawn) return;
    this.drawn = sign;
    if (frame.status === DONE) zoomed.show(this.context.files.url(frame.image), frame);
  }

  middle() {
    const { model, full } = this;
    return [
      ...flagButtons(model, model.focus, (name) => full.perform({ name })),
      rating(model.marks.stars(this.frame.id), (stars) => full.perform({ name: 'stars', stars })),
    ];
  }

  end() {
    const title = `${say('compare')} (${keyOf('compare')})`;
    const compare = () => this.full.show('slider');
    return [button('', { title, onclick: compare }, icon('compare'), say('compare'))];
  }

  panel() {
    const { frame } = this;
    const long = (/** @type {string} */ text) => h('p', { class: 'long' }, text);
    return [
      frame.status === FAILED && section(say('failedCell'), null, long(frame.error ?? '')),
      frame.positive && section(say('prompt'), this.copying(frame.positive), long(frame.positive)),
      frame.seed !== null &&
        section(say('seedTitle'), this.copying(frame.seed), h('p', { class: 'seed' }, frame.seed)),
      section(say('thisFrame'), null, facts(own(frame))),
      section(say('sameInAll'), null, facts(shared(frame, this.model.sweep))),
      section(say('frameId'), this.copying(`#${frame.id}`), h('p', {}, `#${frame.id}`)),
    ];
  }

  /** @param {string} text */
  copying(text) {
    return () => copy(text).then(() => this.model.tell(say('copied')));
  }

  foot() {
    const { frame, model, context } = this;
    const off = frame.status === DONE ? undefined : 'true';
    const running = model.phase === 'running' ? 'true' : undefined;
    const open = () => off ?? this.open(frame);
    const save = () => off ?? download(context.files.url(frame.image), `${frame.id}.png`);
    const more = () => context.ask('more like this', model.focus);
    return [
      button('span', { 'aria-disabled': off, onclick: open }, icon('graph'), say('openRecipe')),
      button('', { 'aria-disabled': off, onclick: save }, icon('save'), say('download')),
      button('', { 'aria-disabled': running, onclick: more }, say('moreLikeThis')),
    ];
  }

  /** @param {Frame} frame */
  open(frame) {
    return openRecipe(this.context, frame).then(
      () => this.full.close(),
      (error) => this.model.tell(say('recipeFailed', { message: error.message })),
    );
  }

  dispose() {
    this.zoomed.dispose();
  }
}
