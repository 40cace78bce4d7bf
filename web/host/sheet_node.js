/* One Contact Sheet node and its model: what the node's widgets say, what is saved with it, and
   what comes back when a saved workflow is opened. */

import { formatIds, parse } from '../grammar/picks.js';
import { resolve } from '../grammar/picked.js';
import { restored, saved } from '../model/marks.js';
import { DONE, WAITING, packed, stored, unpacked } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */

const PROPERTY = 'proofsheet';
const AT_ONCE = 6;
const ECHO = 3000; // milliseconds

export class View {
  /**
   * @param {any} node
   * @param {SheetModel} model
   * @param {{exists: (file: any) => Promise<boolean>, changed: () => void, widget: (node: any,
   *   name: string) => any}} host
   */
  constructor(node, model, host) {
    this.node = node;
    this.model = model;
    this.host = host;
    /** @type {any} the API graph that made the frames */
    this.made = null;
    /** @type {any} */
    this.packed = null;
    this.open = true;
    this.listen = (/** @type {Event} */ event) =>
      this.changed(/** @type {CustomEvent} */ (event).detail);
    model.addEventListener('change', this.listen);
    /** @type {Map<string, number>} our own texts, and when each was written */
    this.written = new Map();
    this.follow('picks', () => this.isEcho() || this.readPicks());
    this.follow('columns', () => this.readLook());
    this.follow('captions', () => this.readLook());
    this.restore();
  }

  /** @param {string} name */
  widget(name) {
    return this.host.widget(this.node, name);
  }

  /** @param {string} name @param {() => void} then */
  follow(name, then) {
    const widget = this.widget(name);
    if (!widget) return;
    const before = widget.callback;
    widget.callback = (/** @type {any[]} */ ...values) => {
      const result = before?.apply(widget, values);
      if (this.open && !this.writing) then();
      return result;
    };
  }

  readLook() {
    this.model.columns = Number(this.widget('columns')?.value) || 0;
    this.model.captions = String(this.widget('captions')?.value ?? 'varying');
    this.model.emit({ what: 'sheet' });
  }

  /** The marks follow what someone writes; a fault leaves them as they are. */
  readPicks() {
    const { model } = this;
    const { ids, fault } = this.read();
    model.fault = fault;
    if (ids && ids.join() !== model.marks.picks.join()) {
      model.marks.write(ids, say('didWrite'));
      model.refilter();
      model.emit({ what: 'marks' });
    } else model.emit({ what: 'status' });
  }

  /** @returns {{ids: string[] | null, fault: string}} */
  read() {
    try {
      if (this.model.frames.length)
        return { ids: resolve(this.text, this.model.frames), fault: '' };
      parse(this.text);
      return { ids: null, fault: '' };
    } catch (error) {
      return { ids: null, fault: /** @type {Error} */ (error).message };
    }
  }

  get text() {
    return String(this.widget('picks')?.value ?? '');
  }

  restore() {
    const { model, node } = this;
    const from = node.properties?.[PROPERTY] ?? {};
    this.made = from.made ?? null;
    const sweep = model.sweep ?? unpacked(from.sheet);
    if (sweep && !model.sweep) {
      this.packed = from.sheet;
      model.load(
        sweep,
        sweep.frames.some((frame) => frame.status === WAITING) ? 'stopped' : 'reopened',
        from.gone ?? [],
      );
      this.check();
    }
    this.restoreMarks(from);
    this.readLook();
  }

  /** @param {any} from */
  restoreMarks(from) {
    const { model } = this;
    const { ids, fault } = this.read();
    const picks = ids ?? model.marks.picks;
    model.fault = fault;
    const state = restored(from, picks);
    if (
      JSON.stringify([saved(state), picks]) !==
      JSON.stringify([saved(model.marks.state), model.marks.picks])
    ) {
      model.marks.state = state;
      model.marks.past = [];
      model.marks.future = [];
    }
    model.refilter();
  }

  /** Asks the store for every frame, a few at a time; to the end, though the host may make
   * another view of the model meanwhile. */
  async check() {
    const { model } = this;
    const sweep = model.sweep;
    const timer = setTimeout(() => this.reading(true), 300);
    const left = model.frames.map((_, index) => index);
    const worker = async () => {
      for (
        let index = left.shift();
        index !== undefined && model.sweep === sweep;
        index = left.shift()
      ) {
        const frame = model.frames[index];
        const there = await this.host.exists(stored(frame.id, 'webp'));
        if (!there) model.vanished(index);
        else if (frame.status !== DONE) this.found(index);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    clearTimeout(timer);
    if (model.reading) this.reading(false);
    if (model.phase === 'stopped' && !model.count(WAITING)) model.phase = 'reopened';
    model.emit({ what: 'status' });
  }

  /** @param {number} index */
  found(index) {
    this.model.frames[index].status = DONE;
    this.model.emit({ what: 'frames', frames: [index] });
  }

  /** @param {boolean} on */
  reading(on) {
    this.model.reading = on;
    this.model.emit({ what: 'status' });
  }

  /** @param {import('../model/sheet_model.js').Change} change */
  changed({ what, loaded }) {
    if (!this.open || what === 'focus' || what === 'status') return;
    if (what !== 'marks') this.packed = null;
    if (what === 'frames' && this.model.phase === 'running') return; // saved when it ends
    clearTimeout(this.saving);
    if (what === 'frames') {
      this.saving = setTimeout(() => this.save(), 300); // hundreds may vanish at once
      return;
    }
    if (loaded)
      this.readPicks(); // numbers mean the frames of this sweep now
    else this.writePicks();
    this.save();
  }

  save() {
    const { model, node } = this;
    this.packed ??= model.sweep ? packed(model.sweep) : undefined;
    node.properties ??= {};
    node.properties[PROPERTY] = {
      version: 1,
      ...saved(model.marks.state),
      sheet: this.packed,
      gone: [...model.lost],
      made: this.made ?? undefined,
    };
    this.host.changed();
  }

  /** The host's drawing hands texts back late: one of ours that is no longer the latest is not the
   * user's. */
  isEcho() {
    const latest = formatIds(this.model.marks.picks);
    for (const [text, when] of this.written)
      if (Date.now() - when > ECHO) this.written.delete(text);
    if (!this.written.has(this.text)) return false;
    if (this.text !== latest) this.widget('picks').value = latest;
    return true;
  }

  /** A text written by hand stays as long as it says the same. */
  writePicks() {
    const { model } = this;
    const { marks } = model;
    const { ids } = this.read();
    if (ids ? ids.join() === marks.picks.join() : !marks.picks.length) return;
    model.fault = '';
    const widget = this.widget('picks');
    if (!widget) return;
    this.writing = true;
    widget.value = formatIds(marks.picks);
    this.written.set(widget.value, Date.now());
    widget.callback?.(widget.value);
    this.writing = false;
  }

  dispose() {
    this.open = false;
    clearTimeout(this.saving);
    this.model.removeEventListener('change', this.listen);
  }
}
