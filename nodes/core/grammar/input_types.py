from __future__ import annotations

from dataclasses import dataclass

from ..errors import ProofsheetError


@dataclass(frozen=True)
class InputType:
    type: str
    low: float | None = None
    high: float | None = None
    choices: tuple = ()


def typed(value, kind):
    if kind.choices and value not in kind.choices:
        raise ProofsheetError(f"{value!r} not in choices")
    if kind.low is not None and not kind.low <= value <= kind.high:
        raise ProofsheetError("range")
    return value
