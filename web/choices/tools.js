/* The line above the choices: which are shown, ticks for all of them, and the count. */

import { button, h, refill, segments, write } from '../common/dom.js';
import { figure, say } from '../common/texts.js';

/** @typedef {import('../model/choices.js').Choices} Choices */

const MANY = 200; // ticks that are asked for once more

export class Tools {
  /** @param {Choices} model @param {() => void} back to the search */
  constructor(model, back) {
    this.model = model;
    this.back = back;
    this.asks = false;
    this.views = h('div', { class: 'views' });
    this.tick = button('text', {
      'aria-live': 'polite',
      onclick: () => this.tickShown(),
      onblur: () => this.ask(false),
    });
    const untick = button('text', { onclick: () => model.untickAll() }, say('choicesUntick'));
    this.count = h('span', { class: 'end', role: 'status' });
    this.element = h('div', { class: 'ps-tools2' }, this.views, this.tick, untick, this.count);
  }

  draw() {
    const { model } = this;
    const n = figure(model.values.length);
    const views = [
      { text: say('all'), on: !model.onlyTicked, do: () => model.showTicked(false) },
      {
        text: say('choicesTickedOf', { n }),
        on: model.onlyTicked,
        do: () => model.showTicked(true),
      },
    ];
    refill(this.views, segments(say('show'), views));
    const shown = say('choicesShown', { n: figure(model.shown.length) });
    write(this.count, `${shown} · ${say('choicesTicked', { n })}`);
    this.ask(false);
  }

  /** At once if they are few; else the button asks, and a second press answers. */
  tickShown() {
    const { asks, model } = this;
    if (!asks && model.fresh.length > MANY) return this.ask(true);
    model.tickShown();
    if (asks) this.back();
  }

  /** @param {boolean} asks */
  ask(asks) {
    this.asks = asks;
    const n = figure(this.model.fresh.length);
    write(this.tick, asks ? say('choicesTickMany', { n }) : say('choicesTickShown'));
    if (asks) this.tick.focus();
  }
}
