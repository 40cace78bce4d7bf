"""Keeping the store under its cap: which frames go first, and the litter of killed servers."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ...core.grammar.picks import ID_LENGTH

LEFTOVER_SECONDS = 3600


class Used(NamedTuple):
    last: float  # when the frame was last used
    size: int
    picked: bool
    id: str


def evict(root: Path, cap: int, keep: Collection[str], remove: Callable[[str], None]) -> int:
    """Remove the least recently used frames that nobody picked until the rest fits. Returns how
    many went."""
    frames = sorted(_frames(root))
    total = sum(frame.size for frame in frames)
    gone = 0
    for frame in frames:
        if total <= cap:
            break
        if not frame.picked and frame.id not in keep:
            remove(frame.id)
            total, gone = total - frame.size, gone + 1
    return gone


def clear_leftovers(root: Path) -> None:
    """Half-written files of a server that was killed; younger ones may still be written. One
    from the future is as old: the clock was set back."""
    for partial in root.glob("*/.*.part"):
        with contextlib.suppress(OSError):
            if abs(time.time() - partial.stat().st_mtime) > LEFTOVER_SECONDS:
                partial.unlink()


def _frames(root: Path) -> Iterator[Used]:
    now = time.time()
    for folder in root.glob("[0-9a-f][0-9a-f]"):
        entries: dict[str, list[os.DirEntry]] = {}
        with contextlib.suppress(OSError):
            if folder.is_symlink():
                continue  # not ours to tidy
            for entry in os.scandir(folder):
                entries.setdefault(entry.name.partition(".")[0], []).append(entry)
        for frame_id, files in entries.items():
            if len(frame_id) == ID_LENGTH and set(frame_id) <= set("0123456789abcdef"):
                yield _usage(frame_id, files, now)


def _usage(frame_id: str, files: Sequence[os.DirEntry], now: float) -> Used:
    used, size, picked = 0.0, 0, False
    for entry in files:
        with contextlib.suppress(OSError):
            stat = entry.stat(follow_symlinks=False)
            # A stamp from the future says only that the clock was set back: it counts as now.
            used, size = max(used, min(stat.st_mtime, now)), size + stat.st_size
            picked = picked or entry.name.endswith(".picked")
    return Used(used, size, picked, frame_id)
