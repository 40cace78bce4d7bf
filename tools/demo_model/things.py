"""The eight things, each drawn in its own units (see paint.Pen). Light comes from the left."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from .light import Light, dark
from .paint import Colour, Pen

COLOUR_VALUES = {
    "red": (222, 52, 48),
    "orange": (245, 140, 32),
    "yellow": (250, 208, 48),
    "green": (62, 160, 76),
    "blue": (48, 110, 222),
    "purple": (136, 70, 190),
    "pink": (244, 128, 176),
    "white": (245, 244, 238),
}


class Look:
    """A thing's colours under a light."""

    def __init__(self, light: Light, colour: str, rng: Random) -> None:
        self.light, self.rng = light, rng
        self.white = colour == "white"
        self.main = light.thing(COLOUR_VALUES[colour])
        self.window = light.window()

    def other(self, usual: tuple[int, ...], on_white: tuple[int, ...]) -> Colour:
        """A second colour that stands out from the first, also where the first is white."""
        return self.light.thing(on_white if self.white else usual)

    def roof(self) -> Colour:
        if self.light.weather == "snow":
            return self.light.thing((238, 244, 252))
        return self.light.thing((120, 84, 78)) if self.white else dark(self.main, 0.52)


def house(pen: Pen, look: Look) -> None:
    pen.box(-0.48, 0, 0.48, 0.56, look.main)
    pen.box(0.22, 0, 0.48, 0.56, dark(look.main, 0.14))
    pen.box(0.2, 0.6, 0.3, 0.98, dark(look.main, 0.45))
    pen.polygon([(-0.6, 0.55), (0, 1), (0.6, 0.55)], look.roof())
    pen.box(-0.1, 0, 0.1, 0.32, look.light.thing((92, 60, 50)))
    for side in (-0.3, 0.3):
        pen.box(side - 0.09, 0.24, side + 0.09, 0.42, look.window)


def castle(pen: Pen, look: Look) -> None:
    wall = dark(look.main, 0.14)
    pen.box(-0.4, 0, 0.4, 0.46, wall)
    for step in range(5):
        left = -0.4 + step * 0.178
        pen.box(left, 0.44, left + 0.089, 0.53, wall)
    for side in (-0.42, 0.42):
        _tower(pen, (side, 0.13, 0.70), look.main, look.window)
    _tower(pen, (0, 0.15, 0.82), dark(look.main, 0.05), look.window)
    pen.line((0, 0.88), (0, 1.08), dark(look.main, 0.6))
    pen.polygon([(0, 1.08), (0.17, 1.02), (0, 0.96)], dark(look.main, 0.35))
    gate = look.light.thing((60, 40, 44))
    pen.dome(0, 0.18, 0.1, gate)
    pen.box(-0.1, 0, 0.1, 0.18, gate)


def _tower(pen: Pen, shape: tuple[float, float, float], fill: Colour, window: Colour) -> None:
    middle, half, top = shape
    pen.box(middle - half, 0, middle + half, top, fill)
    tooth = half * 0.46
    for step in range(3):
        left = middle - half * 1.15 + 2 * step * tooth
        pen.box(left, top - 0.01, left + tooth, top + tooth * 1.1, fill)
    pen.box(middle - half * 0.3, top * 0.8 - half * 0.8, middle + half * 0.3, top * 0.8, window)


def lighthouse(pen: Pen, look: Look) -> None:
    foot, neck, top, bands = 0.19, 0.11, 0.92, 5
    other = look.other((246, 244, 238), (150, 156, 170))
    if look.light.lamps_on:
        _beam(pen, top, look.rng.choice((-1, 1)))
    for band in range(bands):
        low, high = band / bands, (band + 1) / bands
        wide, thin = (foot + (neck - foot) * share for share in (low, high))
        corners = [(-wide, top * low), (wide, top * low), (thin, top * high), (-thin, top * high)]
        pen.polygon(corners, other if band % 2 else look.main)
    pen.box(-0.15, top, 0.15, top + 0.03, dark(look.main, 0.5))
    lamp = look.light.thing((190, 224, 240)) if look.light.time == "noon" else (255, 236, 150)
    pen.box(-0.09, top + 0.03, 0.09, top + 0.15, lamp)
    pen.polygon([(-0.13, top + 0.14), (0, top + 0.27), (0.13, top + 0.14)], dark(look.main, 0.3))


def _beam(pen: Pen, top: float, side: int) -> None:
    ray = [(0, top + 0.09), (side * 3.0, top + 0.5), (side * 3.0, top - 0.2)]
    pen.polygon(ray, (255, 240, 170, 80))


def windmill(pen: Pen, look: Look) -> None:
    pen.polygon([(-0.24, 0), (0.24, 0), (0.14, 0.62), (-0.14, 0.62)], look.main)
    pen.polygon([(0.08, 0), (0.24, 0), (0.14, 0.62), (0.05, 0.62)], dark(look.main, 0.15))
    pen.dome(0, 0.62, 0.16, dark(look.main, 0.45))
    pen.box(-0.06, 0, 0.06, 0.2, look.light.thing((84, 56, 48)))
    pen.box(-0.05, 0.3, 0.05, 0.4, look.window)
    sail = look.other((244, 238, 224), (168, 132, 104))
    start = look.rng.choice((math.pi / 4, math.pi / 8))
    for quarter in range(4):
        angle = start + quarter * math.pi / 2
        pen.arm(angle, [(0.12, 0), (0.6, 0), (0.6, 0.19), (0.2, 0.19)], sail)
        pen.arm(angle, [(0, -0.014), (0.6, -0.014), (0.6, 0.014), (0, 0.014)], dark(sail, 0.55))
    pen.disc(0, 0.62, 0.045, dark(look.main, 0.6))


def tent(pen: Pen, look: Look) -> None:
    pole = dark(look.main, 0.6)
    pen.line((0, 0.8), (0.07, 0.88), pole)
    pen.line((0, 0.8), (-0.07, 0.88), pole)
    pen.polygon([(-0.62, 0), (0, 0.8), (0.62, 0)], look.main)
    pen.polygon([(0, 0.8), (0.2, 0), (0.62, 0)], dark(look.main, 0.18))
    inside = (255, 214, 120) if look.light.lamps_on else dark(look.main, 0.62)
    pen.polygon([(-0.03, 0.52), (-0.24, 0), (0.16, 0)], inside)


def tree(pen: Pen, look: Look) -> None:
    trunk = look.light.thing((110, 74, 54))
    pen.polygon([(-0.07, 0), (0.07, 0), (0.04, 0.5), (-0.04, 0.5)], trunk)
    for u, v, radius in ((-0.2, 0.54, 0.21), (0.2, 0.56, 0.2), (0, 0.76, 0.27)):
        pen.disc(u, v, radius, look.main)
    for u, v, radius in ((0.16, 0.54, 0.13), (0.11, 0.74, 0.15)):
        pen.disc(u, v, radius, dark(look.main, 0.13))
    if look.light.weather == "snow":
        pen.dome(0, 0.92, 0.17, look.light.thing((244, 248, 255)))


def boat(pen: Pen, look: Look) -> None:
    side = look.rng.choice((-1, 1))
    sail = look.other((250, 246, 234), (214, 190, 160))
    pen.line((0, 0.2), (0, 1), look.light.thing((100, 70, 56)), 0.035)
    pen.polygon([(side * 0.04, 0.96), (side * 0.04, 0.26), (side * 0.52, 0.26)], sail)
    pen.polygon(
        [(side * -0.04, 0.84), (side * -0.04, 0.26), (side * -0.36, 0.26)], dark(sail, 0.12)
    )
    pen.polygon([(-0.56, 0.2), (0.56, 0.2), (0.4, -0.03), (-0.4, -0.03)], look.main)
    pen.polygon([(-0.56, 0.2), (0.56, 0.2), (0.53, 0.14), (-0.53, 0.14)], dark(look.main, 0.3))


def balloon(pen: Pen, look: Look) -> None:
    stripe = look.other((250, 246, 236), (190, 196, 210))
    pen.polygon([(-0.31, 0.5), (0.31, 0.5), (0.08, 0.18), (-0.08, 0.18)], look.main)
    pen.disc(0, 0.66, 0.36, look.main)
    pen.ellipse(-0.13, 0.32, 0.13, 1.02, stripe)
    pen.polygon([(-0.12, 0.5), (0.12, 0.5), (0.03, 0.18), (-0.03, 0.18)], stripe)
    rope = dark(look.main, 0.6)
    pen.line((-0.07, 0.18), (-0.06, 0.08), rope)
    pen.line((0.07, 0.18), (0.06, 0.08), rope)
    pen.box(-0.08, -0.03, 0.08, 0.1, look.light.thing((140, 94, 60)))


DRAW: dict[str, Callable[[Pen, Look], None]] = {
    "house": house,
    "castle": castle,
    "lighthouse": lighthouse,
    "windmill": windmill,
    "tent": tent,
    "tree": tree,
    "boat": boat,
    "balloon": balloon,
}
