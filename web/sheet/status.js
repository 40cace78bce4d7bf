/* How the sweep stands, in words: the status line and the one notice above the sheet. */

import { cost, left } from '../model/durations.js';
import { DONE, FAILED, GONE, MISSING, WAITING } from '../model/sweep.js';
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
  if (model.phase === 'running') return [first, ...left(model.run)];
  const failed = model.count(FAILED);
  const picks = model.marks.picks.length;
  const gone = model.lostPicks.length;
  const rejected = model.frames.filter((frame) => model.marks.isRejected(frame.id)).length;
  return [
    first,
    model.phase === 'held' && done > 0 && !picks && say('heldState'),
    model.phase === 'stopped' && say('stoppedState'),
    model.phase === 'reopened' && say('fromStore'),
    failed && say('failedCount', { n: failed }),
    missing(model),
    gone ? say('picksGone', { n: picks, gone }) : picks && say('picked', { n: picks }),
    rejected && say('rejected', { n: rejected }),
  ].filter((item) => typeof item === 'string');
}

/** Frames not made yet, and what they would take, if that was said of just these.
 * @param {SheetModel} model */
function missing(model) {
  const n = model.count(MISSING);
  const estimate = model.sweep?.estimate;
  if (!n || estimate?.missing !== n) return n > 0 && say('missingCount', { n });
  return say('toMake', { n, what: cost(estimate).join(', ') });
}

/**
 * The one notice above the sheet.
 * @param {SheetModel} model
 * @returns {{kind: string, text: string, missing?: boolean} | null} `missing`: frames that can be
 *   made are a part of it
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
  const n = model.phase === 'running' ? 0 : model.count(MISSING);
  const unmade = n ? say('missing', { n }) : '';
  const text = [model.notice, unmade].filter(Boolean).join(' · ');
  if (model.notice) return { kind: '', text, missing: n > 0 };
  // It stays when there are picks: the sheet must not move under the pointer at the first one.
  if (model.phase === 'held' && model.count(DONE))
    return { kind: 'call', text: `${say('held')} ${unmade}`.trim(), missing: n > 0 };
  return n ? { kind: '', text, missing: true } : null;
}
