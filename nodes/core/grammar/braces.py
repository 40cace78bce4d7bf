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

    pieces: tuple[Piece, ...] = ()

    @property
    def factors(self) -> list[int]:
        return [piece.count for piece in self.pieces if isinstance(piece, Choice)]

    @property
    def count(self) -> int:
        return reduce(lambda product, factor: min(UNCOUNTED, product * factor), self.factors, 1)

    def texts(self) -> Iterator[str]:
        """The texts in it, in its choices too."""
        for piece in self.pieces:
            if isinstance(piece, str):
                yield piece
            else:
                yield from chain.from_iterable(option.texts() for option in piece.options)

    def forms(self) -> list[str]:
        """Every form of the text: the last choice changes fastest."""
        return _forms(self.pieces)


Piece = str | Choice


def factors_in_words(factors: Sequence[int]) -> str:
    """How a count comes about: 2 x 3 x 4"""
    words = [amount(factor) for factor in factors if factor != 1]
    return " x ".join(words if len(words) <= 8 else [*words[:8], f"… ({len(words)} braces)"]) or "1"


def _forms(pieces: Sequence[Piece]) -> list[str]:
    if not pieces:
        return [""]
    if len(pieces) == 1:
        piece = pieces[0]
        if isinstance(piece, str):
            return [piece]
        return [form for option in piece.options for form in _forms(option.pieces)]
    # Halving keeps a text of many braces from being copied once for each of them.
    half = len(pieces) // 2
    after = _forms(pieces[half:])
    # Spaces on both sides of a brace count once: a { very | } big house.
    trimmed = [form.lstrip(" ") for form in after]
    return [
        left + right
        for left in _forms(pieces[:half])
        for right in (trimmed if left.endswith(" ") else after)
    ]


class _Group:
    """What stands between one pair of braces, as it is read."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.options: list[list[Piece]] = [[]]

    def patterns(self) -> tuple[Pattern, ...]:
        """The options, in each of them the texts that follow each other as one."""
        patterns: list[Pattern] = []
        for pieces in self.options:
            merged: list[Piece] = []
            for is_text, run in groupby(pieces, lambda piece: isinstance(piece, str)):
                if is_text:
                    merged.append("".join(map(str, run)))
                else:
                    merged.extend(run)
            patterns.append(Pattern(tuple(merged)))
        return tuple(patterns)


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
            if len(self._groups) > MAX_DEPTH:
                message = f"Braces in braces, more than {MAX_DEPTH} deep"
                raise self._cursor.fail(message, position, position + 1)
            self._groups.append(_Group(position))
        elif sign == "|":
            self._groups[-1].options.append([])
        elif self._inside:
            self._close()
        else:
            message = r"This } closes nothing; write \} for a brace itself"
            raise self._cursor.fail(message, position, position + 1)

    def _close(self) -> None:
        """What stands in the braces that end here: a choice, a hole, or text with braces."""
        group = self._groups.pop()
        around, pieces = self._groups[-1].options[-1], group.options[0]
        if len(group.options) > 1:
            around.append(Choice(group.patterns()))
        elif len(pieces) == 1 and isinstance(pieces[0], str) and pieces[0].strip() in self._holes:
            around.append(self._holes[pieces[0].strip()])
        else:
            around.extend(["{", *pieces, "}"])


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
