/* The filter of the sheet: a row of buttons, or a menu in a narrow face. */

import { h, refill, segments } from '../common/dom.js';
import { filterName } from './line_names.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */
/** @typedef {{text: string, short: string, filter: import('../model/sheet_model.js').Filter}}
 *   Option `short`: in the menu */

const STARS = 3; // and up, to begin with

/** What one can choose from. @param {SheetModel} model @returns {Option[]} */
export function options(model) {
  const { frames, marks, filter } = model;
  const picked = frames.filter((frame) => marks.place(frame.id)).length;
  const kept = frames.filter((frame) => !marks.isRejected(frame.id)).length;
  const stars = (filter.kind === 'stars' && filter.stars) || STARS;
  const option = (
    /** @type {string} */ text,
    /** @type {string} */ short,
    /** @type {Option['filter']} */ to,
  ) => ({ text, short, filter: to });
  const starsUp = say('starsUp', { n: stars });
  const line = filterName(model);
  return [
    option(say('allOf', { n: frames.length }), say('all'), { kind: 'all' }),
    option(say('pickedOf', { n: picked }), say('pickedOnly'), { kind: 'picked' }),
    option(say('unrejectedOf', { n: kept }), say('unrejectedOnly'), { kind: 'unrejected' }),
    option(starsUp, starsUp, { kind: 'stars', stars }),
    ...(line ? [option(line, line, filter)] : []),
  ];
}

export class Filters {
  /** @param {SheetModel} model */
  constructor(model) {
    this.model = model;
    this.element = h('div', { class: 'ps-filters' });
    this.drawn = '';
  }

  draw() {
    const { model } = this;
    const now = options(model);
    const sign = JSON.stringify([now, model.filter]);
    if (this.drawn === sign) return;
    this.drawn = sign;
    const buttons = now.map(({ text, filter }) => ({
      text,
      on: filter.kind === model.filter.kind,
      do: () => this.choose(filter),
    }));
    refill(this.element, segments(say('show'), buttons), this.menu(now));
  }

  /**
   * The stars' button steps through 3, 4, 5, 1, 2 while it is on.
   * @param {Option['filter']} filter
   */
  choose(filter) {
    const again = filter.kind === 'stars' && this.model.filter.kind === 'stars';
    const stars = ((filter.stars ?? STARS) % 5) + 1;
    this.model.filterBy(again ? { kind: 'stars', stars } : filter);
  }

  /** @param {Option[]} now */
  menu(now) {
    const { model } = this;
    const items = now.map(({ short, filter }, at) =>
      h('option', { value: at, selected: filter.kind === model.filter.kind }, short),
    );
    const select = /** @type {HTMLSelectElement} */ (
      h('select', { class: 'ps-btn text ps-menu', 'aria-label': say('show') }, items)
    );
    select.addEventListener('change', () => model.filterBy(now[Number(select.value)].filter));
    return select;
  }
}
