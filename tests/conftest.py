"""Loads the pack as `pack`, the way the host does, whatever the checkout is called."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent


def load(alias: str, folder: Path) -> None:
    spec = importlib.util.spec_from_file_location(
        alias, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None and spec.loader is not None, f"no package at {folder}"
    module = importlib.util.module_from_spec(spec)
    sys.modules[alias] = module
    spec.loader.exec_module(module)


load("pack", ROOT)
load("rig", ROOT / "tools" / "rig")  # boots real hosts; see tools/rig/__init__.py
load("fire", ROOT / "tools" / "fire")  # kills, starves and damages them
load("speed", ROOT / "tools" / "speed")  # the parts of tools/bench.py
load("demo_model", ROOT / "tools" / "demo_model")  # trains the demo model

# A few examples a property, the same every time, so that all of core is tested in seconds;
# PROOFSHEET_FUZZ=long tries ten thousand others.
COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "database": None}

settings.register_profile("short", max_examples=30, derandomize=True, **COMMON)
settings.register_profile("long", max_examples=10_000, **COMMON)
settings.load_profile(os.environ.get("PROOFSHEET_FUZZ", "short"))
