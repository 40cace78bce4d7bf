/* The pack's settings in the host's dialog. */

export const ADVANCE = 'Proofsheet.AutoAdvance';
export const MAX_CELLS = 'Proofsheet.MaxCells';
export const MOST_CELLS = 4096; // as nodes/core/limits.py has it, and so the next
const STORE_GIB = 20;

/** @param {(advance: boolean) => void} onAdvance */
export const settings = (onAdvance) => [
  {
    id: MAX_CELLS,
    name: 'Most cells in a sweep',
    category: ['Proofsheet', 'Sweeps', 'MaxCells'],
    type: 'number',
    defaultValue: MOST_CELLS,
    attrs: { min: 1, step: 1 },
    tooltip: 'A sweep with more cells is refused before anything is sampled.',
  },
  {
    id: 'Proofsheet.StoreGiB',
    name: 'Size of the store in GiB',
    category: ['Proofsheet', 'Store', 'StoreGiB'],
    type: 'number',
    defaultValue: STORE_GIB,
    attrs: { min: 0, step: 1 },
    tooltip:
      'Above it, frames that nobody picked and nobody used for the longest time are deleted. ' +
      '0: no limit.',
  },
  {
    id: ADVANCE,
    name: 'Go to the next frame after a mark',
    category: ['Proofsheet', 'Contact Sheet', 'AutoAdvance'],
    type: 'boolean',
    defaultValue: false,
    tooltip: 'On: a mark moves the focus on, and Shift holds it still. Off: the other way round.',
    onChange: onAdvance,
  },
];
