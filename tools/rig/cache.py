"""Where things are kept between runs, and the rule that only one run installs at a time."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path


class RigError(Exception):
    """A step that failed: which step, what went wrong, what to do about it."""

    def __init__(self, step: str, fault: str, advice: str):
        super().__init__(f"{step} failed: {fault}\nWhat to do: {advice}")


def say(text: str) -> None:
    print(text, flush=True)


def cache_folder() -> Path:
    chosen = os.environ.get("PROOFSHEET_CACHE")
    folder = Path(chosen).expanduser().resolve() if chosen else _platform_cache() / "proofsheet"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        advice = "set PROOFSHEET_CACHE to a folder that can be written, with 3 GB free."
        raise RigError(f"Making the cache folder {folder}", str(error), advice) from error
    return folder


def _platform_cache() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def remove(folder: Path) -> None:
    """Remove a half-made folder: out of the way first, so that nobody can mistake it for whole."""
    if not folder.exists():
        return
    doomed = folder.with_name(f"{folder.name}.old{os.getpid()}")
    folder.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


@contextlib.contextmanager
def one_installer() -> Iterator[None]:
    """Held while anything in the cache is made; the system releases it if the process dies.

    Not to be taken twice by one process: it would wait for itself.
    """
    with open(cache_folder() / "installing.lock", "a+b") as file:
        if not _try_lock(file.fileno()):
            say("Another run is installing; waiting for it to finish ...")
            while not _try_lock(file.fileno()):
                time.sleep(0.5)
        try:
            yield
        finally:
            _unlock(file.fileno())


if sys.platform == "win32":
    import msvcrt

    def _try_lock(file: int) -> bool:
        os.lseek(file, 0, os.SEEK_SET)
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try_lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
