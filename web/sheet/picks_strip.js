/* The picks in their order, with those of earlier sweeps; drag or Alt+arrow reorders. */

import { closest, h, icon, set, write } from '../common/dom.js';
import { drag } from '../common/drag.js';
import { DONE, GONE, thumbOf } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */

/** What is said of a pick that is no frame of this sheet. */
const TEXTS = { lost: 'gone', keeper: 'keeper', earlier: 'earlierPick' };

export class PicksStrip {
  /**
   * @param {SheetModel} model
   * @param {import('./cell.js').Files} files
   * @param {(id: string) => void} onopen
   */
  constructor(model, files, onopen) {
    this.model = model;
    this.files = files;
    this.onopen = onopen;
    this.list = h('ul', { role: 'listbox', 'aria-orientation': 'horizontal' });
    this.title = h('h3');
    this.element = h('div', { class: 'ps-strip' }, this.title, this.list);
    /** @type {Map<string, HTMLElement>} pick -> its item */
    this.items = new Map();
    this.current = '';
    this.moved = false;
    this.list.addEventListener('pointerdown', (event) => this.grab(event));
    this.list.addEventListener('click', (event) => this.choose(event));
    this.list.addEventListener('keydown', (event) => this.key(event));
    this.list.addEventListener('wheel', (event) => this.roll(event), { passive: false });
  }

  draw() {
    const { picks } = this.model.marks;
    this.element.hidden = !picks.length;
    this.title.textContent = say('picks');
    set(this.list, 'aria-label', say('picksInOrder'));
    if (!picks.includes(this.current)) this.current = picks[0] ?? '';
    const had = this.list.contains(document.activeElement);
    this.list.replaceChildren(...picks.map((id, at) => this.item(id, at)));
    if (had) this.focus(this.current);
  }

  /** @param {string} id @param {number} at */
  item(id, at) {
    const index = this.model.indexOf(id);
    const kind = this.kindOf(id, index);
    const item = this.itemOf(id, kind, index);
    const what = kind ? say(TEXTS[kind]) : say('frame', { n: index + 1 });
    set(item, 'tabindex', id === this.current ? 0 : -1);
    set(item, 'aria-label', say('sayPick', { n: at + 1, what }));
    write(/** @type {Element} */ (item.querySelector('.ps-tag')), String(at + 1));
    return item;
  }

  /** @param {string} id @param {number} index @returns {keyof typeof TEXTS | ''} */
  kindOf(id, index) {
    const { model } = this;
    if (model.lost.has(id) || model.frames[index]?.status === GONE) return 'lost';
    if (index >= 0) return '';
    return model.marks.isKeeper(id) ? 'keeper' : 'earlier';
  }

  /**
   * The one there is, if it is still of that kind.
   * @param {string} id
   * @param {keyof typeof TEXTS | ''} kind
   * @param {number} index
   */
  itemOf(id, kind, index) {
    const sign = `${kind} ${index}`;
    const old = this.items.get(id);
    if (old?.dataset.sign === sign) return old;
    const thumb = h(
      'div',
      { class: 'thumb' },
      kind === 'lost' ? icon('lost') : this.thumb(id, index),
      h('span', { class: 'ps-tag' }),
      kind === 'keeper' ? h('span', { class: 'fold' }, icon('keep', 10)) : null,
    );
    const props = {
      class: kind,
      'data-sign': sign,
      role: 'option',
      'aria-selected': 'true',
      'data-id': id,
      title: `#${id}`,
    };
    const label = kind ? say(TEXTS[kind]) : String(index + 1);
    const item = h('li', props, thumb, h('small', {}, label));
    this.items.set(id, item);
    return item;
  }

  /** @param {string} id @param {number} index */
  thumb(id, index) {
    if (index >= 0 && this.model.frames[index].status !== DONE) return null;
    const file = thumbOf(this.model.sweep, id, index);
    const lose = async () => {
      if (!(await this.files.gone(file))) return;
      if (index >= 0) this.model.vanished(index);
      else this.model.lose(id);
    };
    return h('img', {
      alt: '',
      draggable: 'false',
      loading: 'lazy',
      src: this.files.url(file),
      onerror: lose,
    });
  }

  /** @param {string} id */
  focus(id) {
    this.current = id;
    for (const each of /** @type {HTMLElement[]} */ ([...this.list.children]))
      set(each, 'tabindex', each.dataset.id === id ? 0 : -1);
    /** @type {HTMLElement | null} */ (this.list.querySelector(`[data-id="${id}"]`))?.focus();
  }

  /** @param {Event} event */
  idOf(event) {
    return closest(event.target, 'li')?.dataset.id ?? '';
  }

  /** @param {MouseEvent} event */
  choose(event) {
    const id = this.idOf(event);
    if (!id || this.moved) return;
    this.focus(id);
    this.onopen(id);
  }

  /** @param {PointerEvent} event */
  grab(event) {
    const id = this.idOf(event);
    this.moved = false;
    if (!id || event.button) return;
    event.preventDefault();
    drag(event, {
      move: (at) => {
        this.over(id, at);
        return this.moved;
      },
    });
  }

  /** @param {string} id @param {PointerEvent} event */
  over(id, event) {
    const target = document.elementFromPoint(event.clientX, event.clientY)?.closest('li');
    const other = target?.parentElement === this.list ? target.dataset.id : '';
    if (!other || other === id) return;
    const { marks } = this.model;
    if (this.moved) marks.forget(1); // one drag is one step of undo
    const to = marks.place(other);
    this.moved = true;
    this.current = id;
    marks.move(id, to, say('didMove'));
    this.model.marked();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const id = this.idOf(event);
    const { marks } = this.model;
    const place = marks.place(id);
    if (!place) return;
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const letter = event.key.toLowerCase();
    if (by && event.altKey) marks.move(id, place + by, say('didMove'));
    else if (by) this.focus(marks.picks[place - 1 + by] ?? id);
    else if (event.key === 'Home' || event.key === 'End')
      this.focus(marks.picks.at(event.key === 'Home' ? 0 : -1) ?? id);
    else if (
      event.key === 'Delete' ||
      event.key === 'Backspace' ||
      ['p', 'u', 'x'].includes(letter)
    ) {
      this.current = marks.picks[place] ?? marks.picks[place - 2] ?? '';
      marks.unflag([id], say('didDrop'));
    } else return;
    event.preventDefault();
    event.stopPropagation();
    this.model.marked();
  }

  /** @param {WheelEvent} event */
  roll(event) {
    if (this.list.scrollWidth <= this.list.clientWidth || event.ctrlKey) return;
    this.list.scrollLeft += event.deltaX || event.deltaY;
    event.preventDefault();
    event.stopPropagation();
  }
}
