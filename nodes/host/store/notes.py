"""What a store remembers beside its frames: a line a file, with a hash over it and its key.

Nothing here is needed. What is lost, damaged or of somebody else is as if it had not been noted.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .atomic_files import file_identity, put
from .integrity import data_hash

MOST = 20_000  # files of one folder
MAX_BYTES = 128
MAX_VALUES = 2**16  # bytes of a note of values
MAX_ROWS = 2**16
MAX_SIZE = 2**50  # bytes of one frame
KEY = re.compile(r"[0-9a-f]{16,64}")
NAME_LENGTH = 32
ROWS, RUNS, COSTS, VALUES = "rows", "runs", "costs", "values"


class Notes:
    """The notes of one store. Keys are hexadecimal digests."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def rows(self, key: str) -> int | None:
        noted = self._read(ROWS, key)
        with contextlib.suppress(ValueError):
            [count] = map(int, noted)
            return count if 0 < count <= MAX_ROWS else None
        return None

    def remember_rows(self, key: str, count: int) -> None:
        self._write(ROWS, key, count)

    def run(self, planned_id: str) -> str | None:
        """What is said to be the frame: whoever believes it has looked at its recipe."""
        noted = self._read(RUNS, planned_id)
        return noted[0] if len(noted) == 1 else None

    def remember_run(self, planned_id: str, frame_id: str) -> None:
        self._write(RUNS, planned_id, frame_id)

    def cost(self, shape: str) -> tuple[float, int] | None:
        noted = self._read(COSTS, shape)
        with contextlib.suppress(ValueError):
            seconds, size = noted
            found = float(seconds), int(size)
            return found if 0 <= found[0] < math.inf and 0 <= found[1] <= MAX_SIZE else None
        return None

    def remember_cost(self, shape: str, seconds: float, size: int) -> None:
        """A running mean: half of what is known, half new."""
        known = self.cost(shape) or (seconds, size)
        self._write(COSTS, shape, (known[0] + seconds) / 2, (known[1] + size) // 2)

    def values(self, key: str) -> list[Any] | None:
        """Texts and numbers."""
        noted = self._read(VALUES, key, MAX_VALUES)
        with contextlib.suppress(ValueError, RecursionError):
            found = json.loads(" ".join(noted))
            if isinstance(found, list) and all(isinstance(v, str | int | float) for v in found):
                return found
        return None

    def remember_values(self, key: str, values: Sequence[Any]) -> None:
        with contextlib.suppress(ValueError):  # not a number
            text = json.dumps([*values], allow_nan=False)
            if len(text) <= MAX_VALUES - MAX_BYTES:
                self._write(VALUES, key, text)

    def trim(self) -> None:
        """In every folder the oldest beyond MOST go."""
        for folder in (self.root / name for name in (ROWS, RUNS, COSTS, VALUES)):
            with contextlib.suppress(OSError):
                if folder.is_symlink():  # it may lead anywhere
                    continue
                found = [each for each in os.scandir(folder) if KEY.fullmatch(each.name)]
                if len(found) <= MOST:
                    continue
                ours = [each for each in found if each.is_file(follow_symlinks=False)]
                ours.sort(key=lambda each: -each.stat(follow_symlinks=False).st_mtime_ns)
                for each in ours[MOST:]:
                    os.unlink(each.path)

    def _read(self, folder: str, key: str, most: int = MAX_BYTES) -> list[str]:
        """The words noted; [] if there are none that can be believed."""
        path = self._path(folder, key)
        with contextlib.suppress(OSError, UnicodeDecodeError):
            file_identity(path)
            with path.open("rb") as file:
                text, _, check = file.read(most).decode("ascii").rpartition(" ")
            if check == data_hash(f"{key} {text}".encode()):
                return text.split(" ")
        return []

    def _write(self, folder: str, key: str, *words: object) -> None:
        path, text = self._path(folder, key), " ".join(map(str, words))
        with contextlib.suppress(OSError):  # a convenience: it is found out again
            if not path.parent.is_symlink():
                put(path, f"{text} {data_hash(f'{key} {text}'.encode())}".encode())

    def _path(self, folder: str, key: str) -> Path:
        if not KEY.fullmatch(key):
            raise ValueError(f"not a key: {key!r}")
        return self.root / folder / key[:NAME_LENGTH]
