"""Lets tests of this folder import what lies beside this file."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

spec = importlib.util.spec_from_file_location("on_paper", Path(__file__).with_name("on_paper.py"))
assert spec is not None and spec.loader is not None
sys.modules["on_paper"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["on_paper"])
