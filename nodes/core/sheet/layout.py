"""Where everything on a sheet goes: integers only, nothing is drawn or measured here.

Metrics      the distances of a printed sheet for one cell_size
Heights      how much room the texts need, measured by whoever draws them
SheetLayout  the rectangles: head, headers, pictures, captions, foot, and the whole page
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from ..errors import ProofsheetError
from .grid import Grid, Span

# Above this many pixels Pillow, and with it ComfyUI's own Load Image, warns on opening a file.
MAX_PIXELS = 89_000_000
MAX_EDGE = 16_383  # the longest edge that WebP can hold, and many viewers can show


@dataclass(frozen=True)
class Rect:
    """A rectangle of whole pixels; `right` and `bottom` are the first pixels outside it."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    def grown(self, by: int) -> Rect:
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)


@dataclass(frozen=True)
class Metrics:
    """Distances in pixels. They grow with the cells, so a sheet looks alike at any size."""

    cell_size: int

    def px(self, units: float) -> int:
        """Pixels for a distance on the sheet with cells of 160; type never gets unreadable."""
        return max(1, round(units * min(max(self.cell_size, 144), 640) / 160))

    @property
    def margin(self) -> int:
        return self.px(32)

    @property
    def gap(self) -> int:
        return self.px(12)

    @property
    def least_width(self) -> int:
        """Room for the head and the foot, however few columns there are."""
        return self.px(420)


@dataclass(frozen=True)
class Heights:
    """What the texts need: heights in pixels, and the widths of the columns of row headers."""

    cell: tuple[int, int]
    head: int
    column_header: int
    row_headers: tuple[int, ...]
    captions: tuple[int, ...]
    foot: int


@dataclass(frozen=True)
class SheetLayout:
    """The rectangles of one printed sheet, in pixels from its top left corner."""

    grid: Grid
    metrics: Metrics
    heights: Heights

    @cached_property
    def cells_left(self) -> int:
        headers = self.heights.row_headers
        return self.metrics.margin + sum(headers) + len(headers) * self.metrics.gap

    @property
    def cells_right(self) -> int:
        step = self.heights.cell[0] + self.metrics.gap
        return self.cells_left + self.grid.columns * step - self.metrics.gap

    @property
    def inner_width(self) -> int:
        least = self.metrics.least_width
        return max(self.cells_right - self.metrics.margin, least)

    @property
    def width(self) -> int:
        return self.inner_width + 2 * self.metrics.margin

    @property
    def height(self) -> int:
        return self.foot.bottom + self.metrics.margin

    @property
    def head(self) -> Rect:
        margin = self.metrics.margin
        return Rect(margin, margin, self.inner_width, self.heights.head)

    @property
    def headers_top(self) -> int:
        return self.head.bottom + self.metrics.px(8)

    @cached_property
    def tops(self) -> tuple[int, ...]:
        """Where the pictures of each row begin; one more for where a further row would."""
        first = self.headers_top + self.heights.column_header + self.metrics.px(4)
        least, rule = self.heights.cell[1] + self.metrics.gap, self.metrics.gap + self.metrics.px(1)
        steps = (
            least + self.heights.captions[row] + (rule if self._ends_group(row) else 0)
            for row in range(self.grid.rows)
        )
        return tuple(accumulate(steps, initial=first))

    def _ends_group(self, row: int) -> bool:
        return self.grid.group > 1 and row + 1 < self.grid.rows and (row + 1) % self.grid.group == 0

    @property
    def separators(self) -> list[Rect]:
        """Hairlines between the groups of rows that belong to one value of the outermost axis."""
        thick, gap = self.metrics.px(1), self.metrics.gap
        ends = [row + 1 for row in range(self.grid.rows) if self._ends_group(row)]
        tops = [self.tops[row] - gap - thick for row in ends]
        return [Rect(self.metrics.margin, top, self.inner_width, thick) for top in tops]

    def column_header(self, column: int) -> Rect:
        x = self.picture(0, column).x
        return Rect(x, self.headers_top, self.heights.cell[0], self.heights.column_header)

    @property
    def corner(self) -> Rect:
        """The name of the innermost axis: left of the column headers."""
        width = max(0, self.cells_left - self.metrics.gap - self.metrics.margin)
        return Rect(self.metrics.margin, self.headers_top, width, self.heights.column_header)

    def row_header(self, level: int, span: Span) -> Rect:
        """At most as tall as the pictures it heads."""
        before = self.heights.row_headers[:level]
        x = self.metrics.margin + sum(before) + level * self.metrics.gap
        top, last = self.tops[span.row], self.tops[span.row + span.rows - 1]
        bottom = last + self.heights.cell[1]
        return Rect(x, top, self.heights.row_headers[level], bottom - top)

    def picture(self, row: int, column: int) -> Rect:
        width, height = self.heights.cell
        x = self.cells_left + column * (width + self.metrics.gap)
        return Rect(x, self.tops[row], width, height)

    def caption(self, row: int, column: int) -> Rect:
        """The frame number and the texts under a picture."""
        picture = self.picture(row, column)
        return Rect(picture.x, picture.bottom, picture.width, self.heights.captions[row])

    @property
    def foot(self) -> Rect:
        return Rect(self.metrics.margin, self.tops[-1], self.inner_width, self.heights.foot)

    @property
    def fits(self) -> bool:
        longest = max(self.width, self.height)
        return longest <= MAX_EDGE and self.width * self.height <= MAX_PIXELS

    @property
    def guess(self) -> int:
        """About the cell_size that would just fit, were all on the page to shrink alike."""
        area = math.sqrt(MAX_PIXELS / (self.width * self.height))
        edge = MAX_EDGE / max(self.width, self.height)
        return int(self.metrics.cell_size * min(area, edge))


def too_large(layout: SheetLayout, largest: int | None) -> ProofsheetError:
    """The refusal of a sheet beyond the limits; `largest` is the cell_size that would fit."""
    grid, size = layout.grid, layout.metrics.cell_size
    megapixels = layout.width * layout.height / 1e6
    advice = (
        f"The largest cell_size that fits is {largest}."
        if largest
        else ("No cell_size makes it fit: print fewer frames, or set columns.")
    )
    return ProofsheetError(
        f"The sheet is too large: {grid.columns} columns x {grid.rows} rows of cells of {size} "
        f"make {layout.width:,} x {layout.height:,} pixels = {megapixels:,.1f} megapixels. "
        f"At most {MAX_PIXELS // 10**6} megapixels, and {MAX_EDGE:,} pixels an edge. {advice}"
    )


def fit(picture: tuple[int, int], box: tuple[int, int]) -> tuple[int, int]:
    """The size of a picture brought into a box: as large as fits, undistorted."""
    scale = min(box[0] / picture[0], box[1] / picture[1])
    return max(1, round(picture[0] * scale)), max(1, round(picture[1] * scale))
