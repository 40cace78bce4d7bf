"""Inputs that take one of a few words, or a number of a range.

ComfyUI checks what is written into a widget (words only since 0.8), and nothing that comes over a
link. A value that a stock KSampler would refuse must not become a recipe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .errors import ProofsheetError


@dataclass(frozen=True)
class Numbers:
    """The numbers that an input takes, both ends included."""

    low: int
    high: int
    whole: bool = True

    def __contains__(self, value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return self.low <= value <= self.high and (not self.whole or value % 1 == 0)

    def __str__(self) -> str:
        return f"a {'whole ' * self.whole}number from {self.low:,} to {self.high:,}"


@dataclass(frozen=True)
class Words:
    """The words that an input takes."""

    words: Sequence[str]

    def __contains__(self, value: Any) -> bool:
        return isinstance(value, str) and value in self.words

    def __str__(self) -> str:
        return f"one of {', '.join(self.words)}"


Allowed = Numbers | Words


def check(name: str, values: Sequence[Any], allowed: Allowed) -> None:
    """`values` are what arrived for the input. Raises ProofsheetError for the first that is not
    allowed, and if there is none at all."""
    if not values:
        raise ProofsheetError(f"{name} has no value: the list that it is linked to is empty")
    for value in values:
        if value not in allowed:
            raise ProofsheetError(f"{name} is {repr(value)[:80]}; it must be {allowed}")


def check_written(inputs: Mapping[str, Sequence[Any]], allowed: Mapping[str, Allowed]) -> None:
    """Before the run: None stands for what is not known yet, a link."""
    for name, values in inputs.items():
        known = [value for value in values if value is not None]
        if known:
            check(name, known, allowed[name])


def one(name: str, values: Sequence[Any]) -> Any:
    """The value of an input that is the same for the whole run."""
    if len(values) != 1:
        raise ProofsheetError(f"{name} takes one value; the list it is linked to has {len(values)}")
    return values[0]
