"""The texts around the pictures: the head, the headers of columns and rows, the foot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from .grid import Span
from .labels import RowHeader
from .layout import Rect, SheetLayout
from .typesetting import INK, QUIET, Line, Typesetter

_TITLE_LINES = 3
_HEADER_LINES = 3  # of a column header
_FOOT_LINES = 60  # of one entry in the foot


@dataclass(frozen=True)
class Head:
    """The axes in large type, the counts beside them (below, on a narrow sheet), and a rule."""

    typesetter: Typesetter
    title: str
    counts: str
    width: int

    @cached_property
    def _lines(self) -> list[str]:
        return self.typesetter.wrap(self.title, self.width, self.typesetter.title, _TITLE_LINES)

    @cached_property
    def _counts_width(self) -> float:
        return self.typesetter.width(self.counts, self.typesetter.body)

    @cached_property
    def _beside(self) -> bool:
        title = self.typesetter.width(self.title, self.typesetter.title)
        return title + self.typesetter.px(32) + self._counts_width <= self.width

    @property
    def height(self) -> int:
        counts = 0 if self._beside else self.typesetter.high
        return len(self._lines) * self.typesetter.px(24) + counts + self.typesetter.px(9)

    def lines(self, place: Rect) -> Iterator[Line]:
        typesetter = self.typesetter
        top = place.y
        for text in self._lines:
            yield typesetter.line(text, (place.x, top), typesetter.title)
            top += typesetter.px(24)
        at = (place.x, top)
        if self._beside:
            at = (place.right - self._counts_width, place.y + typesetter.px(6))
        yield typesetter.line(self.counts, at, typesetter.body, QUIET)

    def rule(self, place: Rect) -> Rect:
        thick = self.typesetter.px(1)
        return Rect(place.x, place.bottom - thick, place.width, thick)


@dataclass(frozen=True)
class ColumnHeaders:
    """The values of the innermost axis, each over its column, and the name of that axis."""

    typesetter: Typesetter
    corner: str
    texts: tuple[str, ...]
    width: int

    @cached_property
    def _wrapped(self) -> list[list[str]]:
        style = self.typesetter.strong
        return [self.typesetter.wrap(text, self.width, style, _HEADER_LINES) for text in self.texts]

    @property
    def height(self) -> int:
        if not self.texts:
            return 0
        return self.typesetter.px(4) + max(map(len, self._wrapped)) * self.typesetter.high

    def lines(self, layout: SheetLayout) -> Iterator[Line]:
        typesetter = self.typesetter
        if self.corner:
            at = (layout.corner.x, self._top(layout.corner, 1))
            yield typesetter.line(self.corner, at, typesetter.body, QUIET)
        for column, texts in enumerate(self._wrapped):
            place = layout.column_header(column)
            for i, text in enumerate(texts):
                at = (place.x, self._top(place, len(texts)) + i * typesetter.high)
                yield typesetter.line(text, at, typesetter.strong)

    def _top(self, place: Rect, count: int) -> int:
        """Headers stand on their column, however many lines they have."""
        return place.bottom - self.typesetter.px(2) - count * self.typesetter.high


@dataclass(frozen=True)
class RowHeaders:
    """The values of one outer axis, each at most as tall as the pictures of its rows."""

    typesetter: Typesetter
    headers: tuple[RowHeader, ...]

    @cached_property
    def width(self) -> int:
        """As wide as its longest text needs, within reason."""
        setter, natural = self.typesetter, 0.0
        for header in self.headers:
            indent = self._indent(header)
            texts = (indent + setter.width(text[:200], setter.body) for text in header.texts)
            natural = max(natural, setter.width(header.title, setter.label), *texts)
        return min(setter.px(176), 1 + round(natural + self._pad))

    @property
    def _pad(self) -> int:
        return self.typesetter.px(8)

    def _indent(self, header: RowHeader) -> int:
        """Where the texts of a row without a name begin: behind its number."""
        if not header.number:
            return 0
        return round(
            self.typesetter.width(header.number, self.typesetter.label)
        ) + self.typesetter.px(7)

    def lines(self, span: Span, place: Rect) -> Iterator[Line]:
        """Cut to the height of the pictures: at least one line, then as much as fits."""
        header, typesetter = self.headers[span.value], self.typesetter
        room, used = max(1, place.height // typesetter.high), 0
        indent = self._indent(header)
        if header.number:
            yield typesetter.line(header.number, (place.x, place.y), typesetter.label)
        inks = [INK if header.number else QUIET] + [QUIET] * len(header.texts)
        blocks = [(header.title, typesetter.label, INK)]
        blocks += [
            (text, typesetter.body, ink) for text, ink in zip(header.texts, inks, strict=False)
        ]
        for text, style, ink in blocks:
            if used < room:
                top = place.y + used * typesetter.high
                block = Rect(place.x + indent, top, place.width - self._pad - indent, 0)
                lines = typesetter.paragraph(text, block, style, ink, room - used)
                used += len(lines)
                yield from lines


@dataclass(frozen=True)
class Foot:
    """What all frames share, said once: names on the left, texts wrapped beside them."""

    typesetter: Typesetter
    entries: Sequence[tuple[str, str]]
    width: int

    @cached_property
    def _indent(self) -> int:
        names = (self.typesetter.width(name, self.typesetter.body) for name, _ in self.entries)
        return round(max(names, default=0)) + self.typesetter.px(12)

    @cached_property
    def _placed(self) -> list[Line]:
        """The lines of a foot that begins at the top left corner of a page."""
        typesetter, top, found = self.typesetter, self.typesetter.px(9), []
        for name, text in self.entries:
            place = Rect(self._indent, top, self.width - self._indent, 0)
            lines = typesetter.paragraph(text, place, typesetter.body, most=_FOOT_LINES)
            found += [typesetter.line(name, (0, top), typesetter.body, QUIET), *lines]
            top += max(1, len(lines)) * typesetter.high + typesetter.px(2)
        return found

    @property
    def height(self) -> int:
        if not self.entries:
            return 0
        last = self._placed[-1].y - self.typesetter.line("", (0, 0), self.typesetter.body).y
        return last + self.typesetter.high

    def lines(self, place: Rect) -> Iterator[Line]:
        for line in self._placed:
            yield replace(line, x=line.x + place.x, y=line.y + place.y)

    def rule(self, place: Rect) -> Rect | None:
        if not self.entries:
            return None
        return Rect(place.x, place.y, place.width, self.typesetter.px(1))
