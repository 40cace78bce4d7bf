"""What a process has taken of the machine, as Linux tells it."""

from __future__ import annotations

import os
from pathlib import Path

CAN_TELL = Path("/proc/self/stat").exists()


def cpu_seconds(pid: int) -> float:
    """Of all its threads, since it began."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """MiB in memory now."""
    return _status(pid, "VmRSS")


def most_resident(pid: int) -> float:
    """The most MiB it ever had in memory."""
    return _status(pid, "VmHWM")


def _status(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:")) / 1024
