"""Files of the output folder that are not the store's."""

from __future__ import annotations

from pathlib import Path

import folder_paths

from ...core.errors import ProofsheetError
from .store import SHEETS, SUBFOLDER


def place(relative: str) -> Path:
    """Where a file with this name goes. Raises ProofsheetError outside the output folder, and in
    the folders whose oldest files the store removes."""
    output = Path(folder_paths.get_output_directory()).resolve()
    path = (output / relative).resolve()
    if not path.is_relative_to(output) or path == output:
        raise ProofsheetError(f"filename_prefix: {relative!r} is outside the output folder")
    folded = path.relative_to(output).as_posix().casefold()  # some disks tell no capitals apart
    for own in (SUBFOLDER, SHEETS):
        if f"{folded}/".startswith(f"{own}/"):
            message = f"filename_prefix: {own} is the store's own folder: write another name"
            raise ProofsheetError(message)
    return path
