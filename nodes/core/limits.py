"""What inputs take: a number of a range, or one of a few words. The table stands at the foot.

ComfyUI checks what is written into a widget (words only since 0.8), and nothing that comes over a
link. A value that a stock KSampler would refuse must not become a recipe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from .errors import ProofsheetError

Number = TypeVar("Number", int, float)


@dataclass(frozen=True)
class Numbers(Generic[Number]):
    """The numbers that an input takes, both ends included."""

    low: Number
    high: Number
    whole: bool = True

    def __contains__(self, value: object) -> bool:
        if isinstance(value, bool) or not isinstance(value, int | float):
            return False
        return self.low <= value <= self.high and (not self.whole or value % 1 == 0)

    def __str__(self) -> str:
        form = ",d" if self.whole else ",g"
        kind = "whole number" if self.whole else "number"
        return f"a {kind} from {self.low:{form}} to {self.high:{form}}"


@dataclass(frozen=True)
class Words:
    """The words that an input takes."""

    words: Sequence[str]

    def __contains__(self, value: object) -> bool:
        return isinstance(value, str) and value in self.words

    def __str__(self) -> str:
        return f"one of {', '.join(self.words)}"


Allowed = Numbers[int] | Numbers[float] | Words


def check(name: str, values: Sequence[object], allowed: Allowed) -> None:
    """`values` are what arrived for the input. Raises ProofsheetError for the first that is not
    allowed, and if there is none at all."""
    if not values:
        raise ProofsheetError(f"{name} has no value: the list that it is linked to is empty")
    for value in values:
        if value not in allowed:
            raise ProofsheetError(f"{name} is {repr(value)[:80]}; it must be {allowed}")


def check_written(inputs: Mapping[str, Sequence[object]], allowed: Mapping[str, Allowed]) -> None:
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


MAX_TEXT: Final = 200_000  # characters in one text; above that it is no longer written by hand
MAX_ITEMS: Final = 10_000  # values one text or widget may stand for
MAX_LONG_TEXT: Final = 20_000_000 + MAX_ITEMS  # of prompts or rows: 2,000 characters each
TABLE_COLUMNS: Final = 8  # of Sweep Rows: it has an output for each
MAX_CELLS: Final = 4096  # of a sweep, unless the settings say otherwise
STORE_GIB: Final = 20  # the store's cap, unless the settings say otherwise

SEED = Numbers(0, 2**64 - 1)
SEED_COUNT = Numbers(1, MAX_ITEMS)
SEED_MODE = Words(("consecutive", "random", "list"))
VARIANTS = Words(("all", "random"))
PROMPT_COUNT = Numbers(1, MAX_ITEMS)
VALUE_TYPE = Words(("float", "int", "text", "boolean"))

STEPS = Numbers(1, 10_000)
CFG = Numbers(0.0, 100.0, whole=False)
DENOISE = Numbers(0.0, 1.0, whole=False)
BATCH_SIZE = Numbers(0, 256)
EVERY_COMBINATION, PAIR_UP = "every combination", "pair up"
COMBINE = Words((EVERY_COMBINATION, PAIR_UP))

HOLD, PASS_ALL, FAIL = "hold", "pass all", "fail"
WHEN_EMPTY = Words((HOLD, PASS_ALL, FAIL))
COLUMNS = Numbers(0, 256)
CELL_SIZE = Numbers(64, 2048)
CAPTIONS = Words(("varying", "full", "none"))

FORMAT = Words(("png", "webp", "jpg"))
