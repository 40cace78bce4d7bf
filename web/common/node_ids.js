/* The ids under which the host knows the pack's nodes: those of nodes/core/node_ids.py that the
   page asks for. */

export const SEED_SWEEP = 'ProofsheetSeedSweep';
export const PROMPT_BATCH = 'ProofsheetPromptBatch';
export const SWEEP_VALUES = 'ProofsheetValues';
export const SWEEP_ROWS = 'ProofsheetRows';
export const SWEEP = 'ProofsheetSweep';
export const SWEEP_SAMPLER = 'ProofsheetSweepSampler';
export const CONTACT_SHEET = 'ProofsheetContactSheet';
export const UNPACK_FRAMES = 'ProofsheetUnpackFrames';
