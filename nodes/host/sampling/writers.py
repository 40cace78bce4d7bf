"""Frames written on threads while the next batch is sampled.

At most WAITING wait there, so memory does not grow with the sweep; what is told of them is told on
the thread that samples.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from ..store.atomic_files import StorageError
from .failures import describe

log = logging.getLogger("proofsheet")

T = TypeVar("T")
R = TypeVar("R")

THREADS = 2
WAITING = 16


class Writers(Generic[T, R]):
    """`write` runs on the threads; `stored` and `failed` are called in the order items were added.
    Leaving it waits for what is under way, whatever went wrong. `refused`: the disk takes no
    more."""

    def __init__(
        self,
        write: Callable[[T], R],
        stored: Callable[[T, R], None],
        failed: Callable[[T, str], None],
    ) -> None:
        self.write, self.stored, self.failed = write, stored, failed
        self.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="proofsheet-writer")
        self.pending: list[tuple[T, Future[R]]] = []
        self.refused: StorageError | None = None

    def __enter__(self) -> Writers[T, R]:
        return self

    def __exit__(self, *_error: object) -> None:
        self.threads.shutdown(wait=True)
        self._announce(0)

    def add(self, item: T) -> None:
        """Write it soon; waits while too many are under way."""
        self.pending.append((item, self.threads.submit(self.write, item)))
        self._announce(WAITING)

    def poll(self) -> None:
        """Tell of what was written meanwhile."""
        self._announce(WAITING)

    def _announce(self, waiting: int) -> None:
        """Report what is written, in order; wait until at most `waiting` are under way."""
        while self.pending and (len(self.pending) > waiting or self.pending[0][1].done()):
            item, future = self.pending.pop(0)
            error = future.exception()
            if error is None:
                self.stored(item, future.result())
                continue
            log.error("A frame could not be stored: %s", error)
            log.debug("storing failed", exc_info=error)
            if isinstance(error, StorageError):
                self.refused = error
            self.failed(item, f"it could not be stored: {describe(error)}")
