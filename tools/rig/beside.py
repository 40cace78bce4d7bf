"""Modules that lie beside a test: pytest's importlib mode puts no folder on the path."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path


def load_beside(file: str, *names: str) -> None:
    """Lets the tests of this file's folder import these modules of it."""
    for name in names:
        spec = importlib.util.spec_from_file_location(name, Path(file).with_name(f"{name}.py"))
        assert spec is not None and spec.loader is not None
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
