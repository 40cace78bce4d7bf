/* The survey: two to nine frames side by side, zoom and pan together, until the best is left. */

import { pickMany, togglePick } from '../model/marking.js';
import { candidates } from '../model/moving.js';
import { keyOf } from '../model/keys.js';
import { starLine } from '../sheet/cell.js';
import { button, h, icon, iconButton, set } from '../common/dom.js';
import { differences } from '../model/frame_facts.js';
import { Mode } from './mode.js';
import { differing, section } from './panel.js';
import { ZoomPane } from './zoom_pane.js';
import { say } from '../common/texts.js';

/** @typedef {{element: HTMLElement, pane: ZoomPane, line: HTMLElement}} View of one frame */

export class Survey extends Mode {
  /** @param {import('./full_window.js').FullWindow} full */
  constructor(full) {
    super(full, 'survey');
    this.left = candidates(this.model);
    /** @type {Map<number, View>} */
    this.views = new Map();
    const label = say('inSurvey');
    this.stage = h('div', { class: 'ps-survey', role: 'listbox', 'aria-label': label });
    if (this.left.length && !this.left.includes(this.model.focus)) this.model.focusOn(this.left[0]);
  }

  get title() {
    return say('surveyOf', { n: this.left.length });
  }

  get pane() {
    return (this.views.get(this.model.focus) ?? [...this.views.values()][0])?.pane;
  }

  get columns() {
    return Math.ceil(Math.sqrt(this.left.length));
  }

  /** @returns {import('./mode.js').Entry[]} */
  get commands() {
    return [
      { name: 'move', run: (_, { to = '' }) => this.move(to) },
      { name: 'take out', run: () => this.takeOut(this.model.focus) },
      { name: 'survey', run: () => {} },
      ...super.commands,
    ];
  }

  /** @param {string} to */
  move(to) {
    const { columns, model, left } = this;
    const steps = /** @type {Record<string, number>} */ ({
      left: -1,
      right: 1,
      up: -columns,
      down: columns,
    });
    const next = left[left.indexOf(model.focus) + (steps[to] ?? 0)];
    if (next !== undefined) model.focusOn(next);
  }

  /** @param {number} index */
  takeOut(index) {
    if (this.left.length < 2) return;
    const at = this.left.indexOf(index);
    this.left = this.left.filter((each) => each !== index);
    if (this.model.focus !== index) this.full.draw();
    else this.model.focusOn(this.left[Math.min(at, this.left.length - 1)]);
  }

  draw() {
    const { views, left, stage } = this;
    this.full.film.slots = new Map(left.map((index) => [index, '+']));
    stage.style.setProperty('--across', String(this.columns));
    for (const [index, view] of views) {
      if (left.includes(index)) continue;
      view.pane.dispose();
      view.element.remove();
      views.delete(index);
    }
    for (const index of left) {
      const view = views.get(index) ?? this.makeView(index);
      if (view.element.parentElement !== stage) stage.append(view.element);
      this.drawView(view, index);
    }
  }

  /** @param {number} index @returns {View} */
  makeView(index) {
    const pane = new ZoomPane(this.full.lens, { map: true });
    const line = h('div', { class: 'line' });
    const props = { class: 'view', role: 'option', onclick: () => this.model.focusOn(index) };
    const element = h('div', props, pane.element, line);
    const frame = this.model.frames[index];
    pane.show(this.context.files.url(frame.image), frame);
    const view = { element, pane, line };
    this.views.set(index, view);
    return view;
  }

  /** @param {View} view @param {number} index */
  drawView({ element, pane, line }, index) {
    const { marks, frames, focus } = this.model;
    const { id } = frames[index];
    const place = marks.place(id);
    const states = [
      place && 'picked',
      marks.isRejected(id) && 'rejected',
      index === focus && 'is-focus',
    ];
    set(element, 'class', ['view', ...states].filter(Boolean).join(' '));
    set(element, 'aria-selected', String(place > 0));
    set(element, 'aria-label', say('frame', { n: index + 1 }));
    element.querySelector('.ps-tag')?.remove();
    if (place)
      pane.element.append(h('span', { class: 'ps-tag' }, icon('check', 10), String(place)));
    line.replaceChildren(...this.lineOf(index));
  }

  /** What stands under a picture. @param {number} index */
  lineOf(index) {
    const { id, seed } = this.model.frames[index];
    const stars = this.model.marks.stars(id);
    const n = index + 1;
    const pick = { onclick: () => togglePick(this.model, index) };
    const takeOut = { onclick: () => this.takeOut(index) };
    return [
      h('b', {}, say('frame', { n })),
      h('span', { class: 'quiet' }, seed === null ? '' : say('seed', { seed })),
      stars ? starLine(stars, false) : '',
      h(
        'span',
        { class: 'end' },
        iconButton('check', say('pickFrame', { n }), keyOf('pick'), pick),
        iconButton('close', say('takeOut', { n }), keyOf('take out'), takeOut),
      ),
    ];
  }

  panel() {
    const { left, model } = this;
    const frames = left.map((index) => model.frames[index]);
    const heads = left.map((index) => String(index + 1));
    const together = h('p', { class: 'quiet' }, say('togetherText', { n: left.length }));
    return [
      ...differing(heads, differences(frames, model.sweep)),
      section(say('together'), null, together),
    ];
  }

  foot() {
    const { left, model } = this;
    const text = left.length > 1 ? say('pickLeft', { n: left.length }) : say('pickLast');
    return [button('span', { onclick: () => pickMany(model, left) }, text)];
  }

  dispose() {
    this.full.film.slots = new Map();
    for (const { pane } of this.views.values()) pane.dispose();
  }
}
