/* All sheets of the page: which model belongs to which node, and the server's news for each. A
   model outlives its node, so that a workflow tab left during a run shows all on return. */

import { before, locatorOf, pathOf, rootOf, runOf, widgetOf, workflowId } from './graph.js';
import { SheetModel } from '../model/sheet_model.js';
import { View } from './sheet_node.js';

/** @typedef {import('./graph.js').Host} Host */

const REMEMBERED = 64;
const RUN = 'proofsheet.run.';
export const SHEET = 'ProofsheetContactSheet';

export class Sheets {
  /** @param {Host} host @param {() => boolean} advance */
  constructor(host, advance) {
    this.host = host;
    this.advance = advance;
    /**
     * @type {Map<string, {model: SheetModel, prompt: string, made: any}>} "workflow|path" -> what
     *   runs there
     */
    this.known = new Map();
    /** @type {Map<any, View>} */
    this.views = new Map();
    /** @type {Map<string, ReturnType<typeof runOf>>} */
    this.runs = new Map();
    this.tail = Promise.resolve();
    this.files = {
      url: (/** @type {any} */ file) => host.api.apiURL(`/view?${new URLSearchParams(file)}`),
      gone: async (/** @type {any} */ file) => !(await this.exists(file)),
    };
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

  /** @param {string} prompt */
  run(prompt) {
    let found = this.runs.get(prompt);
    if (!found) {
      found = runOf(this.host, prompt).catch(() => null);
      this.runs.set(prompt, found);
    }
    if (this.runs.size > REMEMBERED) this.runs.delete(String(this.runs.keys().next().value));
    return found;
  }

  /**
   * What is known of a sheet of some workflow, open or not.
   * @param {string} workflow
   * @param {string} path
   */
  at(workflow, path) {
    const key = `${workflow}|${path}`;
    let known = this.known.get(key);
    if (!known) known = { model: new SheetModel(), prompt: '', made: null };
    this.known.delete(key); // the newest is last
    this.known.set(key, known);
    if (this.known.size > REMEMBERED) this.known.delete(String(this.known.keys().next().value));
    return known;
  }

  /**
   * @param {any} news
   * @param {(known: {model: SheetModel, prompt: string, made: any}) => void} act
   * @param {boolean} [begins]
   */
  async each(news, act, begins = false) {
    const run = await this.run(news.prompt_id);
    const workflow = run?.workflow || workflowId(this.host);
    for (const path of news.sheets ?? []) {
      const known = this.at(workflow, String(path));
      if (begins) this.begin(known, workflow, String(path), news.prompt_id, run?.graph);
      else if (known.prompt !== news.prompt_id) continue;
      act(known);
      if (begins) known.model.advance = this.advance();
    }
  }

  /**
   * @param {{model: SheetModel, prompt: string, made: any}} known
   * @param {string} workflow
   * @param {string} path
   * @param {string} prompt
   * @param {any} graph
   */
  begin(known, workflow, path, prompt, graph) {
    known.prompt = prompt;
    known.made = before(graph, path) ?? known.made;
    for (const view of this.views.values()) if (view.model === known.model) view.made = known.made;
    try {
      sessionStorage.setItem(`${RUN}${workflow}|${path}`, prompt);
    } catch {
      /* a full or forbidden storage only costs the reload in mid-run */
    }
  }

  /** @param {any} news */
  async executed(news) {
    const manifest = news.output?.proofsheet?.[0];
    if (!manifest) return;
    const path = String(news.display_node ?? news.node);
    const run = await this.run(news.prompt_id);
    const workflow = run?.workflow || workflowId(this.host);
    const known = this.at(workflow, path);
    this.begin(known, workflow, path, news.prompt_id, run?.graph);
    known.model.show(manifest, manifest.held ? 'held' : 'finished');
  }

  /** @param {any} news @param {string} error */
  ended(news, error) {
    for (const { model, prompt } of this.known.values()) {
      if (prompt === news.prompt_id) model.stopped(error);
      // A copy made in mid-run, with no run of its own: its frames may be there now.
      else if (!prompt && model.phase === 'stopped')
        [...this.views.values()].find((view) => view.model === model)?.check();
    }
    if (error && news.node_type === SHEET) return this.failed(news, error);
  }

  /** The sheet itself could not be made. @param {any} news @param {string} error */
  async failed(news, error) {
    const run = await this.run(news.prompt_id);
    const { model } = this.at(run?.workflow || workflowId(this.host), String(news.node_id));
    model.error = error;
    model.emit({ what: 'status' });
  }

  /** A node that is new in the open graph. @param {any} node @returns {SheetModel | null} */
  attach(node) {
    const path = pathOf(this.host, node);
    if (!path) return null;
    const known = this.at(workflowId(this.host), path);
    const isFresh = !known.model.sweep;
    known.model.advance = this.advance();
    this.detach(node);
    const view = new View(node, known.model, {
      exists: (file) => this.exists(file),
      changed: () => this.changed(),
      widget: (of, name) => widgetOf(this.host, of, name),
    });
    this.views.set(node, view);
    view.made ??= known.made;
    if (known.prompt) view.made = known.made ?? view.made;
    if (isFresh) this.later(() => this.resume(known, path));
    return known.model;
  }

  /** @param {any} node */
  detach(node) {
    this.views.get(node)?.dispose();
    this.views.delete(node);
  }

  /** After the page was loaded anew: the run that was under way, or ended meanwhile.
   * @param {{model: SheetModel, prompt: string, made: any}} known @param {string} path */
  async resume(known, path) {
    const workflow = workflowId(this.host);
    const prompt = sessionStorage.getItem(`${RUN}${workflow}|${path}`);
    if (!prompt || known.prompt) return;
    const run = await this.run(prompt);
    if (!run || run.workflow !== workflow) return;
    const manifest = run.outputs?.[path]?.proofsheet?.[0];
    if (manifest) known.model.show(manifest, manifest.held ? 'held' : 'finished');
    else if (run.running && known.model.sweep) {
      const [view] = [...this.views.values()].filter((each) => each.model === known.model);
      known.model.load(known.model.sweep, 'running');
      view?.check();
    }
    if (manifest || run.running) this.begin(known, workflow, path, prompt, run.graph);
  }

  /**
   * Outputs that the host restores by itself: of another tab, or from its history.
   * @param {Record<string, any>} outputs
   */
  restored(outputs) {
    for (const [node, view] of this.views) {
      const manifest = outputs?.[locatorOf(this.host, node)]?.proofsheet?.[0];
      if (
        manifest &&
        (!view.model.sweep || view.model.sweep.id !== manifest.sweep) &&
        view.model.phase !== 'running'
      )
        view.model.show(manifest, manifest.held ? 'held' : 'finished');
    }
  }

  /** @param {any} file */
  async exists(file) {
    try {
      return (
        (await fetch(this.files.url(file), { method: 'HEAD', cache: 'no-store' })).status !== 404
      );
    } catch {
      return true; // no answer says nothing about the file
    }
  }

  /** The host notices changes by its own events only. */
  changed() {
    const { app } = this.host;
    rootOf(this.host)?.change?.();
    clearTimeout(this.noting);
    this.noting = setTimeout(() => {
      const tracker = app.extensionManager?.workflow?.activeWorkflow?.changeTracker;
      (tracker?.captureCanvasState ?? tracker?.checkState)?.call(tracker);
    }, 200);
  }
}
