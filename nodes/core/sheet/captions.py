"""What stands under each picture: its number, its caption, the tag of a pick."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from .contents import SheetFrame
from .grid import Grid
from .labels import Caption
from .layout import Rect
from .typesetting import PAPER, QUIET, Line, Typesetter

LINES = {"varying": 3, "full": 10, "none": 0}  # at most, below the number

Place = Callable[[int, int], Rect]


@dataclass(frozen=True)
class Captions:
    """The captions of all frames. Short ones stand beside the number if all of them fit there."""

    typesetter: Typesetter
    grid: Grid
    frames: Sequence[SheetFrame]
    texts: Sequence[Caption]
    width: int
    most: int

    @property
    def _top(self) -> int:
        """From the picture to the line of the number."""
        return self.typesetter.px(8)

    @cached_property
    def heights(self) -> tuple[int, ...]:
        """How much room the captions of each row need."""
        counts = [1] * self.grid.rows
        for index in range(len(self.frames)):
            row, _ = self.grid.place(index)
            counts[row] = max(counts[row], 1 + len(self._below(index, Rect(0, 0, self.width, 0))))
        return tuple(self._top + count * self.typesetter.high for count in counts)

    def lines(self, index: int, place: Rect) -> Iterator[Line]:
        """The lines under one picture."""
        frame, text, typesetter = self.frames[index], self.texts[index], self.typesetter
        top = place.y + self._top
        yield typesetter.line(frame.name, (place.x, top), typesetter.strong)
        if self._beside and text.short:
            width = typesetter.width(text.short, typesetter.body)
            left = place.right - width
            if frame.pick is not None:  # in the middle between number and tag
                number_end = place.x + self._number_width(frame)
                left = (number_end + left - self._tag_width(frame)) / 2
            yield typesetter.line(text.short, (left, top), typesetter.body, QUIET)
        if tag := self.tag(index, place):
            at = (tag.x + typesetter.px(6), tag.y)
            yield typesetter.line(self._pick_text(frame), at, typesetter.strong, PAPER)
        yield from filter(None, self._below(index, place))

    def tag(self, index: int, place: Rect) -> Rect | None:
        """The black tag of a pick: at the right of its number, or below it in a narrow cell."""
        frame = self.frames[index]
        if frame.pick is None:
            return None
        top, width = place.y + self._top, self._tag_width(frame)
        if self._tag_below(frame):
            return Rect(place.x, top + self.typesetter.high, width, self.typesetter.high)
        return Rect(place.right - width, top, width, self.typesetter.high)

    def _below(self, index: int, place: Rect) -> list[Line | None]:
        """The lines below the number; None keeps one free for a tag."""
        frame, text, typesetter = self.frames[index], self.texts[index], self.typesetter
        found: list[Line | None] = [None] if self._tag_below(frame) else []
        kept = len(found) + 1
        for words in ("" if self._beside else text.short, text.long):
            room = self.most - (len(found) + 1 - kept)
            if words and room > 0:
                top = place.y + self._top + (len(found) + 1) * typesetter.high
                block = Rect(place.x, top, place.width, 0)
                found += typesetter.paragraph(words, block, typesetter.body, QUIET, room)
        return found

    @cached_property
    def _beside(self) -> bool:
        pairs = zip(self.frames, self.texts, strict=True)
        return all(self._needed(frame, text.short) <= self.width for frame, text in pairs)

    def _needed(self, frame: SheetFrame, short: str = "") -> float:
        """The width of the line of a number with all that stands on it."""
        gap, typesetter = self.typesetter.px(8), self.typesetter
        width = self._number_width(frame)
        width += gap + typesetter.width(short, typesetter.body) if short else 0
        return width + (gap + self._tag_width(frame) if frame.pick is not None else 0)

    def _number_width(self, frame: SheetFrame) -> float:
        return self.typesetter.width(frame.name, self.typesetter.strong)

    def _pick_text(self, frame: SheetFrame) -> str:
        """'pick 2', or the bare number where the cell is too narrow for the word."""
        text = f"pick {frame.pick}"
        return text if self._padded(text) <= self.width else str(frame.pick)

    def _padded(self, text: str) -> int:
        return round(self.typesetter.width(text, self.typesetter.strong)) + 2 * self.typesetter.px(
            6
        )

    def _tag_width(self, frame: SheetFrame) -> int:
        return self._padded(self._pick_text(frame))

    def _tag_below(self, frame: SheetFrame) -> bool:
        return frame.pick is not None and self._needed(frame) > self.width
