"""A few hundred examples a property; PROOFSHEET_FUZZ=long makes it ten thousand."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

COMMON = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow], "database": None}

settings.register_profile("short", max_examples=200, derandomize=True, **COMMON)
settings.register_profile("long", max_examples=10_000, **COMMON)
settings.load_profile(os.environ.get("PROOFSHEET_FUZZ", "short"))
