"""The texts that people write: prompts, seeds, values, picks, file names. Faults carry a caret."""
