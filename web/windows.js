/* The windows over the sheet: which command opens which. */

/** @typedef {{model: import('./model.js').SheetModel, files: import('./cell.js').Files, face: HTMLElement,
 *   ask: (name: string, index: number) => boolean, host: import('./host.js').Host}} Context */

/** @param {string} _name @param {number} _index @param {Context} _context @returns {boolean} */
export function openWindow(_name, _index, _context) {
  return false;
}
