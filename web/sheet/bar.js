/* The top of the face: how the sweep stands, the filter, the views; and the notice under it. */

import { button, h, icon, iconButton, refill, segments, set } from '../common/dom.js';
import { filterName } from './headers.js';
import { DONE, FAILED, GONE, WAITING } from '../model/sweep.js';
import { say } from '../common/texts.js';

/** @typedef {import('../model/sheet_model.js').SheetModel} SheetModel */

/**
 * The items of the status line, the first in bold.
 * @param {SheetModel} model
 * @returns {string[]}
 */
export function status(model) {
  const n = model.frames.length;
  if (model.phase === 'empty' || !n) return [say('never')];
  const done = model.count(DONE);
  const first = done === n ? say('count', { n }) : say('countOf', { done, n });
  if (model.told) return [first, model.told];
  if (model.phase === 'running') return [first, ...running(model)];
  const failed = model.count(FAILED);
  const picks = model.marks.picks.length;
  const gone = model.lostPicks.length;
  const rejected = model.frames.filter((frame) => model.marks.isRejected(frame.id)).length;
  return [
    first,
    model.phase === 'held' && !picks && say('heldState'),
    model.phase === 'stopped' && say('stoppedState'),
    model.phase === 'reopened' && say('fromStore'),
    failed && say('failedCount', { n: failed }),
    gone ? say('picksGone', { n: picks, gone }) : picks && say('picked', { n: picks }),
    rejected && say('rejected', { n: rejected }),
  ].filter((item) => typeof item === 'string');
}

/** @param {SheetModel} model */
function running(model) {
  const { run } = model;
  if (!run || run.share <= 0) return [];
  const seconds = ((Date.now() - run.started) / 1000) * (1 / run.share - 1);
  const left =
    seconds < 100
      ? say('left', { s: Math.max(1, Math.round(seconds)) })
      : say('leftMinutes', { m: Math.round(seconds / 60) });
  const step = run.numbers.size ? say('step', { step: run.step, steps: run.steps }) : '';
  return [run.share > 0.04 ? left : '', step].filter(Boolean);
}

/**
 * The one notice above the sheet.
 * @param {SheetModel} model
 * @returns {{kind: string, text: string} | null}
 */
export function notice(model) {
  const failed = model.failures;
  const gone = model.count(GONE);
  if (model.fault) return { kind: 'error', text: say('picksFault', { message: model.fault }) };
  if (model.error) return { kind: 'error', text: say('runFailed', { message: model.error }) };
  if (failed.length === 1)
    return {
      kind: 'error',
      text: say('failed', { n: failed[0].number, message: failed[0].error ?? '' }),
    };
  if (failed.length)
    return {
      kind: 'error',
      text: say('failedMany', { n: failed.length, message: failed[0].error ?? '' }),
    };
  if (model.phase === 'stopped')
    return {
      kind: '',
      text: say('stopped', { rest: model.count(WAITING), done: model.count(DONE) }),
    };
  if (model.reading) return { kind: '', text: say('reading') };
  if (gone) return { kind: '', text: say('goneFrames', { n: gone }) };
  if (model.notice) return { kind: '', text: model.notice };
  // It stays when there are picks: the sheet must not move under the pointer at the first one.
  return model.phase === 'held' ? { kind: 'call', text: say('held') } : null;
}

export class Bar {
  /** @param {SheetModel} model @param {(name: string) => void} act */
  constructor(model, act) {
    this.model = model;
    this.line = h('p', { class: 'ps-status', 'aria-hidden': 'true' });
    this.filters = h('div', { class: 'ps-filters' });
    const tool = (/** @type {string} */ name, /** @type {string} */ key, look = '') =>
      iconButton(name, say(name), key, { look, onclick: () => act(name) });
    this.undo = tool('undo', 'Ctrl+Z', 'wide');
    this.tools = h(
      'div',
      { class: 'ps-tools', role: 'toolbar', 'aria-label': say('views') },
      this.undo,
      tool('loupe', 'Z'),
      tool('compare', 'C'),
      tool('survey', 'N', 'rare'),
      button(
        'icon rare',
        { 'aria-label': say('keys'), title: `${say('keys')} (?)`, onclick: () => act('keys') },
        '?',
      ),
    );
    this.progress = h(
      'div',
      {
        class: 'ps-progress',
        role: 'progressbar',
        'aria-valuemin': 0,
        'aria-valuemax': 100,
        'aria-label': say('progress'),
      },
      h('i'),
    );
    this.spoken = h('span', { class: 'ps-hidden', role: 'status' });
    this.notice = h('div', { class: 'ps-notices' });
    this.element = h('div', { class: 'ps-bar' }, this.line, this.spoken, this.filters, this.tools);
    this.lastSpoken = 0;
  }

  draw() {
    const { model } = this;
    const items = status(model);
    set(this.line, 'class', model.told ? 'ps-status told' : 'ps-status');
    this.line.replaceChildren(
      ...items.map((text, at) =>
        h(at ? 'span' : 'b', { class: at > 1 ? 'more' : '' }, at ? `· ${text}` : text),
      ),
    );
    this.speak(items.join(', '));
    const empty = !model.frames.length;
    this.tools.hidden = this.filters.hidden = empty;
    set(this.undo, 'aria-disabled', model.marks.past.length ? undefined : 'true');
    this.progress.hidden = model.phase !== 'running';
    const share = Math.round(100 * (model.run?.share ?? 0));
    set(this.progress, 'aria-valuenow', share);
    /** @type {HTMLElement} */ (this.progress.firstElementChild).style.width = `${share}%`;
    this.drawNotice();
    if (!empty) this.drawFilters();
  }

  /**
   * At most every five seconds, but at once for what the user has just done.
   * @param {string} text
   */
  speak(text) {
    const now = Date.now();
    if (text === this.spoken.textContent || (!this.model.told && now - this.lastSpoken < 5000))
      return;
    this.lastSpoken = now;
    this.spoken.textContent = text;
  }

  drawNotice() {
    const said = notice(this.model);
    const sign = said ? `${said.kind} ${said.text}` : '';
    if (this.notice.dataset.said === sign) return;
    this.notice.dataset.said = sign;
    this.notice.replaceChildren(
      ...(said
        ? [
            h(
              'div',
              {
                class: `ps-notice ${said.kind}`,
                role: said.kind === 'error' ? 'alert' : undefined,
              },
              icon(said.kind === 'error' ? 'warn' : 'info'),
              h('p', {}, said.text),
            ),
          ]
        : []),
    );
  }

  drawFilters() {
    const { model } = this;
    const n = model.frames.length;
    const picked = model.frames.filter((frame) => model.marks.place(frame.id)).length;
    const rejected = model.frames.filter((frame) => model.marks.isRejected(frame.id)).length;
    const stars = model.filter.kind === 'stars' ? (model.filter.stars ?? 3) : 3;
    /** @type {{text: string, short: string, filter: import('../model/sheet_model.js').Filter}[]} */
    const options = [
      { text: say('allOf', { n }), short: say('all'), filter: { kind: 'all' } },
      {
        text: say('pickedOf', { n: picked }),
        short: say('pickedOnly'),
        filter: { kind: 'picked' },
      },
      {
        text: say('unrejectedOf', { n: n - rejected }),
        short: say('unrejectedOnly'),
        filter: { kind: 'unrejected' },
      },
      {
        text: say('starsUp', { n: stars }),
        short: say('starsUp', { n: stars }),
        filter: { kind: 'stars', stars },
      },
    ];
    const line = filterName(model);
    if (line) options.push({ text: line, short: line, filter: model.filter });
    const sign = JSON.stringify([options, model.filter]);
    if (this.filters.dataset.sign === sign) return;
    this.filters.dataset.sign = sign;
    refill(
      this.filters,
      segments(
        say('show'),
        options.map(({ text, filter }) => ({
          text,
          on: filter.kind === model.filter.kind,
          do: () => this.choose(filter),
        })),
      ),
      this.menu(options),
    );
  }

  /**
   * The stars' button steps through 3, 4, 5, 1, 2 while it is on.
   * @param {import('../model/sheet_model.js').Filter} filter
   */
  choose(filter) {
    const again = filter.kind === 'stars' && this.model.filter.kind === 'stars';
    this.model.filterBy(again ? { kind: 'stars', stars: ((filter.stars ?? 3) % 5) + 1 } : filter);
  }

  /**
   * For narrow faces.
   * @param {{text: string, short: string, filter: import('../model/sheet_model.js').Filter}[]}
   *   options
   */
  menu(options) {
    const { model } = this;
    const select = /** @type {HTMLSelectElement} */ (
      h(
        'select',
        { class: 'ps-btn text ps-menu', 'aria-label': say('show') },
        options.map(({ short, filter }, at) =>
          h('option', { value: at, selected: filter.kind === model.filter.kind }, short),
        ),
      )
    );
    select.addEventListener('change', () => model.filterBy(options[Number(select.value)].filter));
    return select;
  }
}
