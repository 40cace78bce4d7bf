/* One Contact Sheet node and its model: what its widgets say goes to the model, marks go to the
   picks widget, and all is saved with the node. */

import { say } from '../common/texts.js';
import { PicksWidget } from './picks_widget.js';
import { openMarks, openSweep, packedSweep, stateOf } from './saved_state.js';
import { checkStore } from './store_check.js';
import { chain } from './widget_slot.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */
/** @typedef {{exists: (file: any) => Promise<boolean>, changed: () => void,
 *   widget: (node: any, name: string) => any,
 *   sheetAt: (path: string) => SheetModel | undefined}} NodeHost */

const PROPERTY = 'proofsheet';
const SOON = 300; // milliseconds: hundreds of frames may vanish at once

export class SheetNode {
  /** @param {any} node @param {SheetModel} model @param {NodeHost} host */
  constructor(node, model, host) {
    this.node = node;
    this.model = model;
    this.host = host;
    /** @type {any} the API graph that made the frames */
    this.made = null;
    /** @type {any} the sweep as it is saved; null when it has changed */
    this.packed = null;
    this.open = true;
    this.listen = (/** @type {Event} */ event) =>
      this.changed(/** @type {CustomEvent} */ (event).detail);
    model.addEventListener('change', this.listen);
    this.picks = new PicksWidget(
      () => this.widget('picks'),
      () => this.readPicks(),
    );
    for (const name of ['columns', 'captions']) {
      const widget = this.widget(name);
      if (widget) chain(widget, 'callback', () => this.open && this.readLook());
    }
    this.noted = this.saved();
    this.restore();
  }

  /** @param {string} name */
  widget(name) {
    return this.host.widget(this.node, name);
  }

  readLook() {
    this.model.columns = Number(this.widget('columns')?.value) || 0;
    this.model.captions = String(this.widget('captions')?.value ?? 'varying');
    this.model.emit({ what: 'sheet' });
  }

  /** The marks follow what someone writes; a fault leaves them as they are. */
  readPicks() {
    const { model } = this;
    const { ids, fault } = this.picks.read(model.frames);
    model.fault = fault;
    if (ids && ids.join() !== model.marks.picks.join()) {
      model.marks.write(ids, say('didWrite'));
      model.refilter();
      model.emit({ what: 'marks' });
    } else model.emit({ what: 'status' });
  }

  /** A text written by hand stays as long as it says the same. */
  writePicks() {
    const { model } = this;
    const { picks } = model.marks;
    const { ids } = this.picks.read(model.frames);
    if (ids ? ids.join() === picks.join() : !picks.length) return;
    model.fault = '';
    this.picks.write(picks);
  }

  restore() {
    const { model, node } = this;
    const state = node.properties?.[PROPERTY] ?? {};
    this.made = state.made ?? null;
    if (openSweep(model, state)) this.check();
    const { ids, fault } = this.picks.read(model.frames);
    model.fault = fault;
    openMarks(model, state, ids ?? model.marks.picks);
    this.readLook();
  }

  check() {
    return checkStore(this.model, this.host.exists);
  }

  /** @param {import('../model/sheet_model.js').Change} change */
  changed({ what, loaded }) {
    if (!this.open || what === 'focus' || what === 'status') return;
    if (what !== 'marks') this.packed = null;
    if (what === 'frames' && this.model.phase === 'running') return; // saved when it ends
    clearTimeout(this.saving);
    if (what === 'frames') {
      this.saving = setTimeout(() => this.save(), SOON);
      return;
    }
    if (loaded)
      this.readPicks(); // numbers mean the frames of this sweep now
    else this.writePicks();
    this.save();
  }

  save() {
    const { model, node } = this;
    this.packed ??= packedSweep(model);
    node.properties ??= {};
    node.properties[PROPERTY] = stateOf(model, this.packed, this.made);
    const saved = this.saved();
    if (saved === this.noted) return; // after an undo the host would note changes of its own
    this.noted = saved;
    this.host.changed();
  }

  /** All that a change of the marks or the frames changes in the workflow. */
  saved() {
    return JSON.stringify([this.node.properties?.[PROPERTY], this.widget('picks')?.value]);
  }

  dispose() {
    this.open = this.picks.open = false;
    clearTimeout(this.saving);
    this.model.removeEventListener('change', this.listen);
  }
}
