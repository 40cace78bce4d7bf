"""A progress bar on one line, or now and then a line where the output is no terminal."""

from __future__ import annotations

import sys
import time


class Progress:
    def __init__(self, name: str, every: float = 30.0) -> None:
        self.name, self.started, self.shown = name, time.monotonic(), 0.0
        self.live = sys.stderr.isatty()
        self.every = 0.2 if self.live else every

    def show(self, share: float, note: str = "", force: bool = False) -> None:
        """`share` is what is done, 0 to 1."""
        now = time.monotonic()
        if not force and now - self.shown < self.every:
            return
        self.shown = now
        bar = "#" * round(24 * min(share, 1.0))
        seconds = now - self.started
        line = f"{self.name} [{bar:<24}] {share:5.1%} {seconds:6.0f} s  {note}"
        end = "" if self.live and not force else "\n"
        print(("\r" if self.live else "") + line, end=end, file=sys.stderr, flush=True)

    def done(self, note: str = "") -> None:
        self.show(1.0, note, force=True)
