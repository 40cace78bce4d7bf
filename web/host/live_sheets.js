/* All sheets of the page: which model belongs to which node, and the server's news for each. A
   model outlives its node, so that a workflow tab left during a run shows all on return. */

import { sheetsAfter } from '../model/api_graphs.js';
import { SheetModel } from '../model/sheet_model.js';
import { filesOf } from './files.js';
import {
  before,
  locatorOf,
  nodeAt,
  noteChange,
  pathOf,
  rootOf,
  runOf,
  widgetOf,
  workflowId,
} from './graph.js';
import { Remembered, noteRun, notedRun } from './remembered.js';
import { SheetNode } from './sheet_node.js';

/** @typedef {import('./graph.js').Host} Host */
/** @typedef {{model: SheetModel, prompt: string, made: any}} Known
 *   `prompt`: what runs or ran there; `made`: the API graph that made the frames */

const REMEMBERED = 64;
const SOON = 200; // milliseconds

export class Sheets {
  /** @param {Host} host @param {() => boolean} advance */
  constructor(host, advance) {
    this.host = host;
    this.advance = advance;
    /** @type {Remembered<Known>} by "workflow|path" */
    this.known = new Remembered(REMEMBERED, () => ({
      model: new SheetModel(),
      prompt: '',
      made: null,
    }));
    /** @type {Map<any, SheetNode>} by the host's nodes */
    this.views = new Map();
    this.runs = new Remembered(REMEMBERED, (prompt) => runOf(host, prompt).catch(() => null));
    this.tail = Promise.resolve();
    this.files = filesOf(host);
  }

  listen() {
    const { api } = this.host;
    const on = (/** @type {string} */ name, /** @type {(news: any) => any} */ act) =>
      api.addEventListener(name, (/** @type {CustomEvent} */ event) =>
        this.later(() => act(event.detail)),
      );
    on('proofsheet.sweep', (news) =>
      this.each(news, (known) => known.model.show(news.manifest, 'running'), true),
    );
    on('proofsheet.frame', (news) => this.each(news, (known) => known.model.arrived(news.frame)));
    on('proofsheet.step', (news) => this.each(news, (known) => known.model.stepped(news)));
    on('executed', (news) => this.executed(news));
    on('execution_interrupted', (news) => this.ended(news, ''));
    on('execution_error', (news) =>
      this.ended(news, String(news.exception_message ?? '').split('\n')[0]),
    );
    on('execution_success', (news) => this.ended(news, ''));
  }

  /** One after the other, in the order they came. @param {() => any} act */
  later(act) {
    this.tail = this.tail.then(act).catch((error) => console.error('Proofsheet:', error));
    return this.tail;
  }

  /** What a sheet of a run is known by. @param {any} run @param {string} path */
  name(run, path) {
    return `${run?.workflow || workflowId(this.host)}|${path}`;
  }

  /** @param {any} news @param {(known: Known) => void} act @param {boolean} [begins] */
  async each(news, act, begins = false) {
    const run = await this.runs.get(news.prompt_id);
    for (const path of news.sheets ?? []) {
      const sheet = this.name(run, path);
      const known = this.known.get(sheet);
      if (begins) this.begin(sheet, news.prompt_id, run?.graph);
      else if (known.prompt !== news.prompt_id) continue;
      act(known);
      if (begins) known.model.advance = this.advance();
    }
  }

  /** @param {string} sheet its name @param {string} prompt @param {any} graph */
  begin(sheet, prompt, graph) {
    const known = this.known.get(sheet);
    known.prompt = prompt;
    known.made = before(graph, sheet.slice(sheet.indexOf('|') + 1)) ?? known.made;
    for (const view of this.views.values()) if (view.model === known.model) view.made = known.made;
    noteRun(sheet, prompt);
  }

  /** @param {any} news */
  async executed(news) {
    const manifest = news.output?.proofsheet?.[0];
    if (!manifest) return;
    const run = await this.runs.get(news.prompt_id);
    const sheet = this.name(run, news.display_node ?? news.node);
    this.begin(sheet, news.prompt_id, run?.graph);
    finished(this.known.get(sheet).model, manifest);
  }

  /** @param {any} news @param {string} error */
  async ended(news, error) {
    for (const { model, prompt } of this.known.values()) {
      if (prompt === news.prompt_id) model.stopped(error);
      // A copy made in mid-run, with no run of its own: its frames may be there now.
      else if (!prompt && model.phase === 'stopped') this.viewOf(model)?.check();
    }
    if (error) await this.failed(news, error);
  }

  /** The sheets that the run was to fill say why they have nothing new.
   * @param {any} news @param {string} error */
  async failed(news, error) {
    const run = await this.runs.get(news.prompt_id);
    for (const path of sheetsAfter(run, String(news.node_id))) {
      const { model } = this.known.get(this.name(run, path));
      model.error = error;
      model.emit({ what: 'status' });
    }
  }

  /** @param {SheetModel} model */
  viewOf(model) {
    return [...this.views.values()].find((view) => view.model === model);
  }

  /** A node that is new in the open graph. @param {any} node @returns {SheetModel | null} */
  attach(node) {
    const path = pathOf(this.host, node);
    if (!path) return null;
    const sheet = `${workflowId(this.host)}|${path}`;
    const known = this.known.get(sheet);
    const isFresh = !known.model.sweep;
    known.model.advance = this.advance();
    this.detach(node);
    const view = new SheetNode(node, known.model, {
      exists: this.files.exists,
      changed: () => this.changed(),
      widget: (of, name) => widgetOf(this.host, of, name),
      sheetAt: (other) => this.views.get(nodeAt(this.host, other))?.model,
    });
    this.views.set(node, view);
    view.made ??= known.made;
    if (known.prompt) view.made = known.made ?? view.made;
    if (isFresh) this.later(() => this.resume(sheet, path));
    return known.model;
  }

  /** @param {any} node */
  detach(node) {
    this.views.get(node)?.dispose();
    this.views.delete(node);
  }

  /** After the page was loaded anew: the run that was under way, or ended meanwhile.
   * @param {string} sheet @param {string} path */
  async resume(sheet, path) {
    const { model, prompt } = this.known.get(sheet);
    const noted = notedRun(sheet);
    if (!noted || prompt) return;
    const run = await this.runs.get(noted);
    if (!run || !sheet.startsWith(`${run.workflow}|`)) return;
    const manifest = run.outputs?.[path]?.proofsheet?.[0];
    if (manifest) finished(model, manifest);
    else if (run.running && model.sweep) {
      model.load(model.sweep, 'running');
      this.viewOf(model)?.check();
    }
    if (manifest || run.running) this.begin(sheet, noted, run.graph);
  }

  /**
   * Outputs that the host restores by itself: of another tab, or from its history.
   * @param {Record<string, any>} outputs
   */
  restored(outputs) {
    for (const [node, { model }] of this.views) {
      const manifest = outputs?.[locatorOf(this.host, node)]?.proofsheet?.[0];
      if (manifest && model.sweep?.id !== manifest.sweep && model.phase !== 'running')
        finished(model, manifest);
    }
  }

  changed() {
    rootOf(this.host)?.change?.();
    clearTimeout(this.noting);
    this.noting = setTimeout(() => noteChange(this.host), SOON);
  }
}

/** @param {SheetModel} model @param {any} manifest */
const finished = (model, manifest) => model.show(manifest, manifest.held ? 'held' : 'finished');
