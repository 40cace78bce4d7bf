/* What is to be said of frames: their values, what all share, and what differs between some. */

import { say } from '../common/texts.js';
import { written } from './labels.js';

/** @typedef {import('./sweep.js').Frame} Frame */
/** @typedef {import('./sweep.js').Sweep} Sweep */
/** @typedef {[string, string]} Fact */

/** Values and how each is written. @param {Record<string, unknown>} values
 * @param {import('./labels.js').Labels} labels @returns {Fact[]} */
const facts = (values, labels) =>
  Object.entries(values).map(([name, value]) => [name, written(name, value, labels)]);

/** What varies in the sweep. @param {Frame} frame @returns {Fact[]} */
export const own = (frame) =>
  facts(frame.values, frame.labels).map(([name, text]) => [
    name,
    name === 'prompt' && frame.prompt ? `${frame.prompt}  ${text}` : text,
  ]);

/** What all share: also its seed, if it is one of them. @param {Frame} frame
 * @param {Sweep | null} sweep @returns {Fact[]} */
const constants = ({ seed }, sweep) =>
  sweep ? facts(sweep.constants, { ...sweep.labels, ...(seed === null ? {} : { seed }) }) : [];

/** @param {Frame} frame */
const size = (frame) => (frame.width ? `${frame.width} × ${frame.height}` : '');

/** @param {Frame} frame @param {Sweep | null} sweep @returns {Fact[]} */
export function shared(frame, sweep) {
  /** @type {Fact[]} */
  const found = [
    [say('negative').toLowerCase(), frame.negative],
    ...constants(frame, sweep),
    [say('size'), size(frame)],
  ];
  return found.filter(([, text]) => text);
}

/**
 * Everything of a frame, each under a name.
 * @param {Frame} frame
 * @param {Sweep | null} sweep
 * @returns {Map<string, string>}
 */
const all = (frame, sweep) =>
  new Map([
    ['prompt', frame.positive],
    ['negative', frame.negative],
    ['seed', frame.seed ?? ''],
    ...constants(frame, sweep),
    ...facts(frame.values, frame.labels).filter(([name]) => name !== 'prompt' && name !== 'seed'),
    [say('size'), size(frame)],
  ]);

/** Only the parameters that differ, and how many do not.
 * @param {Frame[]} frames @param {Sweep | null} sweep
 * @returns {{rows: [string, string[]][], same: Fact[]}} */
export function differences(frames, sweep) {
  const facts = frames.map((frame) => all(frame, sweep));
  const names = [...new Set(facts.flatMap((each) => [...each.keys()]))];
  const rows = names.map(
    (name) => /** @type {[string, string[]]} */ ([name, facts.map((each) => each.get(name) ?? '')]),
  );
  const differ = (/** @type {[string, string[]]} */ [, values]) =>
    values.some((value) => value !== values[0]);
  return {
    rows: rows.filter(differ),
    same: rows.filter((row) => !differ(row) && row[1][0]).map(([name, [value]]) => [name, value]),
  };
}
