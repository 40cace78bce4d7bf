"""Braces in a text: {a|b} stands for every form of it, nested braces too, in the order written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import chain, groupby

from .cursor import Cursor, amount

SIGNS = "{}"
UNCOUNTED = 10**18  # a count above it is not told apart from it
MAX_DEPTH = 50

_SIGN = re.compile(r"(\\*)([{}|])")


@dataclass(frozen=True)
class Choice:
    """{a|b}: one of the options."""

    options: tuple[Pattern, ...]

    @property
    def count(self) -> int:
        return min(UNCOUNTED, sum(option.count for option in self.options))


@dataclass(frozen=True)
class Pattern:
    """Text and choices, one after the other."""

    parts: tuple[Part, ...] = ()

    @property
    def factors(self) -> list[int]:
        return [part.count for part in self.parts if isinstance(part, Choice)]

    @property
    def count(self) -> int:
        return reduce(lambda product, factor: min(UNCOUNTED, product * factor), self.factors, 1)

    def texts(self) -> Iterator[str]:
        """The pieces of text in it, in its choices too."""
        for part in self.parts:
            if isinstance(part, str):
                yield part
            else:
                yield from chain.from_iterable(option.texts() for option in part.options)

    def forms(self) -> list[str]:
        """Every form of the text: the last choice changes fastest."""
        return _forms(self.parts)


Part = str | Choice


def factors_in_words(factors: Sequence[int]) -> str:
    """How a count comes about: 2 x 3 x 4"""
    words = [amount(factor) for factor in factors if factor != 1]
    return " x ".join(words if len(words) <= 8 else [*words[:8], f"… ({len(words)} braces)"]) or "1"


def _forms(parts: Sequence[Part]) -> list[str]:
    if not parts:
        return [""]
    if len(parts) == 1:
        part = parts[0]
        if isinstance(part, str):
            return [part]
        return [form for option in part.options for form in _forms(option.parts)]
    # Halving keeps a text of many braces from being copied once for each of them.
    half = len(parts) // 2
    after = _forms(parts[half:])
    return [_joined(left, right) for left in _forms(parts[:half]) for right in after]


def _joined(left: str, right: str) -> str:
    """Spaces on both sides of a brace count once: a { very | } big house."""
    if left.endswith(" ") and right.startswith(" "):
        return left + right.lstrip(" ")
    return left + right


class _Group:
    """What stands between one pair of braces, as it is read."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.options: list[list[Part]] = [[]]

    def patterns(self) -> tuple[Pattern, ...]:
        return tuple(Pattern(tuple(_merged(parts))) for parts in self.options)


def _merged(parts: Sequence[Part]) -> Iterator[Part]:
    for is_text, run in groupby(parts, lambda part: isinstance(part, str)):
        alike = list(run)
        yield from ["".join(map(str, alike))] if is_text else alike


class Reader:
    r"""Reads stretches of a text into one pattern.

    pattern = (text | choice | '{' pattern '}')*; choice = '{' pattern ('|' pattern)+ '}'

    Braces without a bar stay as they are, so that JSON can be a prompt. A backslash keeps a brace
    literal, and in braces a bar: \{ \} \|. A name in braces that is in `holes` becomes its text.
    """

    def __init__(self, cursor: Cursor, holes: Mapping[str, str]) -> None:
        self._cursor = cursor
        self._holes = holes
        self._groups = [_Group(0)]

    def read(self, start: int, end: int) -> None:
        source = self._cursor.source
        position = start
        for found in _SIGN.finditer(source, start, end):
            slashes, sign = found.groups()
            self.add(source[position : found.start()])
            position = found.end()
            if sign == "|" and not self._inside:
                self.add(found[0])
            elif len(slashes) % 2:
                self.add(slashes[: len(slashes) // 2] + sign)
            else:
                self.add(slashes[: len(slashes) // 2])
                self._sign(sign, found.end() - 1)
        self.add(source[position:end])

    def add(self, text: str) -> None:
        if text:
            self._groups[-1].options[-1].append(text)

    def finish(self) -> Pattern:
        if self._inside:
            opened = self._groups[-1].start
            raise self._cursor.fail(r"This { is never closed; write \{ for a brace itself", opened)
        return self._groups[0].patterns()[0]

    @property
    def _inside(self) -> bool:
        return len(self._groups) > 1

    def _sign(self, sign: str, position: int) -> None:
        if sign == "{":
            self._open(position)
        elif sign == "|":
            self._groups[-1].options.append([])
        elif self._inside:
            self._close()
        else:
            message = r"This } closes nothing; write \} for a brace itself"
            raise self._cursor.fail(message, position, position + 1)

    def _open(self, position: int) -> None:
        if len(self._groups) > MAX_DEPTH:
            message = f"Braces in braces, more than {MAX_DEPTH} deep"
            raise self._cursor.fail(message, position, position + 1)
        self._groups.append(_Group(position))

    def _close(self) -> None:
        group = self._groups.pop()
        self._groups[-1].options[-1].extend(self._closed(group))

    def _closed(self, group: _Group) -> Sequence[Part]:
        if len(group.options) > 1:
            return [Choice(group.patterns())]
        parts = group.options[0]
        if len(parts) == 1 and isinstance(parts[0], str) and parts[0].strip() in self._holes:
            return [self._holes[parts[0].strip()]]
        return ["{", *parts, "}"]


def read_pattern(
    cursor: Cursor, lines: Sequence[tuple[int, int]], holes: Mapping[str, str] | None = None
) -> Pattern:
    """The pattern of these stretches of the text, one a line."""
    reader = Reader(cursor, holes or {})
    for index, (start, end) in enumerate(lines):
        if index:
            reader.add("\n")
        reader.read(start, end)
    return reader.finish()
