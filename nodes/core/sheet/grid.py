"""Frames in rows and columns: which place each has, and which rows a row header spans."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..axes import Axis
from ..frames import Frames


@dataclass(frozen=True)
class Span:
    """One value of an outer axis and the rows it heads, `row` to `row + rows`."""

    value: int
    row: int
    rows: int


@dataclass(frozen=True)
class Grid:
    """Frames in rows and columns: rows are all axes but the innermost, columns the innermost.

    `sizes` are the lengths of the axes, outermost first. Where the innermost axis has more values
    than columns it goes on in further lines; then no column stands for one value.
    """

    sizes: tuple[int, ...]
    columns: int

    @property
    def inner(self) -> int:
        return self.sizes[-1]

    @property
    def lines(self) -> int:
        """Rows that one run through the innermost axis takes."""
        return -(-self.inner // self.columns)

    @property
    def rows(self) -> int:
        return math.prod(self.sizes[:-1]) * self.lines

    @property
    def count(self) -> int:
        return math.prod(self.sizes)

    @property
    def group(self) -> int:
        """Rows of one value of the outermost axis."""
        return self.rows // self.sizes[0] if len(self.sizes) > 1 else self.rows

    @property
    def has_column_headers(self) -> bool:
        return self.lines == 1 and len(self.sizes) > 1

    def place(self, index: int) -> tuple[int, int]:
        """Row and column, from 0, of the frame at `index` in the order of the sweep."""
        outer, inner = divmod(index, self.inner)
        line, column = divmod(inner, self.columns)
        return outer * self.lines + line, column

    def spans(self, axis: int) -> tuple[Span, ...]:
        """The headers of one outer axis, from top to bottom."""
        rows = math.prod(self.sizes[axis + 1 : -1]) * self.lines
        count = math.prod(self.sizes[: axis + 1])
        return tuple(Span(i % self.sizes[axis], i * rows, rows) for i in range(count))


def arrange(axes: Sequence[Axis], columns: int = 0) -> Grid:
    """The grid of a sweep. Axes with one value head nothing: a single longer one wraps."""
    sizes = tuple(len(axis.values) for axis in axes if len(axis.values) > 1) or (1,)
    wanted = columns or (near_square(sizes[0]) if len(sizes) == 1 else sizes[-1])
    return Grid(sizes, min(wanted, sizes[-1]))


def placed(frames: Frames, columns: int = 0) -> Frames:
    """The frames with their places on the sheet, from 1."""
    grid = arrange(frames.axes, columns)
    places = (grid.place(index) for index in range(len(frames.frames)))
    now = (
        replace(frame, row=row + 1, column=column + 1)
        for frame, (row, column) in zip(frames.frames, places, strict=True)
    )
    return replace(frames, frames=tuple(now))


def near_square(count: int) -> int:
    """Columns for frames without rows of their own: about the root of the count, a little wider
    than high, and of the neighbours the one that fills the last row best (24 -> 6, 18 -> 6)."""
    root = max(1, round(math.sqrt(count)))
    near = range(min(max(2, root - 1), count), min(root + 2, count) + 1)
    return min(near, key=lambda n: (-count % n, abs(n - 1.2 * math.sqrt(count))))
