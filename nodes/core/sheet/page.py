"""A printed sheet before it is drawn: every line of text and every rectangle in its place.

Runs without a font, a picture, or any memory for the page; so its size is known, and refused if
too large, before anything is spent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from .captions import LINES, Captions
from .contents import Sheet
from .grid import Grid, arrange
from .headings import ColumnHeaders, Foot, Head, RowHeaders
from .labels import Labels
from .layout import Heights, Metrics, SheetLayout, fit, too_large
from .typesetting import Line, Typesetter, Width

MIN_CELL = 32  # below that a number no longer fits under its picture


@dataclass(frozen=True)
class Page:
    """The whole of a sheet but its pictures."""

    sheet: Sheet
    width: Width

    @cached_property
    def grid(self) -> Grid:
        grid = arrange(self.sheet.axes, self.sheet.columns)
        assert len(self.sheet.frames) == grid.count, "a sheet has one frame for each cell"
        return grid

    @cached_property
    def labels(self) -> Labels:
        return Labels(self.sheet, self.grid)

    @cached_property
    def typesetter(self) -> Typesetter:
        return Typesetter(Metrics(self.sheet.cell_size), self.width)

    @cached_property
    def cell(self) -> tuple[int, int]:
        """The smallest box that every picture fits into, its longer edge cell_size."""
        size = self.sheet.cell_size
        known = [(f.width, f.height) for f in self.sheet.frames if f.width and f.height]
        fitted = [fit(picture, (size, size)) for picture in known] or [(size, size)]
        return max(w for w, _ in fitted), max(h for _, h in fitted)

    @cached_property
    def head(self) -> Head:
        return Head(self.typesetter, self.labels.title, self.labels.counts, self._bare.inner_width)

    @cached_property
    def column_headers(self) -> ColumnHeaders:
        labels = self.labels
        return ColumnHeaders(self.typesetter, labels.corner, labels.columns, self.cell[0])

    @cached_property
    def row_headers(self) -> tuple[RowHeaders, ...]:
        outer = range(len(self.grid.sizes) - 1)
        return tuple(RowHeaders(self.typesetter, self.labels.rows(axis)) for axis in outer)

    @cached_property
    def captions(self) -> Captions:
        texts = [self.labels.caption(i) for i in range(self.grid.count)]
        most = LINES[self.sheet.captions]
        return Captions(self.typesetter, self.grid, self.sheet.frames, texts, self.cell[0], most)

    @cached_property
    def foot(self) -> Foot:
        return Foot(self.typesetter, self.labels.foot, self._bare.inner_width)

    @cached_property
    def _bare(self) -> SheetLayout:
        """The layout as far as widths go."""
        widths = tuple(headers.width for headers in self.row_headers)
        nothing = tuple(0 for _ in range(self.grid.rows))
        heights = Heights(self.cell, 0, 0, widths, nothing, 0)
        return SheetLayout(self.grid, self.typesetter.metrics, heights)

    @cached_property
    def layout(self) -> SheetLayout:
        heights = replace(
            self._bare.heights,
            head=self.head.height,
            column_header=self.column_headers.height,
            captions=self.captions.heights,
            foot=self.foot.height,
        )
        return replace(self._bare, heights=heights)

    @property
    def fits(self) -> bool:
        return self._bare.fits and self.layout.fits

    def lines(self) -> Iterator[Line]:
        """Every line of text, but those that stand in for a picture."""
        layout = self.layout
        yield from self.head.lines(layout.head)
        yield from self.column_headers.lines(layout)
        for level, headers in enumerate(self.row_headers):
            for span in self.grid.spans(level):
                yield from headers.lines(span, layout.row_header(level, span))
        for index in range(self.grid.count):
            yield from self.captions.lines(index, layout.caption(*self.grid.place(index)))
        yield from self.foot.lines(layout.foot)


def plan(sheet: Sheet, width: Width) -> Page:
    """The page of a sheet; ProofsheetError with the arithmetic if it would be too large."""
    page = Page(sheet, width)
    if not page.fits:
        raise too_large(page.layout, largest_cell(sheet, width))
    return page


def largest_cell(sheet: Sheet, width: Width) -> int | None:
    """The largest cell_size below the sheet's own that makes a page within the limits."""
    low, high = MIN_CELL - 1, sheet.cell_size
    page = Page(sheet, width)
    while high - low > 1:
        size = min(max(page.layout.guess, low + 1), high - 1)
        page = Page(replace(sheet, cell_size=size), width)
        low, high = (size, high) if page.fits else (low, size)
    return low if low >= MIN_CELL else None
