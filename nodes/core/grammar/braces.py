r"""Braces and wildcards in a text.

{a|b}              one of them                     {2$$a|b|c}           every two of them: a, b
{0.5::a|3::b}      with weights                    {1-2$$ and $$a|b|c}  one or two: a and b
__animals/cats__   the lines of that list          {2$$__cats__}        every two of its lines
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ..errors import LINE_ENDS
from .cursor import BLANK, Cursor
from .patterns import Choice, Pattern, Pick, Piece

NO_HOLES: Mapping[str, str] = {}
MAX_DEPTH = 50
MAX_PICKED = 100
MAX_PICKS = 1_000_000  # how many are picked, times how many there are

Wildcard = Callable[[Cursor, str, int, int], Choice]
"""Gives the choice that a name stands for, which is written from one place of a text to another."""

_NAME = (
    r"(?![\s_])(?:(?:[^\n{}|<>$_]|_(?!_)){1,200}?(?<!\s)"
    r"|(?:[^\s{}|<>$_]|_(?!_)|(?<=\w)__+(?=\w)){1,200}?)"
)
# A weight may touch it: {3::__name__|b}, (__name__:1.2).
WILDCARD = rf"(?<![\w\\])(?:(?<!:)|(?<=::))(?P<kept>\\*)__(?P<name>{_NAME})__(?!\w|:(?![-+.0-9]))"
_SIGN = re.compile(rf"(?P<slashes>\\*)(?P<sign>[{{}}|])|{WILDCARD}")
_MARK = re.compile(r"[{}]|__")
_TAG = re.compile(rf"<[^\s<>][^<>{LINE_ENDS}]{{0,300}}>")
_LONGEST_TAG = 300
_UNDERSCORES = re.compile(r"(?<![\w\\])__\Z")
_SAMPLER = re.compile(r"[~@!](?=[^\s|}])")
_REPEATED = re.compile(r"(?<!\w)[0-9]+(?:-[0-9]+)?#\Z")

_HEAD = re.compile(
    r"\s*(?P<least>[0-9]{0,4})(?P<to>-?)(?P<most>[0-9]{0,4})\$\$"
    r"(?:(?P<joint>[^{}|$]*|\s*\|\s*)\$\$)?"
)
_NO_HEAD = re.compile(r"[\s0-9@~!.,-]*\$\$")
_WEIGHT = re.compile(r"\s*(\\*)([-+]?(?:[0-9]{1,20}(?:[.,][0-9]{0,20})?|\.[0-9]{1,20}))\s*::\s*")
_SMALL = re.compile(r"(?=.*[1-9])([0-9]{0,6})(?:\.([0-9]{0,6}))?")
EVEN = 10**6  # the weight of an option that has none written


@dataclass
class _Group:
    """What stands between one pair of braces, as it is read. A weight of 0: none is written."""

    start: int
    head: re.Match[str] | None = None
    options: list[list[Piece]] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)

    def patterns(self) -> tuple[Pattern, ...]:
        return tuple(map(_pattern, self.options))


class Reader:
    r"""Reads stretches of a text into one pattern.

    pattern = (text | choice | wildcard | '{' pattern '}')*
    choice = '{' [head] option ('|' option)* '}'; option = [weight '::'] pattern
    head = (number | [number] '-' [number]) '$$' [joint '$$']; wildcard = '__' name '__'

    Braces with neither bar nor head nor weight stay as they are, so that JSON can be a prompt. A
    backslash keeps a sign literal: \{ \} \__name__, and in braces \| and \2::. A name in braces
    that is in `holes` becomes its text.
    """

    def __init__(self, cursor: Cursor, holes: Mapping[str, str], wildcard: Wildcard) -> None:
        self._cursor = cursor
        self._holes = holes
        self._wildcard = wildcard
        self._groups = [_Group(0, options=[[]])]
        self._named_to = -1  # where the last wildcard ends

    def read(self, start: int, end: int) -> None:
        source = self._cursor.source
        if len(self._groups) == 1 and _MARK.search(source, start, end) is None:
            self.add(source[start:end])
            return
        while found := _SIGN.search(source, start, end):
            self.add(source[start : found.start()])
            start = self._named(found) if found["name"] else self._signed(found, end)
        self.add(source[start:end])

    def add(self, text: str) -> None:
        if text := text.replace(BLANK, ""):
            self._groups[-1].options[-1].append(text)

    def finish(self) -> Pattern:
        if self._inside:
            opened = self._groups[-1].start
            raise self._cursor.fail(r"This { is never closed; write \{ for a brace itself", opened)
        return _pattern(self._groups[0].options[0])

    @property
    def _inside(self) -> bool:
        return len(self._groups) > 1

    def _named(self, found: re.Match[str]) -> int:
        """What __name__ stands for; itself if a backslash keeps it or it stands in <..>."""
        source, start, end = self._cursor.source, found.end("kept"), found.end()
        slashes = found["kept"]
        self._named_to = end
        if _is_in_a_tag(found):
            self.add(found[0])
        elif len(slashes) % 2:
            self.add(slashes[: len(slashes) // 2] + source[start:end])
        else:
            self.add(slashes[: len(slashes) // 2])
            if repeated := _REPEATED.search(source, max(0, start - 12), start):
                number = repeated[0][:-1]
                message = f"Write {{{number}$${source[start:end]}}} for {number} of its lines"
                raise self._cursor.fail(message, repeated.start(), end)
            choice = self._wildcard(self._cursor, found["name"], start, end)
            self._check_depth(len(self._groups) - 1 + choice.depth, start, end)
            self._groups[-1].options[-1].append(choice)
        return end

    def _signed(self, found: re.Match[str], end: int) -> int:
        """Goes on behind a brace or a bar, and what belongs to it."""
        slashes, sign, after = found["slashes"], found["sign"], found.end()
        if sign == "|" and not self._inside:
            self.add(found[0])
        elif len(slashes) % 2:
            self.add(slashes[: len(slashes) // 2] + sign)
        else:
            self.add(slashes[: len(slashes) // 2])
            if sign == "{":
                return self._open(after - 1, end)
            if sign == "|":
                return self._option(after, end)
            self._close(after)
        return after

    def _open(self, start: int, end: int) -> int:
        cursor, after = self._cursor, start + 1
        head = self._groups[-1].head
        if cursor.source[start - 1 : start] == "$" and not (head and head.end() == start):
            message = r"Variables are not read: write the words themselves, or $\{..\} to keep it"
            raise cursor.fail(message, start - 1, after)
        if start != self._named_to and _UNDERSCORES.search(cursor.source, max(0, start - 3), start):
            message = (
                "The name of a list has no braces: {__a__|__b__} is a line of one or the other"
            )
            raise cursor.fail(message, start - 2, after)
        self._check_depth(len(self._groups), start, after)
        group = _Group(start, _HEAD.match(cursor.source, after, end))
        if group.head and (group.head["least"] or group.head["most"]):
            after = group.head.end()
        elif wrong := _NO_HEAD.match(cursor.source, after, end):
            message = "Expected how many before $$, such as {2$$a|b|c} or {1-2$$a|b|c}"
            raise cursor.fail(message, *wrong.span())
        else:
            group.head = None
        self._groups.append(group)
        return self._option(after, end)

    def _option(self, start: int, end: int) -> int:
        weight, (after, _) = weighed(self._cursor, start, end)
        self._groups[-1].weights.append(weight)
        self._groups[-1].options.append([])
        return after

    def _close(self, end: int) -> None:
        """What stands in the braces that end here: a choice, a hole, or text with braces."""
        if not self._inside:
            message = r"This } closes nothing; write \} for a brace itself"
            raise self._cursor.fail(message, end - 1, end)
        group = self._groups.pop()
        around, pieces = self._groups[-1].options[-1], group.options[0]
        sampler = _SAMPLER.match(self._cursor.source, group.start + 1)
        if sampler and len(group.options) > 1:
            message = f"{sampler[0]} is not read here: leave it out, or write a space before it"
            raise self._cursor.fail(message, *sampler.span())
        if group.head:
            around.append(self._picked(group, group.head, end))
        elif len(group.options) > 1 or group.weights[0]:
            around.append(Choice(group.patterns(), evened(group.weights)))
        elif len(pieces) == 1 and isinstance(pieces[0], str) and pieces[0].strip() in self._holes:
            around.append(self._holes[pieces[0].strip()])
        else:
            around.extend(["{", *pieces, "}"])

    def _picked(self, group: _Group, head: re.Match[str], end: int) -> Pick:
        """Some of the options, or of those of the only one."""
        options, weights = group.patterns(), evened(group.weights)
        lone = [p for p in options[0].pieces if not (isinstance(p, str) and not p.strip())]
        if len(options) == 1 and len(lone) == 1 and type(lone[0]) is Choice:
            options, weights = lone[0].options, lone[0].weights
        least = int(head["least"] or 1)
        most = int(head["most"] or len(options)) if head["to"] else least
        if least > len(options):
            message = f"Only {len(options)} to pick from"
        elif not 0 < most <= MAX_PICKED:
            message = f"At least 1 and at most {MAX_PICKED} are picked at once, not {most}"
        elif least > most:
            message = "The smaller number stands first"
        elif most * len(options) > MAX_PICKS:
            message = f"To pick {most} at once, at most {MAX_PICKS // most:,} to pick from"
        else:
            joint = ", " if head["joint"] is None else head["joint"].replace(BLANK, "")
            return Pick(options, weights, least, min(most, len(options)), joint)
        raise self._cursor.fail(message, group.start, end)

    def _check_depth(self, depth: int, start: int, end: int) -> None:
        if depth > MAX_DEPTH:
            message = f"Braces in braces, more than {MAX_DEPTH} deep"
            raise self._cursor.fail(message, start, end)


def weighed(cursor: Cursor, start: int, end: int) -> tuple[int, tuple[int, int]]:
    """The weight written before an option, 0 if there is none, and where the option stands."""
    found = _WEIGHT.match(cursor.source, start, end)
    if found is None or found[1]:
        return 0, (found.start(1) + 1 if found else start, end)
    small = _SMALL.fullmatch(found[2])
    if small is None:
        message = r"A weight is above 0, with up to 6 digits before and after the point"
        raise cursor.fail(message, *found.span(2))
    return int((small[1] or "0") + (small[2] or "").ljust(6, "0")), (found.end(), end)


def evened(weights: Sequence[int]) -> tuple[int, ...]:
    """The weights of options; none at all if none is written."""
    return tuple(weight or EVEN for weight in weights) if any(weights) else ()


def literal(text: str) -> str:
    """The text with every brace and every wildcard in it kept."""

    def kept(found: re.Match[str]) -> str:
        if found["sign"] == "|" or found["name"] and _is_in_a_tag(found):
            return found[0]
        slashes = found["slashes"] or found["kept"] or ""
        return slashes + "\\" + found[0]

    return _SIGN.sub(kept, text)


def _is_in_a_tag(found: re.Match[str]) -> bool:
    """Whether it stands in <..>."""
    tag = found.string.rfind("<", max(0, found.start() - _LONGEST_TAG), found.start())
    closed = _TAG.match(found.string, tag) if tag >= 0 else None
    return closed is not None and closed.end() > found.start()


def read_pattern(
    cursor: Cursor,
    lines: Sequence[tuple[int, int]],
    wildcard: Wildcard,
    holes: Mapping[str, str] = NO_HOLES,
) -> Pattern:
    """The pattern of these stretches of the text, one a line."""
    reader = Reader(cursor, holes, wildcard)
    for place, (start, end) in enumerate(lines):
        reader.add("\n" * bool(place))
        reader.read(start, end)
    return reader.finish()


def _pattern(pieces: Sequence[Piece]) -> Pattern:
    """The pieces, the texts among them that follow each other as one."""
    merged: list[Piece] = []
    for is_text, run in groupby(pieces, lambda piece: isinstance(piece, str)):
        if is_text:
            merged.append("".join(map(str, run)))
        else:
            merged.extend(run)
    return Pattern(tuple(merged))
