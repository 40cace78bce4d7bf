"""The texts around the pictures: the head, the headers of columns and rows, the foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .grid import Span
from .labels import RowHeader
from .layout import Rect, SheetLayout
from .typesetting import INK, QUIET, Line, Writer

_TITLE_LINES = 3
_HEADER_LINES = 3  # of a column header
_FOOT_LINES = 60  # of one entry in the foot


@dataclass(frozen=True)
class Head:
    """The axes in large type, the counts beside them (below, on a narrow sheet), and a rule."""

    writer: Writer
    title: str
    counts: str
    width: int

    @cached_property
    def _lines(self) -> list[str]:
        return self.writer.wrap(self.title, self.width, self.writer.title, _TITLE_LINES)

    @cached_property
    def _counts_width(self) -> float:
        return self.writer.width(self.counts, self.writer.body)

    @cached_property
    def _beside(self) -> bool:
        title = self.writer.width(self.title, self.writer.title)
        return title + self.writer.px(32) + self._counts_width <= self.width

    @property
    def height(self) -> int:
        counts = 0 if self._beside else self.writer.high
        return len(self._lines) * self.writer.px(24) + counts + self.writer.px(9)

    def lines(self, place: Rect) -> Iterator[Line]:
        writer = self.writer
        top = place.y
        for text in self._lines:
            yield writer.line(text, (place.x, top), writer.title)
            top += writer.px(24)
        at = (place.x, top)
        if self._beside:
            at = (place.right - self._counts_width, place.y + writer.px(6))
        yield writer.line(self.counts, at, writer.body, QUIET)

    def rule(self, place: Rect) -> Rect:
        thick = self.writer.px(1)
        return Rect(place.x, place.bottom - thick, place.width, thick)


@dataclass(frozen=True)
class ColumnHeaders:
    """The values of the innermost axis, each over its column, and the name of that axis."""

    writer: Writer
    corner: str
    texts: tuple[str, ...]
    width: int

    @cached_property
    def _wrapped(self) -> list[list[str]]:
        style = self.writer.strong
        return [self.writer.wrap(text, self.width, style, _HEADER_LINES) for text in self.texts]

    @property
    def height(self) -> int:
        if not self.texts:
            return 0
        return self.writer.px(4) + max(map(len, self._wrapped)) * self.writer.high

    def lines(self, layout: SheetLayout) -> Iterator[Line]:
        writer = self.writer
        if self.corner:
            at = (layout.corner.x, self._top(layout.corner, 1))
            yield writer.line(self.corner, at, writer.body, QUIET)
        for column, texts in enumerate(self._wrapped):
            place = layout.column_header(column)
            for i, text in enumerate(texts):
                at = (place.x, self._top(place, len(texts)) + i * writer.high)
                yield writer.line(text, at, writer.strong)

    def _top(self, place: Rect, count: int) -> int:
        """Headers stand on their column, however many lines they have."""
        return place.bottom - self.writer.px(2) - count * self.writer.high


@dataclass(frozen=True)
class RowHeaders:
    """The values of one outer axis, each at most as tall as the pictures of its rows."""

    writer: Writer
    headers: tuple[RowHeader, ...]

    @cached_property
    def width(self) -> int:
        """As wide as its longest text needs, within reason."""
        natural = max(map(self._natural, self.headers)) + self._pad
        return min(self.writer.px(176), 1 + round(natural))

    @property
    def _pad(self) -> int:
        return self.writer.px(8)

    def _natural(self, header: RowHeader) -> float:
        indent = self._indent(header)
        texts = (indent + self.writer.width(t[:200], self.writer.body) for t in header.texts)
        return max(self.writer.width(header.title, self.writer.label), *texts, 0.0)

    def _indent(self, header: RowHeader) -> int:
        """Where the texts of a row without a name begin: behind its number."""
        if not header.number:
            return 0
        return round(self.writer.width(header.number, self.writer.label)) + self.writer.px(7)

    def lines(self, span: Span, place: Rect) -> Iterator[Line]:
        """Cut to the height of the pictures: at least one line, then as much as fits."""
        header, writer = self.headers[span.value], self.writer
        room, used = max(1, place.height // writer.high), 0
        indent = self._indent(header)
        if header.number:
            yield writer.line(header.number, (place.x, place.y), writer.label)
        inks = [INK if header.number else QUIET] + [QUIET] * len(header.texts)
        blocks = [(header.title, writer.label, INK)]
        blocks += [(text, writer.body, ink) for text, ink in zip(header.texts, inks, strict=False)]
        for text, style, ink in blocks:
            if used < room:
                top = place.y + used * writer.high
                block = Rect(place.x + indent, top, place.width - self._pad - indent, 0)
                lines = writer.paragraph(text, block, style, ink, room - used)
                used += len(lines)
                yield from lines


@dataclass(frozen=True)
class Foot:
    """What all frames share, said once: names on the left, texts wrapped beside them."""

    writer: Writer
    entries: Sequence[tuple[str, str]]
    width: int

    @cached_property
    def _indent(self) -> int:
        names = (self.writer.width(name, self.writer.body) for name, _ in self.entries)
        return round(max(names, default=0)) + self.writer.px(12)

    @cached_property
    def _placed(self) -> list[Line]:
        """The lines of a foot that begins at the top left corner of a page."""
        writer, top, found = self.writer, self.writer.px(9), []
        for name, text in self.entries:
            place = Rect(self._indent, top, self.width - self._indent, 0)
            lines = writer.paragraph(text, place, writer.body, most=_FOOT_LINES)
            found += [writer.line(name, (0, top), writer.body, QUIET), *lines]
            top += max(1, len(lines)) * writer.high + writer.px(2)
        return found

    @property
    def height(self) -> int:
        if not self.entries:
            return 0
        last = self._placed[-1].y - self.writer.line("", (0, 0), self.writer.body).y
        return last + self.writer.high

    def lines(self, place: Rect) -> Iterator[Line]:
        for line in self._placed:
            yield replace(line, x=line.x + place.x, y=line.y + place.y)

    def rule(self, place: Rect) -> Rect | None:
        if not self.entries:
            return None
        return Rect(place.x, place.y, place.width, self.writer.px(1))
