/* What runs tell one Sweep: that its count is done, or what the host refused. */

import { workflowId } from './graph.js';

/** @typedef {import('./sweep_node.js').Desk} Desk */

const SLOW = 300; // milliseconds until the face says that it counts
const ENDS = ['execution_success', 'execution_error', 'execution_interrupted'];

export class SweepRuns {
  /** @param {Desk} desk @param {(id: string) => boolean} isMe @param {() => void} changed */
  constructor(desk, isMe, changed) {
    this.desk = desk;
    this.isMe = isMe;
    this.changed = changed;
    /** @type {{prompt: string, slow: boolean} | null} a count under way */
    this.count = null;
    this.error = this.lastEnded = '';
    this.listen = (/** @type {Event} */ event) => this.ended(/** @type {CustomEvent} */ (event));
    for (const name of ENDS) desk.host.api.addEventListener(name, this.listen);
  }

  get isCounting() {
    return this.count?.slow ?? false;
  }

  /** The graph is another: nothing that was said of it holds. */
  forget() {
    this.count = null;
    this.error = '';
  }

  /** A graph was sent to be counted. @param {string} prompt its run */
  counts(prompt) {
    if (prompt === this.lastEnded) return; // the news was faster
    const count = { prompt, slow: false };
    this.count = count;
    setTimeout(() => {
      count.slow = true;
      this.changed();
    }, SLOW);
  }

  /** @param {CustomEvent} event */
  async ended({ type, detail }) {
    this.lastEnded = detail.prompt_id;
    const isCount = detail.prompt_id === this.count?.prompt;
    if (isCount) await this.desk.sheets.later(() => {}); // what was counted is on the sheet now
    if (isCount && detail.prompt_id === this.count?.prompt) this.count = null;
    if (type === 'execution_success') this.error = '';
    if (type === 'execution_error' && (await this.isMine(detail)))
      this.error = String(detail.exception_message ?? '').split('\n')[0];
    this.changed();
  }

  /** Whether it was this node that failed, in this workflow.
   * @param {{node_id: string, prompt_id: string}} news */
  async isMine({ node_id, prompt_id }) {
    const { sheets, host } = this.desk;
    const run = this.isMe(node_id) ? await sheets.runs.get(prompt_id) : null;
    return run?.workflow === workflowId(host);
  }

  dispose() {
    for (const name of ENDS) this.desk.host.api.removeEventListener(name, this.listen);
  }
}
