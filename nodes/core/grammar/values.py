"""Lists of values for any widget: 4, 5.5, 7..9:0.5"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from ..errors import LINE_ENDS, ProofsheetError
from ..limits import MAX_ITEMS, VALUE_TYPE
from .cursor import (
    MAX_DIGITS,
    NUMBER,
    Cursor,
    Written,
    choice,
    counted,
    placed,
    short,
    trim,
    unescape,
)
from .input_types import InputType, Scalar, typed

T = TypeVar("T")

TYPES = VALUE_TYPE.words
EXAMPLE = "4, 5.5, 7..9:0.5"
SMALLEST, LARGEST = -(2**63), 2**64 - 1  # the whole numbers a widget can hold

_DOTS = re.compile(r"\s*\.\.\s*")
_COLON = re.compile(r"\s*:\s*")
_DASH = re.compile(r"\s*-\s*(?=[0-9.])")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_PLAIN = re.compile(rf"(?:[^,\\{LINE_ENDS}]|\\[,\\]?)*")


def value_list(values: str = EXAMPLE, type: str = "float") -> tuple[Scalar, ...]:
    """The values of a Sweep Values with these widgets."""
    choice(type, "type", TYPES)
    if type == "text":
        return texts(values)
    if type == "boolean":
        return truths(values)
    return whole_numbers(values) if type == "int" else floats(values)


def check_values(values: str | None = EXAMPLE, type: str | None = "float") -> None:
    """Raises what value_list would; None is a value that another node will give."""
    if type is not None:
        choice(type, "type", TYPES)
    if type is not None and values is not None:
        value_list(values, type)


def floats(text: str) -> tuple[float, ...]:
    """Each value is the float nearest to what is written, never a running sum."""
    return tuple(float(value) for run in _runs(text, whole=False) for value in run.value)


def whole_numbers(text: str) -> tuple[int, ...]:
    return tuple(int(value) for run in _runs(text, whole=True) for value in run.value)


def texts(text: str) -> tuple[str, ...]:
    return tuple(item.value for item in placed_texts(text))


def truths(text: str) -> tuple[bool, ...]:
    """Each value is true or false."""
    found: list[bool] = []
    for item in placed_texts(text):
        try:
            found.append(bool(typed(item.value, InputType("BOOLEAN"))))
        except ProofsheetError as error:
            raise Cursor(text).fail(str(error), *item.place) from None
    return tuple(found)


def placed_numbers(text: str) -> list[Written[tuple[float, ...]]]:
    """The numbers of each range, whole ones with every digit, and where it stands."""

    def plain(number: Fraction) -> float:
        return number.numerator if number.denominator == 1 else float(number)

    runs = _runs(text, whole=False)
    return [Written(tuple(map(plain, run.value)), *run.place) for run in runs]


def placed_texts(text: str) -> list[Written[str]]:
    """list = item ((',' | new line) item)*; item = quoted | plain"""
    cursor = Cursor(text)
    found: list[Written[str]] = []
    for item in placed(cursor, _text):
        if len(found) == MAX_ITEMS:
            raise cursor.fail(f"More than {MAX_ITEMS:,} values")
        found.append(item)
    return _some(cursor, found)


@dataclass(frozen=True)
class _Run:
    """Equally spaced numbers, both ends included where the step meets them."""

    first: Fraction
    last: Fraction
    step: Fraction

    @property
    def count(self) -> int:
        return int(abs(self.last - self.first) / abs(self.step)) + 1

    def __iter__(self) -> Iterator[Fraction]:
        step = abs(self.step) if self.last >= self.first else -abs(self.step)
        return (self.first + index * step for index in range(self.count))


def _runs(text: str, whole: bool) -> list[Written[_Run]]:
    """list = item ((',' | new line) item)*"""
    cursor = Cursor(text)
    runs = counted(cursor, lambda here: _run(here, whole), lambda run: run.count, "values")
    return _some(cursor, runs)


def _run(cursor: Cursor, whole: bool) -> _Run:
    """item = number ['..' number [':' step]]; without a step it is 1"""
    start = cursor.position
    first = last = _number(cursor, whole, "a number")
    step = Fraction(1)
    if cursor.take(_DASH):
        raise cursor.fail("Write a range of values with two dots: 7..9", start)
    if cursor.take(_DOTS):
        last = _number(cursor, whole, "the number that ends the range")
        if cursor.take(_COLON):
            step = _step(cursor, whole, last - first)
    return _Run(first, last, step)


def _step(cursor: Cursor, whole: bool, way: Fraction) -> Fraction:
    """step = number; its sign may be left out: 9..7:0.5 goes down"""
    start = cursor.position
    step = _number(cursor, whole, "the step of the range")
    if step == 0:
        raise cursor.fail("A step of 0 never arrives", start)
    if step < 0 < way:
        raise cursor.fail("This step leads away from the end of the range", start)
    return step


def _number(cursor: Cursor, whole: bool, what: str) -> Fraction:
    """number = ['+' | '-'] digits ['.' digits] ['e' exponent]"""
    start = cursor.position
    written = cursor.expect(NUMBER, what)[0]
    if len(written) > MAX_DIGITS:
        raise cursor.fail(f"A number of {len(written)} characters; at most {MAX_DIGITS}", start)
    number = Fraction(written)
    if not whole:
        try:
            lost = float(number) == 0 and number != 0
        except OverflowError:
            raise cursor.fail("Too large for a floating point number", start) from None
        if lost:
            raise cursor.fail("Too small for a floating point number", start)
    elif number.denominator != 1:
        raise cursor.fail(f"{short(written)} is not a whole number, and type is int", start)
    elif not SMALLEST <= number <= LARGEST:
        raise cursor.fail(f"{short(written)} is not between {SMALLEST} and {LARGEST}", start)
    return number


def _text(cursor: Cursor) -> str:
    r"""plain = anything up to ',' or the end of the line, `\,` being a comma

    quoted = '"' anything '"', also commas and new lines, `\"` being a quote
    """
    start = cursor.position
    if cursor.source.startswith('"', start):
        quoted = cursor.take(_QUOTED)
        if quoted is None:
            raise cursor.fail(r"This quote is never closed; write \" for a quote itself", start)
        return unescape(quoted[1] + '"', '"')[:-1]
    plain = cursor.expect(_PLAIN, "a value")[0]
    if not trim(plain):
        raise cursor.fail('Expected a value; write "" for an empty one')
    ends_at_comma = cursor.source.startswith(",", cursor.position)
    return trim(unescape(plain + ",", ',"')[:-1] if ends_at_comma else unescape(plain, ',"'))


def _some(cursor: Cursor, found: list[T]) -> list[T]:
    if not found:
        raise cursor.fail(f"Expected values, for example {EXAMPLE}", 0)
    return found
