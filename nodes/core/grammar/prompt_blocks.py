"""The lines and blocks of a text of prompts, with their fields; see prompts.py for an example."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from .braces import Wildcard, read_pattern
from .cursor import BLANK, Cursor, lines_of, one_line
from .flags import check_flags
from .patterns import Pattern

SEPARATOR = "---"
FIELDS = ("name", "negative")
# What other tools write at the head of a line; left in a prompt it could only be a mistake.
_OTHERS = (
    "prompt", "positive", "neg", "negative prompt", "seed", "seeds", "steps", "cfg", "cfg scale",
    "sampler", "scheduler", "denoise", "count", "template",
)  # fmt: skip

_FIELD = re.compile(rf"({'|'.join(FIELDS + _OTHERS)})\s*[:：]\s*", re.IGNORECASE)
_DASHES = re.compile(r"-{4,}$")
_ALONE = re.compile(r"(?-i:BREAK|AND)$")
_SIGN = re.compile(rf"-{{3,}}$|{_ALONE.pattern}|{_FIELD.pattern}", re.IGNORECASE)
_KEPT = re.compile(rf"\\+(?={_SIGN.pattern})", re.IGNORECASE)

Span = tuple[int, int]


@dataclass(frozen=True)
class Unit:
    """What one line or block says, and where."""

    body: Pattern
    negative: Pattern
    name: str
    span: Span

    @property
    def count(self) -> int:
        return (self.body.total * self.negative.total).count


def read_units(cursor: Cursor, wildcard: Wildcard) -> list[Unit]:
    """text = line* | block (separator block)*; separator = a line that is exactly '---'"""
    lines = list(lines_of(cursor))
    if not any(_written(cursor, line) == SEPARATOR for line in lines):
        return [_line(cursor, line, wildcard) for line in lines if line[0] < line[1]]
    runs = groupby(lines, lambda line: _written(cursor, line) == SEPARATOR)
    blocks = [_without_blank_ends(list(run)) for is_separator, run in runs if not is_separator]
    return [_block(cursor, block, wildcard) for block in blocks if block]


def kept(line: str) -> str:
    """The line with a backslash in front, if its beginning would otherwise mean something."""
    return "\\" + line if _SIGN.match(line.lstrip("\\")) else line


def _line(cursor: Cursor, line: Span, wildcard: Wildcard) -> Unit:
    """line = prompt"""
    field = _FIELD.match(cursor.source, *line)
    if field and field[1].lower() in FIELDS:
        message = rf"{field[1]}: belongs to a block; put --- between blocks, or write \{field[1]}:"
        raise cursor.fail(message, *field.span())
    body = read_pattern(cursor, [_prompt(cursor, line)], wildcard)
    return Unit(body, Pattern(), "", line)


def _block(cursor: Cursor, lines: Sequence[Span], wildcard: Wildcard) -> Unit:
    """block = (field | line)*; field = ('name' | 'negative') ':' text"""
    fields: dict[str, Span] = {}
    body: list[Span] = []
    for line in lines:
        field = _FIELD.match(cursor.source, *line)
        if field is None or field[1].lower() not in FIELDS:
            body.append(_prompt(cursor, line))
        elif field[1].lower() in fields:
            raise cursor.fail(f"A second {field[1]}: in this block", *field.span())
        else:
            fields[field[1].lower()] = field.end(), line[1]
    prompt = read_pattern(cursor, _without_blank_ends(body), wildcard)
    negatives = [fields["negative"]] if "negative" in fields else []
    for start, end in negatives:
        check_flags(cursor, start, end, is_negative=True)
    negative = read_pattern(cursor, negatives, wildcard)
    start, end = fields.get("name", (0, 0))
    name = one_line(cursor.source[start:end].replace(BLANK, ""))
    if "name" in fields and not name:
        raise cursor.fail("Expected a name", start)
    return Unit(prompt, negative, name, (lines[0][0], lines[-1][1]))


def _prompt(cursor: Cursor, line: Span) -> Span:
    r"""A line of a prompt, without the backslash in front of --- name: and the like."""
    start, end = line
    source = cursor.source
    if field := _FIELD.match(source, start, end):
        known = rf"a block has name: and negative:; write \{field[1]}: to keep it"
        raise cursor.fail(f"Unknown field {field[1]!r}; {known}", *field.span(1))
    if _DASHES.match(source, start, end):
        raise cursor.fail(
            r"The line between blocks is exactly ---; to keep this, \----", start, end
        )
    if alone := _ALONE.match(source, start, end):
        message = rf"{alone[0]} is no prompt: write it into a line, or \{alone[0]} to keep it"
        raise cursor.fail(message, start, end)
    check_flags(cursor, start, end)
    return (start + 1, end) if _KEPT.match(source, start, end) else line


def _written(cursor: Cursor, line: Span) -> str:
    return cursor.source[line[0] : line[1]]


def _without_blank_ends(lines: list[Span]) -> list[Span]:
    places = [place for place, (start, end) in enumerate(lines) if start < end]
    return lines[places[0] : places[-1] + 1] if places else []
