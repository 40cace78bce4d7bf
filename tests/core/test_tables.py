"""What stands in one table stands nowhere else: ids, statuses, the joint of names, limits."""

from __future__ import annotations

import ast
import re
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest
from pack.nodes.core import limits, node_ids
from pack.nodes.core.axes import JOINT
from pack.nodes.core.frames import Status

ROOT = Path(__file__).resolve().parents[2]
NAMED = {name: value for name, value in vars(node_ids).items() if name.isupper()}
IDS = set(NAMED.values())
TABLES = {
    "core/node_ids.py": IDS,
    "core/frames.py": set(typing.get_args(Status)),
    "core/axes.py": {JOINT},
}


def texts(path: Path) -> Iterator[str]:
    """The texts in a file's code: no docstrings, and no keys, which are names of fields."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    keys = {id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys}
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in keys | said:
            yield node.value


@pytest.mark.parametrize("table", TABLES)
def test_it_stands_in_one_table(table):
    nodes = ROOT / "nodes"
    others = [path for path in nodes.rglob("*.py") if path != nodes / table]
    found = [(path.name, text) for path in others for text in texts(path) if text in TABLES[table]]
    assert found == []
    assert set(texts(nodes / table)) >= TABLES[table]


def test_the_ids_differ():
    assert len(IDS) == len(NAMED) >= 8 and all(text.startswith("Proofsheet") for text in IDS)


@pytest.mark.parametrize(
    ("name", "default"), [("MOST_CELLS", limits.MAX_CELLS), ("STORE_GIB", limits.STORE_GIB)]
)
def test_the_page_shows_the_defaults_that_hold(name, default):
    """A script cannot read Python, so the page writes them down once more."""
    script = (ROOT / "web" / "host" / "settings.js").read_text(encoding="utf-8")
    shown = re.search(rf"const {name} = (\d+);", script)
    assert shown is not None and int(shown[1]) == default
