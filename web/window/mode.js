/* What the full window shows: the loupe, two frames compared, or a survey. */

import { h, segments } from '../common/dom.js';
import { say } from '../common/texts.js';

/** @typedef {import('./full_window.js').FullWindow} FullWindow */
/** @typedef {import('../model/commands.js').Entry} Entry */

const COMPARING = ['slider', 'sides', 'flicker', 'survey'];

/** The parts that the window asks for, each anew at every change; a mode has its own of them. */
export class Mode {
  /** @param {FullWindow} full @param {string} kind one of MODES */
  constructor(full, kind) {
    this.full = full;
    this.kind = kind;
    this.model = full.model;
    this.context = full.context;
    this.stage = h('div');
  }

  get title() {
    return '';
  }

  /** The pane that the zoom buttons and keys are about.
   * @returns {import('./zoom_pane.js').ZoomPane | undefined} */
  get pane() {
    return undefined;
  }

  /** What the mode does otherwise than the sheet: asked before the table of all commands.
   * @returns {Entry[]} */
  get commands() {
    const show = (/** @type {string} */ kind) => () => this.full.show(kind);
    return [
      { name: 'loupe', run: show('loupe') },
      { name: 'compare', run: show('slider') },
      { name: 'survey', run: show('survey') },
    ];
  }

  /** The middle of the top bar. @returns {any[]} */
  middle() {
    const modes = COMPARING.map((kind) => ({
      text: say(kind),
      on: kind === this.kind,
      do: () => this.full.show(kind),
    }));
    return [segments(say('compare'), modes)];
  }

  /** The end of the top bar, drawn once. @returns {any[]} */
  end() {
    return [];
  }

  /** @returns {any[]} */
  panel() {
    return [];
  }

  /** Below the panel. @returns {any[]} */
  foot() {
    return [];
  }

  draw() {}

  dispose() {}
}
