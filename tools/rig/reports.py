"""What the test runners counted, read from the JUnit files that all of them can write."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{skipped}"


def read_junit(file: Path) -> Count:
    """A runner that died before writing its file has counted nothing; its exit status tells."""
    try:
        cases = list(ElementTree.parse(file).iter("testcase"))
    except (OSError, ElementTree.ParseError):
        return Count()
    failed = sum(_has(case, "failure") or _has(case, "error") for case in cases)
    skipped = sum(_has(case, "skipped") for case in cases)
    return Count(len(cases) - failed - skipped, failed, skipped)


def _has(case: ElementTree.Element, tag: str) -> bool:
    return case.find(tag) is not None
