/* The search and the choices under it: a combobox that keeps the focus while the keys go through
   the list, or the list itself once it has the focus. */

import { button, h, icon, set } from '../common/dom.js';
import { rowsOf, tilesOf } from './looks.js';
import { LongList, indexAt } from './long_list.js';
import { counted } from '../model/choice_kinds.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/choices.js').Choices} Choices */

export class List {
  /** @param {Choices} model @param {string} id
   * @param {{noun: string, thumb?: (name: string) => string}} asked */
  constructor(model, id, { noun, thumb }) {
    this.model = model;
    this.isTiled = Boolean(thumb);
    this.all = counted(noun, model.names.length);
    this.find = this.makeFind(id);
    this.list = this.makeList(id);
    this.none = h('div', { class: 'ps-none' });
    this.search = h('div', { class: 'ps-find' }, h('label', {}, icon('loupe'), this.find));
    this.element = h('div', { class: 'all' }, this.list, this.none);
    const idOf = (/** @type {number} */ index) => `${id}-${index}`;
    this.rows = new LongList(this.list, thumb ? tilesOf(model, idOf, thumb) : rowsOf(model, idOf));
    this.drawn = { query: '', shown: model.shown };
  }

  /** @param {string} id */
  makeFind(id) {
    const props = {
      type: 'text',
      role: 'combobox',
      placeholder: say('choicesFind', { what: this.all }),
      'aria-label': say('choicesFindName'),
      'aria-expanded': 'true',
      'aria-autocomplete': 'list',
      'aria-controls': `${id}-list`,
      autocomplete: 'off',
      spellcheck: 'false',
      oninput: () => this.model.search(this.find.value),
    };
    return /** @type {HTMLInputElement} */ (h('input', props));
  }

  /** @param {string} id */
  makeList(id) {
    return h('div', {
      id: `${id}-list`,
      class: this.isTiled ? 'ps-list ps-tiles' : 'ps-list',
      role: 'listbox',
      tabindex: 0,
      'aria-multiselectable': 'true',
      'aria-label': this.all,
      onclick: (/** @type {MouseEvent} */ event) => this.click(event),
    });
  }

  draw() {
    const { model, drawn } = this;
    if (this.find.value !== model.query) this.find.value = model.query;
    this.drawNone();
    this.rows.show(model.shown, drawn.query !== model.query);
    if (drawn.shown !== model.shown) this.rows.reveal(model.at);
    this.drawn = { query: model.query, shown: model.shown };
    this.point();
  }

  /** The choice of the keys is known to readers while it is in the page. */
  point() {
    const { model } = this;
    const option = this.rows.options.get(model.shown[model.at]);
    for (const each of [this.find, this.list]) set(each, 'aria-activedescendant', option?.id);
  }

  drawNone() {
    const { model, list, none } = this;
    list.hidden = !model.shown.length;
    none.hidden = !list.hidden;
    if (none.hidden) return none.replaceChildren();
    const isOffered = model.names.length > 0; // else there is nothing to find
    const why = model.onlyTicked && !model.words.length ? 'choicesNoTick' : 'choicesNoMatch';
    const showAll = button('text', { onclick: () => this.showAll() }, say('showAll'));
    const text = h('p', { role: 'status' }, isOffered ? say(why) : this.all);
    none.replaceChildren(text, ...(isOffered ? [showAll] : []));
  }

  showAll() {
    this.model.showAll();
    this.find.focus();
  }

  /** @param {MouseEvent} event */
  click(event) {
    const index = indexAt(event);
    if (index < 0) return;
    if (event.shiftKey) this.model.go(index, true);
    else this.model.toggle(index);
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether it meant something */
  key(event) {
    const isSearch = event.target === this.find;
    if (!isSearch && event.target !== this.list) return false;
    const { model } = this;
    const to = this.steps(isSearch)[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    if (to !== undefined) this.go(to, event.shiftKey);
    else if (event.key === 'Enter' || (event.key === ' ' && !isSearch)) model.toggle();
    else {
      if (!isSearch && [...event.key].length === 1) this.find.focus(); // which gets the letter
      return false;
    }
    return true;
  }

  /** Where keys lead. @param {boolean} isSearch @returns {Record<string, number>} */
  steps(isSearch) {
    const { at, shown } = this.model;
    const { columns } = this.rows.shape;
    const page = this.rows.page * columns;
    const up = { ArrowUp: at - columns, PageUp: at - page };
    const down = { ArrowDown: at + columns, PageDown: at + page };
    if (isSearch) return { ...up, ...down };
    const ends = { Home: 0, End: shown.length - 1 };
    if (!this.isTiled) return { ...up, ...down, ...ends };
    return { ...up, ...down, ...ends, ArrowLeft: at - 1, ArrowRight: at + 1 };
  }

  /** @param {number} index @param {boolean} ticks */
  go(index, ticks) {
    this.model.go(index, ticks);
    this.rows.reveal(this.model.at);
    this.point();
  }
}
