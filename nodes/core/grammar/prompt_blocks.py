"""The lines and blocks of a text of prompts, with their fields; see prompts.py for an example."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..errors import LINE_BREAK
from .braces import UNCOUNTED, Pattern, read_pattern
from .cursor import Cursor, one_line, trim

SEPARATOR = "---"
FIELDS = ("name", "negative")
# What other tools write at the head of a line; left in a prompt it could only be a mistake.
_OTHERS = (
    "prompt", "positive", "neg", "negative prompt", "seed", "seeds", "steps", "cfg", "cfg scale",
    "sampler", "scheduler", "denoise", "count", "template",
)  # fmt: skip

_FIELD = re.compile(rf"({'|'.join(FIELDS + _OTHERS)})\s*[:：]\s*", re.IGNORECASE)
_DASHES = re.compile(r"-{4,}$")
_SIGN = re.compile(rf"#|-{{3,}}$|{_FIELD.pattern}", re.IGNORECASE)
_KEPT = re.compile(rf"\\+(?={_SIGN.pattern})", re.IGNORECASE)
_EMPTY_NO = re.compile(r"(?:.*\s)?(--no)$")

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
        return min(UNCOUNTED, self.body.count * self.negative.count)


def read_units(cursor: Cursor) -> list[Unit]:
    """text = line* | block (separator block)*; separator = a line that is exactly '---'"""
    lines = [line for line in lines_of(cursor) if not cursor.source.startswith("#", *line)]
    if not any(_written(cursor, line) == SEPARATOR for line in lines):
        return [_line(cursor, line) for line in lines if line[0] < line[1]]
    runs = groupby(lines, lambda line: _written(cursor, line) == SEPARATOR)
    blocks = [_without_blank_ends(list(run)) for is_separator, run in runs if not is_separator]
    return [_block(cursor, block) for block in blocks if block]


def lines_of(cursor: Cursor) -> Iterator[Span]:
    """line = [spaces] text [spaces]"""
    start = cursor.position
    breaks = [found.span() for found in LINE_BREAK.finditer(cursor.source)]
    for end, following in [*breaks, (len(cursor.source), 0)]:
        text = trim(cursor.source[start:end])
        begin = cursor.source.index(text, start)
        yield begin, begin + len(text)
        start = following


def kept(line: str) -> str:
    """The line with a backslash in front, if its beginning would otherwise mean something."""
    return "\\" + line if _SIGN.match(line.lstrip("\\")) else line


def _line(cursor: Cursor, line: Span) -> Unit:
    """line = prompt"""
    field = _FIELD.match(cursor.source, *line)
    if field and field[1].lower() in FIELDS:
        message = rf"{field[1]}: belongs to a block; put --- between blocks, or write \{field[1]}:"
        raise cursor.fail(message, *field.span())
    return Unit(read_pattern(cursor, [_prompt(cursor, line)]), Pattern(), "", line)


def _block(cursor: Cursor, lines: Sequence[Span]) -> Unit:
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
    prompt = read_pattern(cursor, _without_blank_ends(body))
    negative = read_pattern(cursor, [fields["negative"]] if "negative" in fields else [])
    start, end = fields.get("name", (0, 0))
    name = one_line(cursor.source[start:end])
    if "name" in fields and not name:
        raise cursor.fail("Expected a name", start)
    return Unit(prompt, negative, name, (lines[0][0], lines[-1][1]))


def _prompt(cursor: Cursor, line: Span) -> Span:
    r"""A line of a prompt, without the backslash in front of # --- name: and the like."""
    start, end = line
    source = cursor.source
    if field := _FIELD.match(source, start, end):
        known = rf"a block has name: and negative:; write \{field[1]}: to keep it"
        raise cursor.fail(f"Unknown field {field[1]!r}; {known}", *field.span(1))
    if _DASHES.match(source, start, end):
        raise cursor.fail(
            r"The line between blocks is exactly ---; to keep this, \----", start, end
        )
    if empty := _EMPTY_NO.match(source, start, end):
        raise cursor.fail("Expected what to leave out after --no", *empty.span(1))
    return (start + 1, end) if _KEPT.match(source, start, end) else line


def _written(cursor: Cursor, line: Span) -> str:
    return cursor.source[line[0] : line[1]]


def _without_blank_ends(lines: list[Span]) -> list[Span]:
    places = [place for place, (start, end) in enumerate(lines) if start < end]
    return lines[places[0] : places[-1] + 1] if places else []
