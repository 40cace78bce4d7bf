/* Time and room, in words; how much of a run is left. */

import { say } from '../common/texts.js';

/** @param {number} seconds */
export function duration(seconds) {
  if (seconds < 100) return say('aboutSeconds', { s: Math.max(1, Math.round(seconds)) });
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return say('aboutMinutes', { m: minutes });
  return say('aboutHours', { h: Math.round(minutes / 60) });
}

/** @param {number} bytes */
export const size = (bytes) =>
  bytes < 1e9
    ? say('megabytes', { n: Math.max(1, Math.round(bytes / 1e6)) })
    : say('gigabytes', { n: (bytes / 1e9).toFixed(1) });

/** What making takes, as far as it is known.
 * @param {{seconds: number | null, bytes: number | null}} estimate */
export const cost = ({ seconds, bytes }) => [
  seconds === null ? say('timeUnknown') : duration(seconds),
  ...(bytes === null ? [] : [size(bytes)]),
];

/** What is left of a run, and its step. @param {import('./progress.js').Run | null} run */
export function left(run) {
  if (!run || run.share <= 0) return [];
  const seconds = ((Date.now() - run.started) / 1000) * (1 / run.share - 1);
  const rest =
    seconds < 100
      ? say('left', { s: Math.max(1, Math.round(seconds)) })
      : say('leftMinutes', { m: Math.round(seconds / 60) });
  const step = run.numbers.size ? say('step', { step: run.step, steps: run.steps }) : '';
  return [run.share > 0.04 ? rest : '', step].filter(Boolean);
}
