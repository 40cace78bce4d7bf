"""Which characters a font file really has: a reader of the cmap table of TrueType and OpenType.

Reads only the directory and that one table, so asking a hundred fonts is quick.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol

MAX_TABLE = 4 << 20  # bytes; a larger cmap is a damaged file
_OUTLINES = {b"glyf", b"CFF ", b"CFF2"}  # without one of them the font is made of bitmaps


class Coverage(Protocol):
    def __contains__(self, code: object, /) -> bool: ...


@dataclass(frozen=True)
class _Groups:
    """Format 12: ranges of characters with consecutive glyphs."""

    starts: array[int]
    ends: array[int]
    glyphs: array[int]

    @classmethod
    def read(cls, table: bytes, at: int) -> Coverage:
        (count,) = struct.unpack_from(">I", table, at + 12)
        flat = _big_endian("I", table[at + 16 : at + 16 + 12 * count])
        if len(flat) != 3 * count:
            return NOTHING
        return cls(flat[0::3], flat[1::3], flat[2::3])

    def __contains__(self, code: object) -> bool:
        assert isinstance(code, int)
        i = bisect_right(self.starts, code) - 1
        return i >= 0 and code <= self.ends[i] and self.glyphs[i] + code - self.starts[i] != 0


@dataclass(frozen=True)
class _Segments:
    """Format 4: ranges of characters below U+10000, by an offset or through a list of glyphs."""

    ends: array[int]
    starts: array[int]
    deltas: array[int]
    offsets: array[int]
    glyphs: array[int]

    @classmethod
    def read(cls, table: bytes, at: int) -> Coverage:
        length, doubled = struct.unpack_from(">2xH2xH", table, at)
        words = _big_endian("H", table[at + 14 : at + max(length, 16 + 4 * doubled)])
        count = doubled // 2
        starts = count + 1  # one word of padding behind the ends
        if len(words) < starts + 3 * count:
            return NOTHING
        return cls(
            ends=words[:count],
            starts=words[starts : starts + count],
            deltas=words[starts + count : starts + 2 * count],
            offsets=words[starts + 2 * count : starts + 3 * count],
            glyphs=words[starts + 3 * count :],
        )

    def __contains__(self, code: object) -> bool:
        assert isinstance(code, int)
        i = bisect_left(self.ends, code)
        if code >= 0xFFFF or i == len(self.ends) or code < self.starts[i]:
            return False
        if not self.offsets[i]:
            return (code + self.deltas[i]) & 0xFFFF != 0
        # The offset counts bytes from its own place; `glyphs` begins behind the last offset.
        at = self.offsets[i] // 2 + code - self.starts[i] - (len(self.ends) - i)
        return 0 <= at < len(self.glyphs) and self.glyphs[at] != 0


NOTHING: Coverage = frozenset[int]()


@lru_cache(maxsize=256)
def coverage(path: Path, index: int = 0) -> Coverage:
    """What one face of a font file covers; NOTHING if it cannot be read or has no outlines."""
    try:
        with path.open("rb") as file:
            tables = dict(_tables(file, _faces(file)[index]))
            if not _OUTLINES & tables.keys() or b"cmap" not in tables:
                return NOTHING
            offset, length = tables[b"cmap"]
            file.seek(offset)
            return _read(file.read(min(length, MAX_TABLE)))
    except (OSError, struct.error, ValueError, IndexError):
        return NOTHING


def count_faces(path: Path) -> int:
    """How many faces a font file holds; 0 if it is none."""
    try:
        with path.open("rb") as file:
            return len(_faces(file))
    except (OSError, struct.error):
        return 0


def _faces(file: BinaryIO) -> tuple[int, ...]:
    """Where the table directory of each face begins."""
    head = file.read(12)
    if head[:4] == b"ttcf":
        count = min(struct.unpack(">I", head[8:12])[0], 64)
        return struct.unpack(f">{count}I", file.read(4 * count))
    return (0,) if head[:4] in (b"\0\1\0\0", b"OTTO", b"true") else ()


def _tables(file: BinaryIO, start: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    file.seek(start + 4)
    (count,) = struct.unpack(">H6x", file.read(8))
    for _ in range(count):
        tag, _check, offset, length = struct.unpack(">4s3I", file.read(16))
        yield tag, (offset, length)


def _read(table: bytes) -> Coverage:
    """The subtable that covers most: all of Unicode, else its first plane."""
    (count,) = struct.unpack_from(">2xH", table)
    records = [struct.unpack_from(">HHI", table, 4 + 8 * i) for i in range(count)]
    ranked = sorted(
        (_rank(platform, encoding), at)
        for platform, encoding, at in records
        if _rank(platform, encoding)
    )
    for _, at in ranked:
        (form,) = struct.unpack_from(">H", table, at)
        if form in (4, 12):
            return _Groups.read(table, at) if form == 12 else _Segments.read(table, at)
    return NOTHING


def _rank(platform: int, encoding: int) -> int:
    ranks = {(3, 10): 1, (0, 4): 2, (0, 6): 3, (3, 1): 4, (0, 3): 5, (0, 1): 6, (0, 0): 7}
    return ranks.get((platform, encoding), 0)


def _big_endian(code: str, data: bytes) -> array[int]:
    found: array[int] = array(code)
    found.frombytes(data[: len(data) // found.itemsize * found.itemsize])
    if sys.byteorder == "little":
        found.byteswap()
    return found
