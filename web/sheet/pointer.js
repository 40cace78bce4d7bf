/* Pointer gestures of the grid: click picks, Shift+click picks a range, a drag picks every frame it
   crosses, a double click looks closely, a click on a header shows only its row or column. */

import { pickMany, togglePick } from '../model/marking.js';
import { filterLine } from '../model/moving.js';
import { closest } from '../common/dom.js';
import { drag } from '../common/drag.js';
import { offerLoupe } from './cell_buttons.js';

/** @typedef {import('./grid.js').Grid} Grid */

const TWICE = 400; // milliseconds
const BUTTONS = '.ps-make, .ps-open';

export class Pointer {
  /** @param {Grid} grid @param {(name: string, index: number) => void} perform */
  constructor(grid, perform) {
    this.grid = grid;
    this.model = grid.model;
    this.perform = perform;
    this.last = -1;
    this.when = 0;
    /** @type {number[]} indices of clicks that toggled, newest last */
    this.toggled = [];
    /** @type {Set<number>} */
    this.crossed = new Set();
    this.stepsOfDrag = false;
    const { element } = grid;
    element.addEventListener('pointerdown', (event) => this.down(event));
    element.addEventListener('click', (event) => this.click(event));
    // The focus comes with the click: where it goes the sheet scrolls, away from under the pointer.
    element.addEventListener('mousedown', (event) => {
      if (closest(event.target, BUTTONS)) event.preventDefault();
    });
    element.addEventListener('pointerover', (event) => {
      const cell = closest(event.target, '.ps-cell');
      if (cell) offerLoupe(cell, this.model);
    });
    element.addEventListener('focusin', (event) => this.model.focusOn(this.indexOf(event.target)));
  }

  /** @param {EventTarget | null} target */
  indexOf(target) {
    const cell = closest(target, '.ps-cell');
    return cell && this.grid.element.contains(cell) ? Number(cell.dataset.index) : -1;
  }

  /** @param {PointerEvent} event */
  down(event) {
    this.crossed.clear();
    this.stepsOfDrag = false;
    const start = this.indexOf(event.target);
    if (start < 0 || event.button || event.shiftKey || event.pointerType === 'touch') return;
    const move = (/** @type {PointerEvent} */ at) => {
      this.over(start, this.indexOf(document.elementFromPoint(at.clientX, at.clientY)));
      return this.crossed.size > 0;
    };
    drag(event, { move });
  }

  /** @param {number} start @param {number} index */
  over(start, index) {
    if (index < 0 || this.crossed.has(index) || (index === start && !this.crossed.size)) return;
    const before = this.model.marks.past.length;
    if (this.stepsOfDrag) this.model.marks.forget(1); // one drag is one step of undo
    if (!this.crossed.size) this.crossed.add(start);
    this.crossed.add(index);
    pickMany(this.model, [...this.crossed]);
    this.stepsOfDrag = this.model.marks.past.length > before - (this.stepsOfDrag ? 1 : 0);
    this.model.focusOn(index);
  }

  /** @param {MouseEvent} event */
  click(event) {
    const dragged = this.crossed.size > 0;
    this.crossed.clear();
    if (dragged) return;
    if (this.header(event.target)) return;
    const index = this.indexOf(event.target);
    if (index < 0) return;
    if (closest(event.target, '.ps-open')) {
      this.focus(index);
      this.perform('loupe', index);
      return;
    }
    if (closest(event.target, '.ps-make')) {
      this.focus(index);
      this.perform('make', index);
      return;
    }
    // The host's own redrawing can swallow `dblclick`.
    const quick = event.detail > 1 || event.timeStamp - this.when < TWICE;
    const again = this.last === index && this.when > 0 && quick && !event.shiftKey;
    if (event.shiftKey && this.last >= 0) this.range(index);
    else this.toggle(index);
    this.focus(index);
    this.last = index;
    this.when = again ? 0 : event.timeStamp;
    if (again) this.twice(index);
  }

  /** @param {number} index */
  focus(index) {
    this.model.focusOn(index);
    this.grid.rows.cells.get(index)?.focus({ preventScroll: true });
  }

  /** @param {number} index */
  toggle(index) {
    const before = this.model.marks.past.length;
    togglePick(this.model, index);
    if (this.model.marks.past.length > before) this.toggled.push(index);
    this.toggled = this.toggled.slice(-2);
  }

  /** @param {number} index */
  range(index) {
    const { shown } = this.model;
    const from = shown.indexOf(this.last);
    const to = shown.indexOf(index);
    const span = shown.slice(Math.min(from, to), Math.max(from, to) + 1);
    pickMany(this.model, from <= to ? span : span.reverse());
  }

  /** Its two clicks cancel and leave no step to undo. @param {number} index */
  twice(index) {
    if (this.toggled.length === 2 && this.toggled.every((each) => each === index)) {
      this.model.marks.forget(2);
      this.model.marked();
    }
    this.toggled = [];
    this.perform('loupe', index);
  }

  /** @param {EventTarget | null} target */
  header(target) {
    const head = closest(target, '.ps-rowhead, .ps-colhead');
    if (!head) return false;
    const { row, column } = head.dataset;
    const { lines } = this.grid.arrangement;
    if (row !== undefined) filterLine(this.model, 'row', Math.floor(Number(row) / lines));
    else if (column !== undefined) filterLine(this.model, 'column', Number(column));
    return true;
  }
}
