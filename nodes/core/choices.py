"""Inputs that take one of a few words, and numbers that must be numbers.

Hosts before 0.8 pass on whatever a program sends for a combo, and replace what they do not know.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from .errors import ProofsheetError


def check(name: str, values: Iterable[Any], allowed: Sequence[str]) -> None:
    """`values` are what arrived for the input. None stands for what is not known yet: a link."""
    for value in values:
        if value is not None and value not in allowed:
            choices = ", ".join(allowed)
            raise ProofsheetError(f"{name} is {str(value)[:80]!r}; it must be one of {choices}")


def check_finite(name: str, values: Iterable[Any]) -> None:
    for value in values:
        if isinstance(value, float) and not math.isfinite(value):
            raise ProofsheetError(f"{name} is {value}; it must be a number")
