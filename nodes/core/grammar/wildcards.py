"""Wildcards: `__name__` stands for the lines of the list of that name, in which braces, weights and
further wildcards are read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ..errors import LINE_ENDS, ProofsheetError
from ..limits import MAX_TEXT
from .braces import Reader, Wildcard, evened, weighed
from .comments import without_comments
from .cursor import Cursor, few, lines_of, short, trim
from .flags import check_flags
from .patterns import Choice, Pattern

Lists = Mapping[str, Sequence[str]]
"""The lines of each list, by its name. Reading one may raise ProofsheetError."""

MAX_DEPTH = 20

_PLAIN = re.compile(rf"[^{{}}|\\_/#$:{LINE_ENDS}\ud800-\udfff—–-]*")  # most lines are


class Wildcards:
    """The choices that names stand for, each read once, when it is met."""

    def __init__(self, lists: Lists) -> None:
        self._lists = lists
        self._read: dict[str, tuple[Choice, int]] = {}
        self._open: dict[str, int] = {}  # what is being read, and how deep lists go in it so far

    def choice(self, cursor: Cursor, written: str, start: int, end: int) -> Choice:
        name = written.replace("\\", "/")
        if name in self._open:
            circle = " > ".join([*self._open, name])
            raise cursor.fail(f"This list leads back to itself: {circle}", start, end)
        if name not in self._read and len(self._open) < MAX_DEPTH:
            lines = self._lines(cursor, written, start, end)
            self._open[name] = 0
            choice = _choice(lines, f"__{name}__", self.choice)
            self._read[name] = choice, 1 + self._open.pop(name)
        choice, depth = self._read.get(name, (Choice(()), 1))
        if len(self._open) + depth > MAX_DEPTH:
            raise cursor.fail(f"Lists in lists, more than {MAX_DEPTH} deep", start, end)
        if not choice.options:
            raise cursor.fail(f"The list {name!r} has no lines", start, end)
        if self._open:
            outer = next(reversed(self._open))
            self._open[outer] = max(self._open[outer], depth)
        return choice

    def _lines(self, cursor: Cursor, written: str, start: int, end: int) -> Sequence[str]:
        name = written.replace("\\", "/")
        try:
            if name in self._lists:
                return self._lists[name]
        except ProofsheetError as error:
            raise cursor.fail(str(error), start, end) from None
        if "*" in name:
            message = "One list is named at a time: {__a__|__b__} takes from one or the other"
            raise cursor.fail(message, start, end)
        if name[0] in "~@!":
            raise cursor.fail(f"{name[0]} is not read here: leave it out", start, end)
        if ".." in name.split("/"):
            raise cursor.fail("A list is named from its folder down, without ..", start, end)
        known = [*self._lists]
        there = f"there are {few(name, known)}" if known else "there are none"
        message = f"No list {short(name)} in a wildcards folder ({there}): put {name}.txt there"
        raise cursor.fail(rf"{message}, or write \__{written}__ to keep it", start, end)


def _choice(lines: Sequence[str], where: str, wildcard: Wildcard) -> Choice:
    """One of the lines of a list: line = [weight '::'] text; an item of several lines is one."""
    options: list[Pattern] = []
    weights: list[int] = []
    for number, line in enumerate(lines, start=1):
        if _PLAIN.fullmatch(line) and len(line) <= MAX_TEXT:
            if text := trim(line):
                options.append(Pattern((text,)))
                weights.append(0)
            continue
        cursor = without_comments(Cursor(line, f"{where}, line {number}"))
        stretches = [span for span in lines_of(cursor) if span[0] < span[1]]
        if stretches:
            weight, stretches[0] = weighed(cursor, *stretches[0])
            weights.append(weight)
            options.append(_option(cursor, stretches, wildcard))
    return Choice(tuple(options), evened(weights))


def _option(cursor: Cursor, stretches: Sequence[tuple[int, int]], wildcard: Wildcard) -> Pattern:
    reader = Reader(cursor, {}, wildcard)
    for place, (start, end) in enumerate(stretches):
        check_flags(cursor, start, end)
        reader.add(" " * bool(place))
        reader.read(start, end)
    return reader.finish()
