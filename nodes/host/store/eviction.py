"""Keeping the store under its cap: what goes first, and the litter of killed servers."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

LEFTOVER_SECONDS = 3600
NAME = re.compile(r"[0-9a-f]{16}")  # of a frame, and of a printed sheet


class Used(NamedTuple):
    """A frame; or a printed sheet, which is one file: `path`."""

    last: float  # when it was last used
    size: int
    picked: bool
    name: str
    path: Path | None = None


def evict(
    root: Path, sheets: Path, cap: int, keep: Collection[str], remove: Callable[[str], None]
) -> int:
    """Remove the least recently used frames that nobody picked, and printed sheets, until the rest
    fits. Returns how many went."""
    entries = sorted([*_frames(root), *_printed(sheets)], key=lambda used: used[:-1])
    total = sum(used.size for used in entries)
    gone = 0
    for used in entries:
        if total <= cap:
            break
        if used.picked or used.name in keep:
            continue
        if used.path is None:
            remove(used.name)
        else:
            used.path.unlink(missing_ok=True)
        total, gone = total - used.size, gone + 1
    return gone


def clear_leftovers(root: Path, sheets: Path) -> None:
    """Half-written files of a server that was killed; younger ones may still be written. One
    from the future is as old: the clock was set back."""
    for partial in (*root.glob("*/.*.part"), *sheets.glob(".*.part")):
        with contextlib.suppress(OSError):
            if abs(time.time() - partial.stat().st_mtime) > LEFTOVER_SECONDS:
                partial.unlink()


def _printed(sheets: Path) -> Iterator[Used]:
    """Those of version 0.1, too, which had a file for every run."""
    ours = [] if sheets.is_symlink() else [p for p in sheets.glob("*.png") if p.is_file()]
    for path in ours:
        if NAME.fullmatch(path.stem) and not path.is_symlink():
            with contextlib.suppress(OSError):
                stat = path.stat()
                yield Used(min(stat.st_mtime, time.time()), stat.st_size, False, path.stem, path)


def _frames(root: Path) -> Iterator[Used]:
    now = time.time()
    for folder in root.glob("[0-9a-f][0-9a-f]"):
        entries: dict[str, list[os.DirEntry[str]]] = {}
        with contextlib.suppress(OSError):
            if folder.is_symlink():
                continue  # not ours to tidy
            for entry in os.scandir(folder):
                entries.setdefault(entry.name.partition(".")[0], []).append(entry)
        for frame_id, files in entries.items():
            if NAME.fullmatch(frame_id):
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
