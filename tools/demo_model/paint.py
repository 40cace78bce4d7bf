"""Canvas and pen. Positions are in cells: one cell is a pixel of the latent, 8 x 8 of the picture.

Things stand on whole cells, so the model sees each outline in a few positions only and can learn
it sharply with little training.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

CELLS = 16
CELL = 24  # canvas pixels: drawn three times as large, then averaged
SCALE = 3

Point = tuple[float, float]
Colour = tuple[int, ...]


def mix(first: Sequence[float], second: Sequence[float], share: float) -> tuple[float, ...]:
    return tuple(a + (b - a) * share for a, b in zip(first, second, strict=True))


def solid(colour: Sequence[float], alpha: int | None = None) -> Colour:
    channels = tuple(int(max(0, min(255, value))) for value in colour)
    return channels if alpha is None else (*channels, alpha)


class Canvas:
    def __init__(self, image: Image.Image) -> None:
        self.image = image
        self.draw = ImageDraw.Draw(image, "RGBA")

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        self.draw.polygon([(x * CELL, y * CELL) for x, y in points], fill=fill)

    def disc(self, x: float, y: float, radius: float, fill: Colour) -> None:
        self.ellipse((x - radius, y - radius, x + radius, y + radius), fill)

    def ellipse(self, box: Sequence[float], fill: Colour) -> None:
        self.draw.ellipse([value * CELL for value in box], fill=fill)

    def bar(self, box: Sequence[float], fill: Colour, radius: float = 0) -> None:
        scaled = [value * CELL for value in box]
        self.draw.rounded_rectangle(scaled, radius=radius * CELL, fill=fill)

    def line(self, points: Sequence[Point], fill: Colour, width: int) -> None:
        scaled = [(x * CELL, y * CELL) for x, y in points]
        self.draw.line(scaled, fill=fill, width=width, joint="curve")

    def arc(self, box: Sequence[float], fill: Colour, width: int) -> None:
        self.draw.arc([value * CELL for value in box], 180, 360, fill=fill, width=width)

    def half_disc(self, box: Sequence[float], fill: Colour) -> None:
        self.draw.pieslice([value * CELL for value in box], 180, 360, fill=fill)

    def below(self, heights: Sequence[float], fill: Colour) -> None:
        """Fill everything under a line of evenly spaced heights."""
        step = CELLS / (len(heights) - 1)
        line = [(index * step, height) for index, height in enumerate(heights)]
        self.polygon([(0, CELLS), *line, (CELLS, CELLS)], fill)

    def reduced(self) -> Image.Image:
        return self.image.reduce(SCALE)


class Pen:
    """Draws one thing in its own units: (0, 0) is the middle of its foot, 1 is its height, up."""

    def __init__(self, canvas: Canvas, x: float, y: float, height: float) -> None:
        self.canvas, self.x, self.y, self.height = canvas, x, y, height

    def _at(self, u: float, v: float) -> Point:
        return self.x + u * self.height, self.y - v * self.height

    def _box(self, left: float, bottom: float, right: float, top: float) -> list[float]:
        return [*self._at(left, top), *self._at(right, bottom)]

    def polygon(self, points: Sequence[Point], fill: Colour) -> None:
        self.canvas.polygon([self._at(*point) for point in points], fill)

    def box(self, left: float, bottom: float, right: float, top: float, fill: Colour) -> None:
        self.canvas.bar(self._box(left, bottom, right, top), fill)

    def disc(self, u: float, v: float, radius: float, fill: Colour) -> None:
        self.canvas.disc(*self._at(u, v), radius * self.height, fill)

    def dome(self, u: float, v: float, radius: float, fill: Colour) -> None:
        self.canvas.half_disc(self._box(u - radius, v - radius, u + radius, v + radius), fill)

    def ellipse(self, left: float, bottom: float, right: float, top: float, fill: Colour) -> None:
        self.canvas.ellipse(self._box(left, bottom, right, top), fill)

    def line(self, start: Point, end: Point, fill: Colour, width: float = 0.025) -> None:
        pixels = max(3, round(width * self.height * CELL))
        self.canvas.line([self._at(*start), self._at(*end)], fill, pixels)

    def arm(self, angle: float, points: Sequence[Point], fill: Colour) -> None:
        """A polygon turned about (0, 0.62), the hub of a windmill."""
        cos, sin = math.cos(angle), math.sin(angle)
        turned = [(u * cos - v * sin, 0.62 + u * sin + v * cos) for u, v in points]
        self.polygon(turned, fill)
