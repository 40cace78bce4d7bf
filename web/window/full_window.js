/* The full window: a dialog with a top bar, a stage, a panel and the filmstrip. What is on the
   stage is a mode: loupe, compare or survey. */

import { COMMANDS, carryOut } from '../model/commands.js';
import { candidates, opponent } from '../model/moving.js';
import { command, keep, keyOf } from '../model/keys.js';
import { button, h, iconButton, refill, segments } from '../common/dom.js';
import { Compare } from './compare.js';
import { Filmstrip } from './filmstrip.js';
import { showKeys } from './keys_view.js';
import { Lens } from './zoom_pane.js';
import { Loupe } from './loupe.js';
import { Survey } from './survey.js';
import { DONE } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('./mode.js').Mode} Mode */
/**
 * @typedef {{model: import('../model/sheet_model.js').SheetModel, files:
 *   import('../sheet/cell.js').Files, face: HTMLElement, ask: (name: string, index: number) =>
 *   boolean, host: import('../host/graph.js').Host, index: number}} Context
 */

/** @type {Record<string, (full: FullWindow) => Mode>} */
const MODES = {
  loupe: (full) => new Loupe(full),
  slider: (full) => new Compare(full, 'slider'),
  sides: (full) => new Compare(full, 'sides'),
  flicker: (full) => new Compare(full, 'flicker'),
  survey: (full) => new Survey(full),
};

/** The commands that open a window.
 * @type {import('../model/commands.js').Entry<Context>[]} */
export const WINDOWS = [
  { name: 'keys', run: ({ face }) => showKeys(face) },
  { name: 'loupe', run: (context) => open('loupe', context) },
  { name: 'compare', run: (context) => open('slider', context) },
  { name: 'survey', run: (context) => open('survey', context) },
];

/** @param {string} kind @param {Context} context */
function open(kind, context) {
  const { model, index } = context;
  const refused = refusal(kind, index, model);
  if (refused) return model.tell(refused);
  model.focusOn(index);
  new FullWindow(context).show(kind);
}

/** Why there is nothing to show. @param {string} kind @param {number} index
 * @param {Context['model']} model */
function refusal(kind, index, model) {
  if (kind === 'loupe') return '';
  if (kind === 'survey') return candidates(model).length < 2 ? say('nothingPicked') : '';
  const isDone = model.frames[index]?.status === DONE;
  return isDone && opponent(model, index) >= 0 ? '' : say('noA');
}

export class FullWindow {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.model = context.model;
    this.lens = new Lens();
    /** @type {Mode | undefined} */
    this.mode = undefined;
    this.heading = h('h2', { id: `ps-${Math.random().toString(36).slice(2)}` });
    this.middle = h('div', { class: 'ps-group ps-middle' });
    this.zoom = h('div', { class: 'ps-group', role: 'toolbar', 'aria-label': say('zoom') });
    this.percent = h('span', { class: 'ps-zoom quiet' });
    this.stage = h('div', { class: 'ps-stage' });
    this.panel = h('aside', { class: 'ps-panel' });
    this.film = new Filmstrip(this.model, context.files, (index) => this.model.focusOn(index));
    this.told = h('p', { class: 'ps-told', role: 'status' });
    this.end = h('div', { class: 'end' });
    this.dialog = this.makeDialog();
    this.listen = (/** @type {Event} */ event) =>
      this.changed(/** @type {CustomEvent} */ (event).detail);
    this.model.addEventListener('change', this.listen);
    for (const name of ['look', 'placed']) this.lens.addEventListener(name, () => this.drawZoom());
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  makeDialog() {
    const props = {
      class: 'ps ps-full',
      'aria-modal': 'true',
      'aria-labelledby': this.heading.id,
      tabindex: -1,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event),
      oncancel: (/** @type {Event} */ event) => event.preventDefault(),
      onclose: () => this.dispose(),
    };
    const top = h('div', { class: 'ps-top' }, this.heading, this.middle, this.makeEnd());
    const dialog = h('dialog', props, top, this.stage, this.panel, this.film.element);
    return /** @type {HTMLDialogElement} */ (dialog);
  }

  makeEnd() {
    const title = `${say('keys')} (${keyOf('keys')})`;
    const showThem = () => this.perform({ name: 'keys' });
    const keys = button('icon', { 'aria-label': say('keys'), title, onclick: showThem }, '?');
    const onclick = () => this.close();
    const close = iconButton('close', say('back'), keyOf('back'), { onclick });
    return h('div', { class: 'end' }, this.told, this.zoom, this.end, keys, close);
  }

  /** @param {string} kind one of MODES */
  show(kind) {
    const refused = refusal(kind, this.model.focus, this.model);
    if (refused) return this.model.tell(refused);
    const mode = MODES[kind](this);
    this.mode?.dispose();
    this.mode = mode;
    this.end.replaceChildren(...mode.end());
    this.stage.replaceChildren(mode.stage);
    this.draw();
    this.dialog.focus({ preventScroll: true });
  }

  /** @param {import('../model/sheet_model.js').Change} change */
  changed({ what }) {
    if (what === 'status') this.told.textContent = this.model.told;
    else this.draw();
  }

  draw() {
    const { mode } = this;
    if (!mode) return;
    mode.draw();
    this.heading.textContent = mode.title;
    refill(this.middle, mode.middle());
    const scroll = this.panel.querySelector('.scroll')?.scrollTop ?? 0;
    refill(
      this.panel,
      h('div', { class: 'scroll' }, mode.panel()),
      h('div', { class: 'foot' }, mode.foot()),
    );
    /** @type {Element} */ (this.panel.firstElementChild).scrollTop = scroll;
    this.film.follow();
    this.drawZoom();
  }

  drawZoom() {
    const pane = this.mode?.pane;
    if (!pane) return;
    const zooms = [
      { text: say('fit'), on: pane.isFit, do: () => this.lens.fit() },
      { text: say('actual'), on: !pane.isFit && pane.isActual, do: () => pane.actual() },
    ];
    refill(this.zoom, segments(say('zoom'), zooms), this.percent);
    this.percent.textContent = say('percent', { n: pane.percent });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    event.stopPropagation(); // nothing of it is meant for the graph
    const onButton = event.target instanceof Element && event.target.closest('button, select');
    if (onButton && [' ', 'Enter'].includes(event.key)) return;
    const found = command(event);
    if (found && this.perform(found)) keep(event, found);
  }

  /** @param {import('../model/commands.js').Command} asked @returns {boolean} */
  perform(asked) {
    const keys = { name: 'keys', run: () => showKeys(this.dialog) };
    return carryOut(asked, this.place, [...(this.mode?.commands ?? []), keys, ...COMMANDS]);
  }

  /** @returns {import('../model/commands.js').Place} */
  get place() {
    const { model } = this;
    return {
      model,
      index: model.focus,
      shape: { columns: Math.min(model.seen.across, model.shown.length), page: 1 },
      back: () => this.close(),
      only: () => false,
      zoom: (factor) => this.mode?.pane?.step(factor),
      ask: (name) => this.context.ask(name, model.focus),
    };
  }

  close() {
    this.dialog.close();
  }

  dispose() {
    this.mode?.dispose();
    this.film.dispose();
    this.model.removeEventListener('change', this.listen);
    this.dialog.remove();
    const cell = this.context.face.querySelector('.ps-sheet .ps-cell[tabindex="0"]');
    if (cell instanceof HTMLElement) cell.focus({ preventScroll: true });
  }
}
