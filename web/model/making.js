/* Frames that are made on purpose, and no others. */

import { changed, idle, openSweeps } from './api_graphs.js';

/** @typedef {import('./api_graphs.js').Api} Api */

/**
 * The graph that makes some frames of one sweep, and none of the sweeps before it.
 * @param {Api} api
 * @param {{sheet: string, sweep: string}} at
 * @param {string} make in the grammar of picks
 * @param {(sheet: string) => boolean | undefined} isOpen
 */
export function making(api, { sheet, sweep }, make, isOpen) {
  const others = openSweeps(api, sheet, isOpen).filter((id) => id !== sweep);
  return changed(idle(api, others), { [sweep]: { make } });
}
