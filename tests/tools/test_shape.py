"""The measure of tools/shape.py, and what it must not rise above."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def shape():
    spec = importlib.util.spec_from_file_location("shape", ROOT / "tools" / "shape.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules["shape"] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


CODE = '''
def public(): return _once() + _twice() + _twice()
def _once(): return 1
def _twice(): return 2
class Thing:
    def method(self):
        """Read."""
        return self._own
    def _own(self):
        pass
    def __eq__(self, other): ...
'''


def test_what_is_counted(shape):
    found = list(shape.functions(ast.parse(CODE), "x.py"))
    assert {each.name: each.lines for each in found} == {
        "public": 1, "_once": 1, "_twice": 1, "method": 3, "_own": 2, "__eq__": 1,
    }  # fmt: skip
    assert [each.name for each in found if each.once] == ["_once", "_own"]


@pytest.mark.parametrize("folder", ["nodes/core", "nodes/host"])
def test_few_helpers_are_named_once_and_no_function_is_long(shape, folder):
    """A jump that the reader pays for, 27 and 33 % once; packaging has 15 %, krita 12 %."""
    found = shape.measured(ROOT / folder)
    assert found.share < 0.15, [f"{each.file} {each.name}" for each in found.once]
    assert [f"{each.file} {each.name}" for each in found.long] == []
    assert [file for file, lines in found.files.items() if lines > shape.LONG_FILE] == []
