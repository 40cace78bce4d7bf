"""Long commands run with their output in a log and one line of progress on the screen."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from .cache import RigError, cache_folder, say

EVERY = 10.0  # seconds between two signs of life
TAIL = 12  # lines of the log shown when a step fails


def run_step(step: str, command: Sequence[str | Path], advice: str) -> None:
    """Run an installing command; its whole output goes to a log file named in the error."""
    log = cache_folder() / "logs" / f"{time.strftime('%Y%m%d-%H%M%S')}-{_slug(step)}.log"
    log.parent.mkdir(exist_ok=True)
    started = time.monotonic()
    say(f"{step} ...")
    with open(log, "w", encoding="utf-8") as file:
        code = _follow([str(part) for part in command], file)
    if code != 0:
        fault = f"the command ended with {code}.\n{_tail(log)}\nWhole output: {log}"
        raise RigError(step, fault, advice)
    say(f"{step}: done in {time.monotonic() - started:.0f} s")


def _follow(command: list[str], log: TextIO) -> int:
    started, latest = time.monotonic(), ["starting"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        reader = threading.Thread(target=_copy, args=(process.stdout, log, latest))
        reader.start()
        while reader.is_alive():
            reader.join(EVERY)
            if reader.is_alive():
                say(f"  {time.monotonic() - started:4.0f} s  {latest[0]}")
    return process.returncode


def _copy(lines: Iterable[str], log: TextIO, latest: list[str]) -> None:
    for line in lines:
        log.write(line)
        log.flush()
        if line.strip() and not line.startswith("WARNING"):
            latest[0] = line.strip()[:90]


def _slug(step: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in step.lower())[:40]


def _tail(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(f"  | {line}" for line in lines[-TAIL:])


def answers(command: Sequence[str | Path]) -> bool:
    """Whether a small command runs at all and succeeds."""
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, timeout=120)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def require_python() -> None:
    if sys.version_info < (3, 10):  # noqa: UP036 - whoever has an older one should be told
        found = ".".join(map(str, sys.version_info[:3]))
        advice = "run this command with Python 3.10 or newer."
        raise RigError("Checking Python", f"this is Python {found}", advice)
