/* Whether what is told as the prompt changes with an axis. */

/** @typedef {import('./axis_sources.js').AxisSources} AxisSources */

/** @param {AxisSources} found @param {string} _sweepId @returns {(key: string) => boolean} */
export function promptTeller(found, _sweepId) {
  return (key) => found.sources.get(key)?.name === 'prompt';
}
