/* Below the sheet: the picks in order, what is to be said of picks from elsewhere, the actions. */

import { button, h, refill } from '../common/dom.js';
import { PicksStrip } from './picks_strip.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */

export class Foot {
  /**
   * @param {SheetModel} model
   * @param {import('./cell.js').Files} files
   * @param {(name: string) => void} act
   */
  constructor(model, files, act) {
    this.model = model;
    this.act = act;
    this.strip = new PicksStrip(model, files, (id) => this.show(id));
    this.below = h('div', { class: 'ps-below' });
    this.actions = h('div', { class: 'ps-actions' });
    this.elements = [this.strip.element, this.below, this.actions];
  }

  /** A pick chosen in the strip. @param {string} id */
  show(id) {
    const index = this.model.indexOf(id);
    if (index >= 0) this.model.focusOn(index);
  }

  draw() {
    const { model } = this;
    this.strip.draw();
    refill(this.below, model.phase === 'empty' ? [] : [this.earlier(), this.gone()]);
    this.actions.hidden = !model.frames.length;
    const n = model.passing.length;
    const isRunning = model.phase === 'running';
    refill(
      this.actions,
      this.action('new seeds', '', isRunning, say('newSeeds')),
      this.action('more like this', '', isRunning, say('moreLikeThis')),
      this.action(
        'continue',
        `end ${n ? 'main' : ''}`,
        !n,
        n ? say('continueWith', { n }) : say('continue'),
      ),
    );
  }

  /** @param {string} name @param {string} look @param {boolean} isOff @param {string} text */
  action(name, look, isOff, text) {
    const props = { 'aria-disabled': isOff ? 'true' : undefined, onclick: () => this.act(name) };
    return button(look, props, text);
  }

  /** Picks of other sweeps. */
  earlier() {
    const { strangers } = this.model;
    const keep = () => this.model.marks.keep(strangers, say('didKeep'));
    return (
      strangers.length > 0 &&
      notice(
        say('earlier', { n: strangers.length }),
        this.change(say('keep'), keep),
        this.drop(strangers),
      )
    );
  }

  /** Picks that the store has lost. */
  gone() {
    const { lostPicks } = this.model;
    const ids = lostPicks.map((id) => `#${id.slice(0, 8)}`).join(', ');
    return (
      lostPicks.length > 0 &&
      notice(say('gonePick', { n: lostPicks.length, ids }), this.drop(lostPicks))
    );
  }

  /** @param {string[]} ids */
  drop(ids) {
    return this.change(say('drop'), () => this.model.marks.unflag(ids, say('didDrop')));
  }

  /** @param {string} text @param {() => void} act */
  change(text, act) {
    const onclick = () => {
      act();
      this.model.marked();
    };
    return button('text', { onclick }, text);
  }
}

/** @param {string} text @param {...HTMLElement} buttons */
const notice = (text, ...buttons) => h('div', { class: 'ps-notice' }, h('p', {}, text), buttons);
