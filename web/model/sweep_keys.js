/* The keys of the Sweep's face, as the keys view shows them. */

/** @type {Record<string, import('./commands.js').Shown[]>} */
export const SWEEP_KEYS = {
  keysMove: [
    { caps: 'Tab', help: 'keyNextPart' },
    { caps: '↑ ↓', help: 'keyAxis' },
  ],
  keysLook: [
    { caps: 'Enter', help: 'keyShowAxis' },
    { caps: '?', help: 'keyKeys' },
  ],
};
