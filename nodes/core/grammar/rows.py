"""Tables: a line of names, then a row a line, whose values vary together.

    prompt;negative;seed                commas, semicolons or tabs
    a quiet harbour;fog;7
    "a ""forest""; at dawn";;8          quotes keep a sign; two of them are one

or a JSON list of objects, whose values keep their types:

    [{"lora": "ink.safetensors", "strength": 0.8}, {"lora": "oil.safetensors", "strength": 1}]

or @file.csv: a file of the input folder with one of these in it.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ..axes import JOINT
from ..errors import LINE_ENDS, GrammarError, ProofsheetError, fault
from ..limits import MAX_ITEMS, MAX_LONG_TEXT, TABLE_COLUMNS
from .cursor import NUMBER, Cursor, check_text, trim
from .input_types import InputType, Scalar, can_be_written, typed

WIDGET = "table"
EXAMPLE = "lora, strength\nink.safetensors, 0.8\noil.safetensors, 1"

Span = tuple[int, int]
ReadFile = Callable[[str], str]
"""The text of a file, by its name in the input folder. Raises ProofsheetError."""

_UNTYPED: Final = InputType("*")
_FILE = re.compile(r"\s*@\s*([^\r\n]*[^\s])\s*")
_FIRST_LINE = re.compile(r"\s*(.*)")
_NAME = re.compile(rf'(?![#@])[^%/\\=,"{LINE_ENDS}]+')
_LONGEST = 80  # characters of a name: more is no name, but the first row of a table without one
_SIGNS = {"\t": "a tab", ";": "a semicolon", ",": "a comma"}
_NONE = "\x1f"  # no sign that is written: between the cells of a single column
_QUOTED = re.compile(r' *("(?:[^"]|"")*("?))')
_JSON_SPACE = re.compile(r"[ \t\r\n]*")
_COMMA = re.compile(r"\s*,\s*")


@dataclass(frozen=True)
class Table:
    """What a text says: for each of its rows a value of each column. `is_typed`: the values have
    types of their own; else they are texts as written."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Scalar, ...], ...]
    is_typed: bool
    cursor: Cursor
    cells: Callable[[int], Sequence[Span]]
    """Row -> where its cells stand."""

    def values(self, column: int) -> tuple[Scalar, ...]:
        """A column as it is for whoever takes any value: numbers, or true and false, if all of it
        is; else texts."""
        written = tuple(row[column] for row in self.rows)
        if self.is_typed:
            return written
        try:
            found = tuple(typed(cell, _UNTYPED) for cell in written)
        except ProofsheetError:  # a number that no widget holds
            return written
        truths = sum(isinstance(value, bool) for value in found)
        texts = sum(isinstance(value, str) for value in found)
        return found if truths == len(found) or truths + texts == 0 else written

    def fault(self, row: int, column: int, message: str) -> GrammarError:
        """The error to raise for a value."""
        where = f"column {self.columns[column]}: {message}"
        return self.cursor.fail(where, *self.cells(row)[column])


def read(text: str, file: ReadFile) -> Table:
    """text = '@' file | list | lines. Raises GrammarError with the place of what is no table."""
    name = file_named(text)
    if not name:
        return _table(Cursor(text, WIDGET, MAX_LONG_TEXT))
    try:
        found = file(name)
    except ProofsheetError as error:
        raise ProofsheetError(f"{WIDGET}: {error}") from None
    return _table(Cursor(found, f"@{name}", MAX_LONG_TEXT))


def file_named(text: object) -> str:
    """The file whose text is read instead; "" if none is."""
    named = _FILE.fullmatch(text) if isinstance(text, str) else None
    return named[1] if named else ""


def _table(cursor: Cursor) -> Table:
    first = _FIRST_LINE.match(cursor.source, cursor.position)
    if first is None or not trim(first[1]):
        raise cursor.fail("Expected a line of names, and then a row a line", 0)
    return _json(cursor) if first[1][0] in "[{" else _lines(cursor, first[1])


# ---- lines


def _lines(cursor: Cursor, first: str) -> Table:
    """lines = header row*; both are cells with one sign between them, which the header tells"""
    bare = _QUOTED.sub("", first)
    sign = next((sign for sign in _SIGNS if sign in bare), _NONE)
    records = _records(cursor, sign)
    header, place = next(records, ([], (0, 1)))
    while header and not trim(header[-1]):  # as spreadsheets write them
        header.pop()
    names = [trim(name) for name in header]
    cells = _cells(cursor.source, place, sign)
    _check_names(cursor, names, cells)
    for name, place in zip(names, cells, strict=False):
        if NUMBER.fullmatch(name):
            raise cursor.fail("A number is no name: the first line names the columns", *place)
    rows: list[tuple[Scalar, ...]] = []
    places: list[Span] = []
    for cells, place in records:
        if len(rows) == MAX_ITEMS:
            raise cursor.fail(f"More than {MAX_ITEMS:,} rows", *place)
        row = [trim(cell.replace("\r\n", "\n")) for cell in cells]  # as of any other text
        if len(row) < len(names) or any(row[len(names) :]):
            raise _miscounted(cursor, names, row, _cells(cursor.source, place, sign), sign)
        rows.append(tuple(row[: len(names)]))
        places.append(place)
    if not rows:
        raise cursor.fail("Expected a row below the names", len(cursor.source))
    at = lambda row: _cells(cursor.source, places[row], sign)  # noqa: E731
    return Table(tuple(names), tuple(rows), False, cursor, at)


def _records(cursor: Cursor, sign: str) -> Iterator[tuple[list[str], Span]]:
    """The cells of every line that has any, and where it stands."""
    end = cursor.position

    def lines() -> Iterator[str]:
        nonlocal end
        for line in io.StringIO(cursor.source[end:], newline=""):
            end += len(line)
            yield line

    reader = csv.reader(lines(), delimiter=sign, skipinitialspace=True)
    while True:
        start = end
        try:
            cells = next(reader, None)
        except csv.Error as error:
            _check_quotes(cursor, (start, len(cursor.source)), sign)
            raise cursor.fail(f"This line cannot be read: {error}", start, end) from None
        if cells is None:
            return
        line = cursor.source[start:end]
        if '"' in line:
            _check_quotes(cursor, (start, end), sign)
        if line.strip(f" \r\n{sign}"):
            yield cells, (start, end)


def _cells(source: str, place: Span, sign: str) -> list[Span]:
    """Where the cells of a line stand."""
    rest = re.compile(rf"[^{sign}\r\n]*")
    found: list[Span] = []
    position, end = place
    while True:
        quoted = _QUOTED.match(source, position, end)
        match = rest.match(source, quoted.end() if quoted else position, end)
        stop = match.end() if match else end
        text = trim(source[position:stop])
        first = source.index(text, position)
        found.append((first, max(first + len(text), first + 1)))
        if source[stop : stop + 1] != sign or stop >= end:
            return found
        position = stop + 1


def _miscounted(
    cursor: Cursor, names: Sequence[str], row: Sequence[str], cells: Sequence[Span], sign: str
) -> GrammarError:
    if len(row) < len(names):
        missing = names[len(row)]
        message = f"Expected a value for each of {len(names)} columns: {missing} has none here"
        return cursor.fail(message, cells[0][0], cells[-1][1])
    extra = next(i for i in range(len(names), len(row)) if row[i])
    kept = f": a text with {_SIGNS[sign]} in it goes in quotes" if sign in _SIGNS else ""
    return cursor.fail(f"More values than the {len(names)} columns have names{kept}", *cells[extra])


def _check_quotes(cursor: Cursor, place: Span, sign: str) -> None:
    """Raises for what the csv module would guess at."""
    for start, end in _cells(cursor.source, place, sign):
        quoted = _QUOTED.match(cursor.source, start, end)
        if quoted and not quoted[2]:
            message = 'This quote is never closed; in quotes, "" is a quote itself'
            raise cursor.fail(message, start, start + 1)
        if quoted and quoted.end() < end:
            message = 'After the quote that closes a value it ends; in quotes, "" is a quote itself'
            raise cursor.fail(message, quoted.end(), end)


# ---- JSON


def _json(cursor: Cursor) -> Table:
    """list = '[' object (',' object)* ']'; object = '{' [name ':' value (',' name ':' value)*] '}'

    A value is a text, a number, true or false; null, or none at all, is an empty text.
    """
    cursor.take(re.compile(r"\s*"))
    cursor.expect(re.compile(r"\["), "a list of objects: [{...}, {...}]")
    objects: list[dict[str, Scalar]] = []
    places: list[Span] = []
    while True:
        cursor.take(_JSON_SPACE)
        start = cursor.position
        objects.append(_object(cursor))
        places.append((start, cursor.position))
        if len(objects) > MAX_ITEMS:
            raise cursor.fail(f"More than {MAX_ITEMS:,} rows", *places[-1])
        if not cursor.take(_COMMA):
            break
    cursor.take(_JSON_SPACE)
    cursor.expect(re.compile(r"\]\s*\Z"), "',' or the ']' that ends the list")
    names: dict[str, Span] = {}
    for each, place in zip(objects, places, strict=True):
        for name in each:
            names.setdefault(name, place)
    _check_names(cursor, [*names], [_member(cursor.source, p, name) for name, p in names.items()])
    rows = tuple(tuple(each.get(name, "") for name in names) for each in objects)
    at = lambda row: [_member(cursor.source, places[row], name) for name in names]  # noqa: E731
    return Table(tuple(names), rows, True, cursor, at)


def _object(cursor: Cursor) -> dict[str, Scalar]:
    start = cursor.position
    if not cursor.source.startswith("{", start):
        raise cursor.fail("Expected an object: {...}", start, start + 1)
    try:
        pairs, cursor.position = _DECODER.raw_decode(cursor.source, start)
    except json.JSONDecodeError as error:
        raise cursor.fail(f"This is no JSON: {error.msg}", error.pos, error.pos + 1) from None
    except (RecursionError, ValueError):
        raise cursor.fail("Lists in each other, or a number of too many digits", start) from None
    found: dict[str, Scalar] = {}
    for name, value in pairs:
        place = _member(cursor.source, (start, cursor.position), name)
        if name in found:
            raise cursor.fail(f"A second {name} in this object", *place)
        found[name] = value = "" if value is None else value
        if not can_be_written(value):
            raise cursor.fail("A value is a text, a number, true or false", *place)
        if wrong := isinstance(value, str) and fault(check_text, value, longest=MAX_LONG_TEXT):
            raise cursor.fail(wrong.partition("\n")[0], *place)
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=list)


def _member(source: str, place: Span, name: str) -> Span:
    """Where a name stands in an object; the object itself if it is not found as it is."""
    found = re.compile(rf'"{re.escape(name)}"(?=\s*:)').search(source, *place)
    return found.span() if found else place


# ---- names


def _check_names(cursor: Cursor, names: Sequence[str], places: Sequence[Span]) -> None:
    """name = letters and signs other than % / \\ = , " and, at its beginning, # and @"""
    seen: dict[str, str] = {}
    for name, place in zip(names, places, strict=False):
        if not trim(name):
            raise cursor.fail("This column has no name", *place)
        if len(name) > _LONGEST:
            message = f"A name of {len(name)} characters: the first line names the columns"
            raise cursor.fail(message, *place)
        if not _NAME.fullmatch(name) or JOINT in name or name != trim(name):
            raise cursor.fail('A name has no % / \\ = , " in it, and no # or @ before it', *place)
        if name.casefold() in seen:
            raise cursor.fail(f"Two columns are called {seen[name.casefold()]}", *place)
        seen[name.casefold()] = name
    if len(names) > TABLE_COLUMNS:
        message = f"More than {TABLE_COLUMNS} columns: there is an output for each of these"
        raise cursor.fail(message, *places[TABLE_COLUMNS])
    if not names:
        raise cursor.fail("Expected the names of the columns")
