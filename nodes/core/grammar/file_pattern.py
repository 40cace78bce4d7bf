"""File names from a pattern like proofsheet/%name%_%seed% or %date:yyyy-MM-dd%/%number%, safe on
every system.

The pattern alone makes folders; a value never does. What comes out is a relative path with
slashes that stays inside its folder, whatever the values are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from ..text.graphemes import graphemes
from .cursor import Cursor, one_line, short

FALLBACK = "frame"  # the name of what would have none
MAX_FOLDERS = 15
MAX_BYTES = 120  # of one name; leaves room for an ending, and on Windows for the folders before
_LEAST = 16  # bytes a value is not cut below while another is longer

_PIECE = re.compile(r"%%|%date:([^%]*)%|%([^%/\\]+)%|[/\\]|[^%/\\]+")
_DATE = re.compile("dd?|MM?|hh?|mm?|ss?|yyyy|yy")  # as ComfyUI's page writes dates
_NO_DATE = re.compile("YY+|DD+|HH+|SS+")  # as others write them
_DATE_PARTS = {"d": "day", "M": "month", "h": "hour", "m": "minute", "s": "second", "y": "year"}
_DRIVE = re.compile("[A-Za-z]:")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "clock$", "conin$", "conout$"]
    + [device + digit for device in ("com", "lpt") for digit in "0123456789¹²³"]
)
_JOINERS = "\u200c\u200d"  # letters and pictures change without them


class _Piece(NamedTuple):
    """A stretch of the pattern: as it is written, the name of a value, a date, or a slash."""

    text: str
    kind: str
    start: int
    end: int


def tokens(pattern: str) -> tuple[str, ...]:
    """The names of the values in the pattern; raises what is wrong with it whatever they are."""
    return tuple(piece.text for piece in _pieces(Cursor(pattern)) if piece.kind == "value")


def expand(pattern: str, fields: Mapping[str, object], when: datetime | None = None) -> str:
    """The path that the pattern makes of these values, and of the time for its dates: folders and
    a name without an ending."""
    cursor = Cursor(pattern)
    folders: list[list[_Piece]] = [[]]
    for piece in _pieces(cursor):
        if piece.kind == "value" and piece.text not in fields:
            known = " ".join(f"%{name}%" for name in fields)
            message = f"Unknown {short(piece.text)}; there are {known}"
            raise cursor.fail(message, piece.start, piece.end)
        if piece.kind == "slash":
            folders.append([])
        elif piece.kind == "date":
            folders[-1].append(piece._replace(text=dated(piece.text, when or datetime.now())))
        else:
            folders[-1].append(piece)
    named = [folder for folder in folders[:-1] if _written(folder) not in ("", ".")]
    names = [*named, folders[-1]]
    limit = MAX_BYTES if len(names) < 3 else max(2 * _LEAST, 2 * MAX_BYTES // len(names))
    return "/".join(_name(pieces, fields, limit) for pieces in names)


def dated(text: str, when: datetime) -> str:
    """The text with a time in the place of yyyy, yy, MM, M, dd, d, hh, h, mm, m, ss and s."""

    def written(found: re.Match[str]) -> str:
        number = f"{getattr(when, _DATE_PARTS[found[0][0]]):0{len(found[0])}d}"
        return number[-2:] if found[0] == "yy" else number

    return _DATE.sub(written, text)


def _pieces(cursor: Cursor) -> list[_Piece]:
    """pattern = [folder '/']* name; both are of text, '%%', '%date:' date '%' and '%' value '%';
    '\\' is '/', and a slash in a date makes folders too"""
    pieces: list[_Piece] = []
    while not cursor.done:
        start = cursor.position
        found = cursor.expect(_PIECE, "the second % of a value's name; %% is a percent sign")
        if found[1] is not None:
            pieces += _date(cursor, start, found)
            continue
        kind = "value" if found[2] else "slash" if found[0] in "/\\" else "text"
        text = found[2] or found[0].replace("%%", "%")
        pieces.append(_Piece(text, kind, start, cursor.position))
    _check_place(cursor, pieces)
    return pieces


def _date(cursor: Cursor, start: int, found: re.Match[str]) -> list[_Piece]:
    wrong = _NO_DATE.search(cursor.source, found.start(1), found.end(1))
    if wrong or not _DATE.search(found[1]):
        place = wrong.span() if wrong else (start, None)
        raise cursor.fail("Expected a date such as %date:yyyy-MM-dd hh-mm-ss%", *place)
    parts = re.split(r"([/\\])", found[1])
    kinds = ("date", "slash") * len(parts)
    end = cursor.position
    return [_Piece(t, k, start, end) for t, k in zip(parts, kinds, strict=False) if t]


def _check_place(cursor: Cursor, pieces: list[_Piece]) -> None:
    """Raises if the pattern asks for a place outside its folder."""
    if pieces and (pieces[0].kind == "slash" or _DRIVE.match(pieces[0].text)):
        message = "A path inside the output folder, for example proofsheet/%name%"
        raise cursor.fail(message, pieces[0].start, pieces[0].start + 1)
    folder: list[_Piece] = []
    for piece in [*pieces, _Piece("/", "slash", 0, 0)]:
        if piece.kind != "slash":
            folder.append(piece)
            continue
        if _written(folder).strip() == "..":
            message = "No way out of the output folder: .. is no folder name"
            raise cursor.fail(message, folder[0].start, folder[-1].end)
        folder = []
    if sum(piece.kind == "slash" for piece in pieces) > MAX_FOLDERS:
        raise cursor.fail(f"More than {MAX_FOLDERS} folders in each other", 0, len(cursor.source))


def _written(folder: Iterable[_Piece]) -> str:
    """The name of a folder in which no value stands, else something that is none."""
    return "".join("?" if piece.kind == "value" else piece.text for piece in folder)


def _name(pieces: Sequence[_Piece], fields: Mapping[str, object], limit: int) -> str:
    """What the pieces are, in at most `limit` bytes: the longest value is cut, as often as needed,
    before what stands around the values is."""
    values = [place for place, piece in enumerate(pieces) if piece.kind == "value"]
    texts = [str(fields[text]) if kind == "value" else text for text, kind, _, _ in pieces]
    texts = list(map(_clean, texts))
    while (over := _size("".join(texts)) - limit) > 0:
        longest = max(values, key=lambda place: _size(texts[place]), default=None)
        if longest is None or _size(texts[longest]) <= _LEAST:
            break
        texts[longest] = cut(texts[longest], max(_LEAST, _size(texts[longest]) - over)).rstrip()
    name = one_line(cut("".join(texts), limit)).strip(". ")
    if name.split(".")[0].rstrip().casefold() in _RESERVED:
        name = f"_{name}"
    return name or FALLBACK


def cut(text: str, limit: int) -> str:
    """The beginning of the text in at most `limit` bytes of UTF-8, no character cut in two."""
    if _size(text) <= limit:
        return text
    kept, used = [], 0
    for grapheme in graphemes(text):
        used += _size(grapheme)
        if used > limit:
            break
        kept.append(grapheme)
    # A letter under a hundred marks is no letter any more: then character by character.
    return "".join(kept) or text.encode()[:limit].decode(errors="ignore")


def _clean(text: str) -> str:
    """Characters that every file system takes and every reader sees."""
    shown: list[str] = []
    for char in unicodedata.normalize("NFC", text):
        category = unicodedata.category(char)
        if category in ("Cc", "Zl", "Zp"):
            shown.append(" ")
        elif category == "Cs":
            shown.append("_")
        elif category != "Cf" or char in _JOINERS:
            shown.append(char)
    return _FORBIDDEN.sub("_", "".join(shown))


def _size(text: str) -> int:
    return len(text.encode())
