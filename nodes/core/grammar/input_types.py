"""What the inputs of nodes take, and a value with the type of the input that it reaches."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Final, TypeAlias, TypeGuard

from ..errors import ProofsheetError
from .cursor import MAX_DIGITS, NUMBER, few, short, trim

Scalar: TypeAlias = str | int | float | bool

WIDGETS: Final = frozenset({"STRING", "INT", "FLOAT", "BOOLEAN", "COMBO"})
ANY: Final = frozenset({"*", "", "None"})  # a type that takes all, or none declared

_TRUTHS = {"true": True, "True": True, "false": False, "False": False}
_JSON_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")


@dataclass(frozen=True)
class InputType:
    """What an input takes, as its class declares it. A `type` that is not one of WIDGETS is that of
    a link, or undeclared. No choices allow anything. `is_open`: the class itself judges what is out
    of range or none of the choices."""

    type: str
    low: float | None = None
    high: float | None = None
    choices: tuple[Any, ...] = ()
    is_open: bool = False

    @property
    def takes_values(self) -> bool:
        """Whether a value makes sense in the place of a link to it."""
        is_widget = not (WIDGETS | ANY).isdisjoint(self.type.split(","))
        return is_widget or self.type.startswith("COMFY_")

    @cached_property
    def options(self) -> Mapping[str, list[Scalar]]:
        """The choices by their texts, in order; 8 and "8" share one."""
        found: dict[str, list[Scalar]] = {}
        for choice in self.choices:
            if can_be_written(choice):
                found.setdefault(as_text(choice), []).append(choice)
        return found

    def option(self, value: Scalar) -> Scalar | None:
        """The choice that is the value, else one that is written like it."""
        number = as_number(value)
        texts = [as_text(each) for each in (value, number) if each is not None]
        found = next((self.options[text] for text in texts if text in self.options), [])
        same = (choice for choice in found if type(choice) is type(value))
        is_free = self.is_open or not self.choices
        return next(same, found[0] if found else value if is_free else None)

    def has_room_for(self, number: float) -> bool:
        """Whether a number is in the range."""
        low, high = self.low, self.high
        is_inside = (low is None or low <= number) and (high is None or number <= high)
        return self.is_open or is_inside

    def in_words(self, given: str = "") -> str:
        """What it takes, for a message; of many choices those that are nearest to what is given."""
        if self.type == "COMBO":
            return f"one of {few(given, [*self.options])}"
        if self.type not in ("INT", "FLOAT"):
            words = {"STRING": "a text", "BOOLEAN": "true or false"}
            return words.get(self.type, "a number, true, false or a text")
        words = "a whole number" if self.type == "INT" else "a number"
        to = "up to" if self.low is None else "to"
        for word, bound in (("from", self.low), (to, self.high)):
            if bound is not None:
                words += f" {word} " + (f"{int(bound):,}" if bound % 1 == 0 else f"{bound:g}")
        return words


TEXT: Final = InputType("STRING")


def typed(value: object, kind: InputType) -> Scalar:
    """The value with the type of the input that it reaches, as the host would hold it. Raises
    ProofsheetError, which says what is expected, for one that the input does not take."""
    found = _typed(value, kind) if can_be_written(value) else None
    if found is None:
        is_long = isinstance(value, int) and not can_be_written(value)
        given = "a number of too many digits" if is_long else repr(value)[:80]
        expected = kind.in_words(value if isinstance(value, str) else "")
        raise ProofsheetError(f"Expected {expected}, not {given}")
    return found


def _typed(value: Scalar, kind: InputType) -> Scalar | None:
    if kind.type == "STRING":
        return as_text(value)
    if kind.type == "BOOLEAN":  # the host would take any other text for true
        return value if isinstance(value, bool) else _TRUTHS.get(as_text(value))
    if kind.type == "COMBO":
        return kind.option(value)
    if kind.type in ("INT", "FLOAT"):
        number = as_number(value)
        if number is None or not kind.has_room_for(number):
            return None
        return float(number) if kind.type == "FLOAT" else number if number % 1 == 0 else None
    if not isinstance(value, str) or len(value) > MAX_DIGITS:
        return value
    if value in ("true", "false"):
        return value == "true"
    return as_number(value) if _JSON_NUMBER.fullmatch(value) else value


def meant(value: Scalar, kind: InputType) -> Sequence[Scalar]:
    """What a value that somebody wrote stands for in an input. A text with a star is a pattern for
    its choices, unless one is written like that. Raises ProofsheetError if it fits none."""
    options = kind.options
    if not isinstance(value, str) or "*" not in value or not options or value in options:
        return [typed(value, kind)]
    found = [choice for text in options if fits(value, text) for choice in options[text]]
    if not found:
        raise ProofsheetError(f"{short(value)} fits none of {few(value, [*options])}")
    return found


def as_text(value: Scalar) -> str:
    """A value as it is written: true, 7, 7.5"""
    if isinstance(value, bool):
        return str(value).lower()
    is_whole = isinstance(value, float) and value.is_integer()
    return str(int(value) if is_whole else value)


def as_number(value: Scalar) -> int | float | None:
    """The number that a value is or that a text says, whole ones with every digit."""
    if isinstance(value, bool):
        return None
    if not isinstance(value, str):
        return int(value) if value % 1 == 0 else value
    written = trim(value)
    if len(written) > MAX_DIGITS or not NUMBER.fullmatch(written):
        return None
    exact = Fraction(written)
    if abs(exact) > sys.float_info.max:
        return None
    number = exact.numerator if exact.denominator == 1 else float(exact)
    return None if number == 0 != exact else number


def label(value: object) -> str:
    """A value as its axis tells it: a float keeps its point."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def can_be_written(value: object) -> TypeGuard[Scalar]:
    """Whether a widget could hold it: a text, true or false, a number that is one."""
    if isinstance(value, int | float):
        return abs(value) <= sys.float_info.max  # which NaN is not
    return isinstance(value, str)


def fits(pattern: str, text: str) -> bool:
    """Whether the text is the pattern, with anything at all for each star in it; it has one."""
    first, *middle, last = pattern.split("*")
    place, end = len(first), len(text) - len(last)
    if place > end or not text.startswith(first) or not text.endswith(last):
        return False
    for piece in middle:
        place = text.find(piece, place, end) + len(piece)
        if place < len(piece):
            return False
    return True
