"""The ids under which ComfyUI knows the pack's nodes. Workflows name them: they never change."""

from __future__ import annotations

from typing import Final

SEED_SWEEP: Final = "ProofsheetSeedSweep"
PROMPT_BATCH: Final = "ProofsheetPromptBatch"
SWEEP_VALUES: Final = "ProofsheetValues"
SWEEP_ROWS: Final = "ProofsheetRows"
SWEEP: Final = "ProofsheetSweep"
RUNNER: Final = "ProofsheetRunner"
SWEEP_SAMPLER: Final = "ProofsheetSweepSampler"
CONTACT_SHEET: Final = "ProofsheetContactSheet"
DRAW_SHEET: Final = "ProofsheetDrawSheet"
UNPACK_FRAMES: Final = "ProofsheetUnpackFrames"
SAVE_FRAMES: Final = "ProofsheetSaveFrames"
DEMO_MODEL: Final = "ProofsheetDemoModel"
