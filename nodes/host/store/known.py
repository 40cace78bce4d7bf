"""What this process knows of stored frames that it has checked, until their files change."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from ...core.plan.frame_texts import Facts
from ...core.plan.recipe import RUN, Recipe, planned_id
from .atomic_files import FileIdentity

MAX_FRAMES = 8192  # in one store
MAX_STORES = 16

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Stored:
    """What the store knows of a frame without decoding its picture."""

    id: str
    width: int
    height: int
    recipe: Recipe
    facts: Facts

    @property
    def is_strict(self) -> bool:
        """Sampled alone, so bit-equal to its recipe (not only within rounding)."""
        return self.facts.get("rows") == 1

    @property
    def planned_id(self) -> str:
        """The id of its cell in a plan: another than its own where it is volatile."""
        return planned_id(self.recipe, self.facts.get("fingerprints", {}))

    @property
    def is_volatile(self) -> bool:
        return RUN in self.facts.get("fingerprints", {})

    @property
    def latent(self) -> str | None:
        """The ending of the latent's file; None if the frame was an image."""
        return next((e for e in self.facts["files"] if e.endswith(".safetensors")), None)


Identities = Mapping[str, FileIdentity]
"""Ending -> the file as it was when it was checked, or written."""


class Known:
    """The checked frames of one store, by id: bounded, shared by threads. `losses` counts the
    frames found gone, damaged or failed; the fingerprints of sweeps and sheets include it, so that
    the host's cache does not stand between a lost frame and making it again."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.checked: OrderedDict[str, tuple[Identities, Stored]] = OrderedDict()
        self.reported: OrderedDict[str, None] = OrderedDict()
        self.spoilt: OrderedDict[str, FileIdentity] = OrderedDict()
        self.losses = 0

    def get(self, frame_id: str) -> tuple[Identities, Stored] | None:
        with self.lock:
            return self.checked.get(frame_id)

    def put(self, stored: Stored, identities: Identities) -> None:
        with self.lock:
            _put(self.checked, stored.id, (identities, stored), MAX_FRAMES)

    def report(self, frame_id: str) -> bool:
        """True the first time a damaged frame is reported."""
        with self.lock:
            first = frame_id not in self.reported
            _put(self.reported, frame_id, None, MAX_FRAMES)
            return first

    def spoil(self, frame_id: str, picture: FileIdentity) -> None:
        """The picture as it is now can be checked, but not be decoded."""
        with self.lock:
            _put(self.spoilt, frame_id, picture, MAX_FRAMES)

    def is_spoilt(self, frame_id: str, picture: FileIdentity) -> bool:
        with self.lock:
            return self.spoilt.get(frame_id) == picture

    def lose(self) -> None:
        with self.lock:
            self.losses += 1


_stores: OrderedDict[Path, Known] = OrderedDict()
_stores_lock = threading.Lock()


def known(root: Path) -> Known:
    """What is known of the store in a folder: the same for everybody who asks."""
    with _stores_lock:
        found = _stores.pop(root.absolute(), None) or Known()
        _put(_stores, root.absolute(), found, MAX_STORES)
        return found


def _put(entries: OrderedDict[K, V], key: K, value: V, most: int) -> None:
    """Put in, and let go of the oldest entries beyond `most`."""
    entries[key] = value
    while len(entries) > most:
        entries.popitem(last=False)
