/* The full window: a dialog with a top bar, a stage, a panel and the filmstrip. What is on the
   stage is a mode: loupe, compare or survey. */

import { arrange, mark, move } from '../model/commands.js';
import { button, h, iconButton, refill, segments } from '../common/dom.js';
import { Film } from './filmstrip.js';
import { command, keep } from '../model/keys.js';
import { showKeys } from './keys_view.js';
import { Lens } from './zoom_pane.js';
import { say } from '../common/texts.js';

/** @typedef {import('./windows.js').Context} Context */
/** @typedef {import('../model/keys.js').Command} Command */
/**
 * @typedef {{name: string, title: () => string, stage: HTMLElement, photo: () =>
 *   import('./zoom_pane.js').Photo | undefined, draw: () => void, middle: () => any[], panel: () =>
 *   any[], foot: () => any[], key: (command: Command) => boolean, dispose: () => void}} Mode
 */

export class Full {
  /** @param {Context} context */
  constructor(context) {
    this.context = context;
    this.model = context.model;
    this.lens = new Lens();
    this.heading = h('h2', { id: `ps-${Math.random().toString(36).slice(2)}` });
    this.middle = h('div', { class: 'ps-group ps-middle' });
    this.zoom = h('div', { class: 'ps-group', role: 'toolbar', 'aria-label': say('zoom') });
    this.percent = h('span', { class: 'ps-zoom quiet' });
    this.stage = h('div', { class: 'ps-stage' });
    this.panel = h('aside', { class: 'ps-panel' });
    this.film = new Film(this.model, context.files, (index) => this.model.focusOn(index));
    this.told = h('p', { class: 'ps-told', role: 'status' });
    const keys = button(
      'icon',
      {
        'aria-label': say('keys'),
        title: `${say('keys')} (?)`,
        onclick: () => this.perform({ name: 'keys' }),
      },
      '?',
    );
    const close = iconButton('close', say('back'), 'Esc', { onclick: () => this.close() });
    this.end = h('div', { class: 'end' });
    this.dialog = /** @type {HTMLDialogElement} */ (
      h(
        'dialog',
        {
          class: 'ps ps-full',
          'aria-modal': 'true',
          'aria-labelledby': this.heading.id,
          tabindex: -1,
        },
        h(
          'div',
          { class: 'ps-top' },
          this.heading,
          this.middle,
          h('div', { class: 'end' }, this.told, this.zoom, this.end, keys, close),
        ),
        this.stage,
        this.panel,
        this.film.element,
      )
    );
    this.dialog.addEventListener('keydown', (event) => this.key(event));
    this.dialog.addEventListener('cancel', (event) => event.preventDefault());
    this.dialog.addEventListener('close', () => this.dispose());
    this.listen = (/** @type {Event} */ event) =>
      this.changed(/** @type {CustomEvent} */ (event).detail);
    this.model.addEventListener('change', this.listen);
    this.lens.addEventListener('look', () => this.drawZoom());
    this.lens.addEventListener('placed', () => this.drawZoom());
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  /** @param {Mode} mode */
  show(mode) {
    this.mode?.dispose();
    this.mode = mode;
    this.stage.replaceChildren(mode.stage);
    this.draw();
    this.dialog.focus({ preventScroll: true });
  }

  /** @param {import('../model/sheet_model.js').Change} change */
  changed({ what }) {
    if (what === 'status') return this.tell();
    this.draw();
  }

  tell() {
    this.told.textContent = this.model.told;
  }

  draw() {
    const { mode } = this;
    if (!mode) return;
    mode.draw();
    this.heading.textContent = mode.title();
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
    const photo = this.mode?.photo();
    if (!photo) return;
    refill(
      this.zoom,
      segments(say('zoom'), [
        { text: say('fit'), on: photo.isFit, do: () => this.lens.fit() },
        { text: say('actual'), on: !photo.isFit && photo.isActual, do: () => photo.actual() },
      ]),
      this.percent,
    );
    this.percent.textContent = say('percent', { n: photo.percent });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    event.stopPropagation(); // nothing of it is meant for the graph
    const onButton = event.target instanceof Element && event.target.closest('button, select');
    if (onButton && [' ', 'Enter'].includes(event.key)) return;
    const found = command(event);
    if (found && this.perform(found)) keep(event, found);
  }

  /** @param {Command} found @returns {boolean} */
  perform(found) {
    const { model } = this;
    const photo = this.mode?.photo();
    if (this.mode?.key(found)) return true;
    if (found.name === 'back') this.close();
    else if (found.name === 'keys') showKeys(this.dialog);
    else if (found.name === 'closer') photo?.step(1.25);
    else if (found.name === 'away') photo?.step(0.8);
    else if (found.name === 'move')
      move(model, found.to ?? '', { columns: Math.min(model.inner, model.shown.length), page: 1 });
    else if (!mark(model, found, model.focus) && !arrange(model, found, model.focus))
      return this.context.ask(found.name, model.focus);
    return true;
  }

  close() {
    this.dialog.close();
  }

  dispose() {
    this.mode?.dispose();
    this.film.dispose();
    this.model.removeEventListener('change', this.listen);
    this.dialog.remove();
    /** @type {HTMLElement | null} */ (
      this.context.face.querySelector('.ps-sheet .ps-cell[tabindex="0"]')
    )?.focus({ preventScroll: true });
  }
}
