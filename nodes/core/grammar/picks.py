"""Which frames go on, written by hand or by the sheet: 3, 2-5, #9f3a1c0b77d2e845, !seed=1003"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple, Protocol

from ..errors import LINE_ENDS, GrammarError
from ..limits import MAX_ITEMS
from .cursor import Cursor, listed, short, trim, unescape

ID_LENGTH = 16
SHORTEST_ID = 6  # letters of an id that are enough, if only one frame begins with them

_EXPECTED = "a frame number, a range like 2-5, all, none, #id or seed=1001"
_REMOVES = re.compile(r"!\s*")
_NUMBER = re.compile("[0-9]+")
_DASH = re.compile(r"\s*-\s*")
_ID = re.compile(r"#([0-9A-Za-z]*)")
_HEX = re.compile("[0-9a-f]+")
_WORD = re.compile(r"[^\W\d]\w*(?:[ .:-]\w+)*")
_EQUALS = re.compile(r"\s*=\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_PLAIN = re.compile(f"[^,{LINE_ENDS}]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_DIGITS = 9


class Pickable(Protocol):
    """What picks need to know of a frame; `prompt` counts from 1."""

    @property
    def id(self) -> str: ...
    @property
    def number(self) -> int | None: ...
    @property
    def seed(self) -> int | None: ...
    @property
    def prompt(self) -> int: ...
    @property
    def values(self) -> Mapping[str, object]: ...


@dataclass(frozen=True)
class PickItem:
    """One item of a picks text. `kind` says which of the fields it uses: 'frames' (first, last),
    'all', 'none', 'id' (id) or 'axis' (name, value)."""

    kind: str
    removes: bool = False
    first: int = 0
    last: int = 0
    id: str = ""
    name: str = ""
    value: str = ""
    quoted: bool = False
    source: str = field(default="", compare=False, repr=False)
    start: int = field(default=0, compare=False, repr=False)
    end: int = field(default=0, compare=False, repr=False)

    def fault(self, message: str) -> GrammarError:
        return GrammarError(message, self.source, self.start, self.end)


class PickedIds(NamedTuple):
    """The ids picked, in the order they are passed on; `earlier` are those among them that the
    sweep does not have: keepers, to be looked for in the store."""

    ids: tuple[str, ...]
    earlier: tuple[str, ...]


def parse(text: str) -> tuple[PickItem, ...]:
    """picks = [item ((',' | new line) item)*]

    No text at all means that nothing is picked, as 'none' does.
    """
    cursor = Cursor(text)
    items = tuple(islice(listed(cursor, _item), MAX_ITEMS + 1))
    if len(items) > MAX_ITEMS:
        raise items[-1].fault(f"More than {MAX_ITEMS:,} picks")
    for item in items:
        if item.kind == "none" and (len(items) > 1 or item.removes):
            raise item.fault("none stands alone")
    if items and items[0].removes:
        raise items[0].fault("Nothing to take away yet; begin with all")
    return items


def resolve(items: Iterable[PickItem], frames: Sequence[Pickable]) -> PickedIds:
    """The frames of a sweep that the items name, each in the place where it first comes."""
    sweep = _Sweep(frames)
    picked: dict[str, None] = {}
    for item in items:
        for id in sweep.ids(item):
            if item.removes:
                picked.pop(id, None)
            else:
                picked.setdefault(id)
    known = {frame.id for frame in frames}
    return PickedIds(tuple(picked), tuple(id for id in picked if id not in known))


def format_ids(ids: Iterable[str]) -> str:
    """The text that picks these frames in this order."""
    return ", ".join(f"#{id}" for id in ids)


def _item(cursor: Cursor) -> PickItem:
    """item = ['!'] (frames | id | 'all' | 'none' | name '=' value)"""
    start = cursor.position
    removes = cursor.take(_REMOVES) is not None
    here = cursor.source[cursor.position : cursor.position + 1]
    read = _id if here == "#" else _frames if _NUMBER.match(here) else _word
    fields = read(cursor)
    return PickItem(
        **fields, removes=removes, source=cursor.source, start=start, end=cursor.position
    )


def _frames(cursor: Cursor) -> dict[str, Any]:
    """frames = number ['-' number], up or down"""
    first = last = _number(cursor)
    if cursor.take(_DASH):
        last = _number(cursor)
    return {"kind": "frames", "first": first, "last": last}


def _number(cursor: Cursor) -> int:
    """number = a whole number from 1"""
    start = cursor.position
    digits = cursor.expect(_NUMBER, "the frame that ends the range")[0].lstrip("0")
    if not digits:
        raise cursor.fail("Frames are numbered from 1", start)
    if len(digits) > _DIGITS:
        raise cursor.fail("No sweep has that many frames; an id begins with #", start)
    return int(digits)


def _id(cursor: Cursor) -> dict[str, Any]:
    """id = '#' 6 to 16 digits 0-9 a-f, in capitals or not"""
    start = cursor.position
    digits = cursor.expect(_ID, "#")[1].lower()
    if not _HEX.fullmatch(digits) or not SHORTEST_ID <= len(digits) <= ID_LENGTH:
        letters = f"{ID_LENGTH} digits 0-9 a-f, or the first {SHORTEST_ID} and more of them"
        raise cursor.fail(f"A frame id is # and {letters}", start)
    return {"kind": "id", "id": digits}


def _word(cursor: Cursor) -> dict[str, Any]:
    """'all' | 'none' | name '=' value"""
    start = cursor.position
    name = cursor.expect(_WORD, _EXPECTED)[0]
    if cursor.take(_EQUALS):
        return {"kind": "axis", "name": name, **_value(cursor, name)}
    if name.lower() not in ("all", "none"):
        raise cursor.fail(f"Expected {_EXPECTED}", start)
    return {"kind": name.lower()}


def _value(cursor: Cursor, name: str) -> dict[str, Any]:
    """value = '"' anything '"' | anything up to ',' or the end of the line"""
    start = cursor.position
    if cursor.source.startswith('"', start):
        quoted = cursor.take(_QUOTED)
        if quoted is None:
            raise cursor.fail("This quote is never closed", start)
        return {"value": unescape(quoted[1] + '"', '"')[:-1], "quoted": True}
    value = trim(cursor.expect(_PLAIN, f"a value after {name}=")[0])
    if not value:
        raise cursor.fail(f"Expected a value after {name}=", start)
    if name == "seed" and not _NUMBER.fullmatch(value):
        raise cursor.fail("A seed is a whole number", start)
    return {"value": value}


class _Sweep:
    """Looks up the frames that an item names, in its order."""

    def __init__(self, frames: Sequence[Pickable]) -> None:
        self._frames = frames
        self._by_number = {frame.number: frame.id for frame in frames}

    def ids(self, item: PickItem) -> Sequence[str]:
        if item.kind == "frames":
            return self._numbered(item)
        if item.kind == "id":
            return [self._identified(item)]
        if item.kind == "axis":
            return self._on_axis(item)
        return [frame.id for frame in self._frames] if item.kind == "all" else []

    def _numbered(self, item: PickItem) -> Sequence[str]:
        for number in (item.first, item.last):
            if number not in self._by_number:
                count = len(self._frames)
                has = f"frames 1 to {count}" if count else "no frames"
                raise item.fault(f"There is no frame {number}: this sweep has {has}")
        step = 1 if item.last >= item.first else -1
        numbers = range(item.first, item.last + step, step)
        return [self._by_number[number] for number in numbers]

    def _identified(self, item: PickItem) -> str:
        if len(item.id) == ID_LENGTH:
            return item.id
        found = sorted({frame.id for frame in self._frames if frame.id.startswith(item.id)})
        if len(found) > 1:
            raise item.fault(f"{len(found)} frames begin with #{item.id}: {format_ids(found[:3])}")
        if not found:
            whole = f"an earlier one needs all {ID_LENGTH} digits"
            raise item.fault(f"No frame of this sweep begins with #{item.id}; {whole}")
        return found[0]

    def _on_axis(self, item: PickItem) -> Sequence[str]:
        """prompt=2 is the second prompt, prompt=harbour the one of that name."""
        if item.name == "seed":
            values = [frame.seed for frame in self._frames]
        elif item.name == "prompt" and not item.quoted and _NUMBER.fullmatch(item.value):
            values = [frame.prompt for frame in self._frames]
        else:
            values = [frame.values.get(item.name) for frame in self._frames]
        pairs = zip(self._frames, values, strict=True)
        found = [frame.id for frame, value in pairs if same(value, item.value)]
        if found:
            return found
        known = list(dict.fromkeys(str(value) for value in values if value is not None))
        if known:
            shown = ", ".join(known[:4]) + (", …" if len(known) > 4 else "")
            raise item.fault(f"No frame has {item.name}={item.value[:40]}: there are {shown}")
        axes = dict.fromkeys(name for frame in self._frames for name in frame.values)
        has = f"; it has {', '.join(axes)}" if axes else ""
        raise item.fault(f"This sweep has no {short(item.name)}{has}")


def same(value: object, written: str) -> bool:
    """Whether a value is what is written: 7.0 is 7, and a text is itself."""
    if isinstance(value, bool):
        return str(value).lower() == written.lower()
    if isinstance(value, int) and _NUMBER.fullmatch(written):
        return str(value) == (written.lstrip("0") or "0")
    if isinstance(value, (int, float)):
        return bool(_DECIMAL.fullmatch(written)) and float(written) == value
    return value == written
