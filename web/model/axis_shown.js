/* One axis in the Sweep's face: what it is called, its values, where they come from and go. */

import { figure, say } from '../common/texts.js';

/** @typedef {import('./axes_told.js').ToldAxis} ToldAxis */
/** @typedef {import('./axes_told.js').Fault} Fault */
/** @typedef {{key: string, name: string, count: string, values: string, where: string,
 *   whole: string, side: string, bad: boolean, spoken: string}} AxisShown
 *   `whole`: where, with every target by its name */

const SEEDS = ['seed', 'noise_seed'];

/** @param {ToldAxis} axis @param {Fault | null} fault @returns {AxisShown} */
export function axisShown(axis, fault) {
  const bad = isBad(axis, fault);
  const n = number(axis.count);
  const values = valuesOf(axis, bad);
  const whole = whereOf(axis, axis.targets.map(targetOf).join(', '));
  const side = axis.place && say(axis.place === 'rows' ? 'sideRows' : 'sideColumns');
  const name = axis.name;
  return {
    key: axis.key,
    name,
    count: bad && axis.count === null ? '–' : n,
    values,
    where: whereOf(axis, shortTargets(axis)),
    whole,
    side,
    bad,
    spoken: [say('axisSpoken', { name, n, values }), whole, side].filter(Boolean).join('. '),
  };
}

/** With signs between thousands; `?`: not known. @param {number | null} n */
export const number = (n) => (n === null ? '?' : figure(n));

/** @param {ToldAxis} axis @param {Fault | null} fault */
function isBad({ key, source }, fault) {
  if (fault?.kind === 'line') return source.kind === 'line' && source.line === fault.line;
  if (fault?.kind === 'value') return source.kind === 'node' && source.id === fault.id;
  return (
    fault?.kind === 'pair' && fault.lengths.some((each) => each.key === key && isLong(fault, each))
  );
}

/** @param {Extract<Fault, {kind: 'pair'}>} fault @param {{count: number}} axis */
const isLong = ({ lengths }, { count }) => count > Math.min(...lengths.map((each) => each.count));

/** Consecutive seeds as the first and the last. @param {ToldAxis} axis @param {boolean} bad */
function valuesOf({ values, more, targets }, bad) {
  if (!values.length) return bad && !targets.length ? say('noMatch') : '';
  const all = values.every((value) => /^\d+$/.test(value));
  const follow = (/** @type {string} */ value, /** @type {number} */ i) =>
    !i || BigInt(value) === BigInt(values[i - 1]) + 1n;
  if (!more && values.length > 2 && all && values.every(follow))
    return `${values[0]} – ${values.at(-1)}`;
  return [...values, ...(more ? ['…'] : [])].join(', ');
}

/** The axis that a faulty line was meant to be.
 * @param {import('./mended_line.js').LineFault} fault @returns {ToldAxis} */
export function faultyAxis({ line, text }) {
  const name = targetIn(text).split('.').at(-1)?.trim() ?? '';
  const source = { kind: /** @type {'line'} */ ('line'), line, text };
  const unknown = { count: null, values: [], more: null, targets: [] };
  return { key: text, name, source, ...unknown, place: '' };
}

/** @param {string} line */
const targetIn = (line) => line.split('=')[0].trim();

/** @param {ToldAxis} axis @param {string} to */
function whereOf({ source }, to) {
  if (source.kind === 'line') {
    return `${say('byAddress')} → ${to || targetIn(source.text)}`;
  }
  const from = source.title;
  return to ? `${from} → ${to}` : from;
}

/** @param {ToldAxis} axis */
function shortTargets({ targets }) {
  if (targets.length < 2) return targets.map(targetOf).join('');
  const seeds = targets.every(({ input }) => SEEDS.includes(input));
  return say(seeds ? 'nStages' : 'nInputs', { n: targets.length });
}

/** @param {{title: string, input: string}} target */
const targetOf = ({ title, input }) => (title ? `${title}.${input}` : input);
