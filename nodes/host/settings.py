"""The pack's settings: an environment variable wins over ComfyUI's settings file."""

from __future__ import annotations

import contextlib
import json
import logging
import math
import os
from pathlib import Path

import folder_paths

from ..core.limits import MAX_CELLS, STORE_GIB

log = logging.getLogger("proofsheet")


def max_cells() -> int:
    """The most cells a sweep may have."""
    return int(_number("PROOFSHEET_MAX_CELLS", "Proofsheet.MaxCells", MAX_CELLS))


def store_bytes() -> int:
    """The size the store is kept under; 0 means no cap."""
    return int(_number("PROOFSHEET_STORE_GIB", "Proofsheet.StoreGiB", STORE_GIB) * 2**30)


def _number(variable: str, setting: str, default: float) -> float:
    path = Path(folder_paths.get_user_directory()) / "default" / "comfy.settings.json"
    saved = None
    with contextlib.suppress(OSError, ValueError, AttributeError):
        saved = json.loads(path.read_text(encoding="utf-8")).get(setting)
    for origin, value in ((variable, os.environ.get(variable)), (setting, saved)):
        if value in (None, ""):
            continue
        try:
            number = float(value)
        except (TypeError, ValueError):
            number = math.nan
        if math.isfinite(number) and number >= 0:
            return number
        log.warning(
            "%s is %r; it must be a number of at least 0. Using %g.", origin, value, default
        )
    return default
