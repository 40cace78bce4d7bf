/* A line of axes with another target in place of a faulty one. */

/** @typedef {Extract<import('./axes_told.js').Fault, {kind: 'line'}>} LineFault */

const QUOTED = /^\s*"(?:[^"\\]|\\.)*"/;

/** Where the equals sign of a line stands; -1: it has none. @param {string} line */
const equalsIn = (line) => line.indexOf('=', QUOTED.exec(line)?.[0].length ?? 0);

/** Whether the fault is in what the line names, and not in its values. @param {LineFault} fault */
export const isInTarget = ({ text, start }) => start < equalsIn(text);

/** @param {string} axes @param {LineFault} fault */
export const withSuggestion = (axes, { at, start, end, suggestion }) =>
  axes.slice(0, at + start) + suggestion + axes.slice(at + end);

/** @param {string} axes @param {LineFault} fault @param {string} address */
export const withTarget = (axes, { at, text }, address) =>
  `${axes.slice(0, at)}${address} ${axes.slice(at + equalsIn(text))}`;
