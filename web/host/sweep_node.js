/* One Sweep node and its face: reads the graph above it now and then, knows the sheet below, and
   does what the buttons ask for. */

import { isLink, sheetOf, stillHolds } from '../model/api_graphs.js';
import { axesTold } from '../model/axes_told.js';
import { faceOf } from '../model/sweep_face.js';
import { above } from './graph_above.js';
import { nodeAt, widgetOf } from './graph.js';
import { oneStep } from './one_step.js';
import { ASKED } from './sweep_asked.js';
import { refreshMarks } from './marks_follow.js';
import { SweepRuns } from './sweep_runs.js';
import { addElement, chain } from './widget_slot.js';

/** @typedef {import('../model/api_graphs.js').Api} Api */
/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */
/** @typedef {import('../face/sweep_face.js').SweepFace} SweepFace */
/** @typedef {{host: import('./graph.js').Host, sheets: import('./live_sheets.js').Sheets,
 *   limit: () => number, makeFace: () => SweepFace, showKeys: (face: SweepFace) => void}} Desk */

const OFTEN = 500; // milliseconds
const LEAST = { width: 400, height: 540, face: 240 };
const MARGIN = 10; // that the host leaves around an element

/** @param {Desk} desk @param {any} node */
export function addSweepFace(desk, node) {
  /** @type {SweepNode | undefined} */
  let sweep;
  const options = { hideOnZoom: false, getMinHeight: () => sweep?.least ?? LEAST.face };
  const slot = addElement(desk.host, node, 'sweep', options, () => {
    sweep?.dispose();
    sweep = new SweepNode(desk, node);
    return sweep.face;
  });
  slot.className = 'ps-holder widget-expands';
  const [width, height] = node.size ?? [0, 0];
  node.setSize?.([Math.max(width, LEAST.width), Math.max(height, LEAST.height)]);
  chain(node, 'onRemoved', () => sweep?.dispose());
}

export class SweepNode {
  /** @param {Desk} desk @param {any} node */
  constructor(desk, node) {
    this.desk = desk;
    this.node = node;
    this.host = desk.host;
    this.face = desk.makeFace();
    this.face.addEventListener('proofsheet-ask', (event) =>
      this.answer(/** @type {CustomEvent} */ (event).detail),
    );
    /** @type {Api} */
    this.graph = {};
    this.id = this.text = '';
    /** @type {import('../model/axes_told.js').Told | null} */
    this.told = null;
    /** @type {string | null} the id of the sheet below */
    this.sheet = null;
    /** @type {import('./sheet_node.js').SheetNode | undefined} */
    this.view = undefined;
    /** @type {{made?: Api, graph?: Api, still: boolean}} the last answer of isCurrent */
    this.held = { still: false };
    this.least = LEAST.face;
    this.soon = /** @type {number | undefined} */ (undefined);
    this.listen = () => this.drawSoon();
    this.runs = new SweepRuns(
      desk,
      (id) => id === this.id,
      () => this.drawSoon(),
    );
    this.timer = setInterval(() => this.look(), OFTEN);
    queueMicrotask(() => this.look());
  }

  /** Reads the graph, if someone can see what it says. */
  look() {
    if (document.hidden || !this.face.isConnected || this.face.checkVisibility?.() === false)
      return;
    const found = above(this.host, this.node);
    if (!found?.graph[found.id]) return; // muted
    const limit = this.desk.limit();
    const text = JSON.stringify([found, limit]);
    if (text !== this.text) {
      Object.assign(this, found, { text });
      this.runs.forget();
      const { defs, isOutput } = this.host;
      this.told = axesTold(found.graph, found.id, { defs, isOutput, limit });
      this.sheet = sheetOf(found.graph, found.id);
      refreshMarks(this.host, this.node, this.told);
    }
    this.follow();
    this.draw();
  }

  /** The sheet below may become another. */
  follow() {
    const { sheets } = this.desk;
    const view = this.sheet ? sheets.views.get(nodeAt(this.host, this.sheet)) : undefined;
    if (view === this.view) return;
    this.view?.model.removeEventListener('change', this.listen);
    view?.model.addEventListener('change', this.listen);
    this.view = view;
  }

  /** Whether the sheet shows what the graph is now. */
  get isCurrent() {
    const made = this.view?.made;
    if (!made?.[this.id]) return false;
    if (this.held.made !== made || this.held.graph !== this.graph)
      this.held = { made, graph: this.graph, still: stillHolds(made, this.graph, this.id) };
    return this.held.still;
  }

  drawSoon() {
    this.soon ??= requestAnimationFrame(() => {
      this.soon = undefined;
      this.draw();
    });
  }

  draw() {
    const { told, runs, sheet, view } = this;
    if (!told) return;
    const { inputs } = this.graph[this.id];
    const known = {
      told,
      error: runs.error,
      linked: isLink(inputs.source),
      sheet: sheet ? (view?.model ?? null) : null,
      current: this.isCurrent,
      counting: runs.isCounting,
      make: String(inputs.make ?? ''),
    };
    this.face.show(faceOf(known));
    this.fit();
  }

  /** Classic nodes grow to what their widgets need at least. */
  fit() {
    const least = Math.max(LEAST.face, this.face.least + 2 * MARGIN);
    if (least === this.least) return;
    this.least = least;
    this.node.setDirtyCanvas?.(true, true);
  }

  /** Once the host is done with the press: in classic nodes it selects the node.
   * @param {{name: string, key: string, at: Element}} asked */
  async answer({ name, key, at }) {
    await new Promise((then) => setTimeout(then));
    this.look();
    try {
      await ASKED[name]?.(this, key, at);
    } catch (error) {
      this.face.tell(String(/** @type {any} */ (error)?.message ?? error));
    }
    this.look();
  }

  /** What the widget says, not what a link brings. */
  get axes() {
    return String(widgetOf(this.host, this.node, 'axes')?.value ?? '');
  }

  /** Another value of a widget, as one step of the host's undo.
   * @param {string} name @param {string} value */
  async change(name, value) {
    const widget = widgetOf(this.host, this.node, name);
    if (!widget) return;
    await oneStep(this.host, () => {
      widget.value = value;
      widget.callback?.(value);
    });
    this.look();
  }

  dispose() {
    clearInterval(this.timer);
    if (this.soon) cancelAnimationFrame(this.soon);
    this.runs.dispose();
    this.view?.model.removeEventListener('change', this.listen);
    this.face.dispose();
  }
}
