"""What this process knows of stored frames that it has checked, until their files change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

INDEX_SIZE = 8192


@dataclass(frozen=True)
class Stored:
    """What the store knows of a frame without decoding its picture."""

    id: str
    width: int
    height: int
    recipe: Mapping[str, Any]
    facts: Mapping[str, Any]

    @property
    def is_strict(self) -> bool:
        """Sampled alone, so bit-equal to its recipe (not only within rounding)."""
        return self.facts.get("rows") == 1

    @property
    def latent(self) -> str | None:
        """The ending of the latent's file; None if the frame was an image."""
        return next((e for e in self.facts["files"] if e.endswith(".safetensors")), None)


Marks = Mapping[str, tuple[int, ...]]
"""Ending -> what tells that a file is as it was: what a check is remembered by."""


class Index:
    """Frames already checked, by path: bounded, shared by threads. `losses` counts the frames
    found gone, damaged or failed; the Sweep Sampler's fingerprint includes it, so that the
    host's cache does not stand between a lost frame and making it again."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.checked: OrderedDict[str, tuple[Marks, Stored]] = OrderedDict()
        self.reported: OrderedDict[str, None] = OrderedDict()
        self.spoilt: OrderedDict[str, tuple[int, ...]] = OrderedDict()
        self.losses = 0

    def get(self, path: Path) -> tuple[Marks, Stored] | None:
        with self.lock:
            return self.checked.get(str(path))

    def put(self, path: Path, marks: Marks, stored: Stored) -> None:
        with self.lock:
            self.checked[str(path)] = (marks, stored)
            while len(self.checked) > INDEX_SIZE:
                self.checked.popitem(last=False)

    def report(self, path: str) -> bool:
        """True the first time a damaged file is reported."""
        with self.lock:
            first = path not in self.reported
            self.reported[path] = None
            while len(self.reported) > INDEX_SIZE:
                self.reported.popitem(last=False)
            return first

    def spoil(self, path: Path, mark: tuple[int, ...]) -> None:
        """The file as it is now can be checked, but not be decoded."""
        with self.lock:
            self.spoilt[str(path)] = mark
            while len(self.spoilt) > INDEX_SIZE:
                self.spoilt.popitem(last=False)

    def is_spoilt(self, path: Path, mark: tuple[int, ...]) -> bool:
        with self.lock:
            return self.spoilt.get(str(path)) == mark

    def lose(self) -> None:
        with self.lock:
            self.losses += 1


index = Index()
