"""Files written whole or not at all, and a disk that refuses put into words."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

FULL = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
CLOSED = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
TICK = 2 * 10**9  # nanoseconds: no file system's clock is coarser


class StorageError(OSError):
    """A folder takes no files, and will take the next as little: str() says what to do."""

    def __str__(self) -> str:
        return str(self.strerror)


class FileIdentity(NamedTuple):
    """What changes whenever a file does, even if its time stamp is set back."""

    inode: int
    changed: int
    modified: int
    size: int


def file_identity(path: Path) -> FileIdentity:
    """Raises OSError unless it is a plain file: a link may lead anywhere, and a pipe is never read
    to its end."""
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(f"{path.name} is no plain file")
    return FileIdentity(found.st_ino, found.st_ctime_ns, found.st_mtime_ns, found.st_size)


def put(path: Path, data: bytes) -> FileIdentity | None:
    """Write a file whole or not at all. Returns its identity; None if somebody has put another in
    its place already. Raises StorageError if its folder takes no files."""
    with _partial(path, data) as partial:
        written = file_identity(partial)
        os.replace(partial, path)
    with contextlib.suppress(OSError):
        now = file_identity(path)
        if now._replace(changed=written.changed) == written:  # renaming counts as a change
            return now
    return None


def put_new(path: Path, data: bytes) -> bool:
    """The same, but what is there stays: False if there is something."""
    with _partial(path, data) as partial:
        try:
            os.link(partial, path)
        except FileExistsError:
            return False
        except OSError:  # a file system without links
            if os.path.lexists(path):
                return False
            os.replace(partial, path)
    return True


@contextlib.contextmanager
def streamed(path: Path) -> Iterator[BinaryIO]:
    """A file written piece by piece: put in its place if the block ends without an error."""
    with _partial(path) as partial:
        with partial.open("wb") as file:
            yield file
        os.replace(partial, path)


def check_room(path: Path, size: int) -> None:
    """Raises OSError if a file of `size` bytes cannot be written there now."""
    with _partial(path, bytes(size)):
        pass


@contextlib.contextmanager
def _partial(path: Path, data: bytes = b"") -> Iterator[Path]:
    """The data under a temporary name beside `path`, which is gone afterwards."""
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(data)
        # Two changes within a tick of the clock leave one stamp. Set back by more than a tick, it
        # differs from that of any change to come.
        stamp = time.time_ns() - TICK
        with contextlib.suppress(OSError):
            os.utime(partial, ns=(stamp, stamp))
        yield partial
    except OSError as error:
        clearer = explained(error, path)
        if clearer is error:
            raise
        raise clearer from error
    finally:
        with contextlib.suppress(OSError):
            partial.unlink()


def explained(error: OSError, path: Path) -> OSError:
    """The error with what to do about it, where that is known."""
    if isinstance(error, StorageError):
        return error
    if error.errno in FULL:
        return StorageError(
            error.errno,
            f"the disk is full: {path.parent} takes no more files. Free some space there and run "
            "again; finished frames are kept",
        )
    if error.errno in CLOSED:
        return StorageError(
            error.errno,
            f"{path.parent} cannot be written to ({error.strerror}). Let ComfyUI write there, or "
            "start it with another --output-directory, and run again",
        )
    if path.is_dir() and not path.is_symlink():
        return OSError(error.errno, f"a folder stands where the file {path} belongs; remove it")
    return error
