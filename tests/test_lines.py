"""Lines of 100 in the page's files too: its formatter leaves comments and texts as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
FILES = [
    path
    for folder in ("web", "tests/web")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.suffix in {".js", ".css", ".ts"}
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_line_is_longer_than_100(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, start=1) if len(line) > 100] == []
