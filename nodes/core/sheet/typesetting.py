"""Lines of text with their places, before anything is drawn.

How wide a text is, is asked of a callable: all of this runs without a font.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from ..text.bidi import right_to_left
from ..text.wrapping import wrap
from .layout import Metrics, Rect

INK, QUIET, PAPER = "#1a1a1a", "#595959", "#ffffff"


@dataclass(frozen=True)
class Style:
    """How a text looks: the pixels of its em, and its weight."""

    size: int
    bold: bool = False


Width = Callable[[str, Style], float]


@dataclass(frozen=True)
class Line:
    """One line of text; (x, y) is the left end of its baseline. `rtl` is the direction of the
    paragraph it comes from."""

    text: str
    x: float
    y: int
    style: Style
    ink: str = INK
    rtl: bool = False


@dataclass(frozen=True)
class Typesetter:
    """The type of a sheet: its sizes and weights, and how to wrap and place lines of them."""

    metrics: Metrics
    width: Width

    def px(self, units: float) -> int:
        return self.metrics.px(units)

    @property
    def high(self) -> int:
        """From one line of text to the next."""
        return self.px(16)

    @cached_property
    def body(self) -> Style:
        return Style(self.px(12))

    @cached_property
    def strong(self) -> Style:
        return Style(self.px(12), bold=True)

    @cached_property
    def label(self) -> Style:
        return Style(self.px(13), bold=True)

    @cached_property
    def title(self) -> Style:
        return Style(self.px(18), bold=True)

    def wrap(self, text: str, width: float, style: Style, lines: int = 0) -> list[str]:
        return wrap(text, width, lambda words: self.width(words, style), lines)

    def line(self, text: str, at: tuple[float, int], style: Style, ink: str = INK) -> Line:
        """A line in a line box whose top left corner is `at`."""
        high = self.px(24) if style == self.title else self.high
        return Line(text, at[0], at[1] + round(high / 2 + 0.365 * style.size), style, ink)

    def paragraph(
        self, text: str, place: Rect, style: Style, ink: str = INK, most: int = 0
    ) -> list[Line]:
        """The text wrapped into a place from its top; right-to-left text stands at its right."""
        rtl = right_to_left(text)
        lines = []
        for i, words in enumerate(self.wrap(text, place.width, style, most)):
            x = place.right - self.width(words, style) if rtl else place.x
            line = self.line(words, (x, place.y + i * self.high), style, ink)
            lines.append(replace(line, rtl=rtl))
        return lines
