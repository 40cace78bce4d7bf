"""The six backgrounds. Peaks, trees and houses stand on whole cells."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .light import Light
from .paint import CELLS, Canvas, mix

FRONT = 12  # where the near ground begins; things stand below


@dataclass(frozen=True)
class Land:
    canvas: Canvas
    light: Light
    rng: Random
    horizon: int
    glow: int | None  # the column of sun or moon

    def wave(self, base: float, height: float) -> list[float]:
        """33 heights of a gentle line, from one of eight beginnings."""
        first, second = self.rng.randrange(8), self.rng.choice((1.6, 2.2))
        turns = [math.tau * step / 32 for step in range(33)]
        start = math.tau * first / 8
        return [
            base - height * (0.65 * math.sin(turn + start) + 0.35 * math.sin(second * turn - start))
            for turn in turns
        ]

    def front(self, colour: tuple[int, ...]) -> None:
        fill = self.light.ground(self.light.snowed(colour))
        self.canvas.below(self.wave(FRONT, 0.22), fill)


def mountains(land: Land) -> None:
    hue = land.rng.choice(((112, 124, 158), (120, 116, 148)))
    ranges = ((0.42, (5, 6, 7), (0, 5, 10, 15), 1), (0.12, (2, 3, 4), (-1, 3, 7, 11, 15), 3))
    for index, (far, heights, places, drop) in enumerate(ranges):
        base = land.horizon + drop
        colour = mix(hue, (74, 86, 112), index * 0.7)
        for place in places:
            top = base - land.rng.choice(heights)
            _peak(land, place + land.rng.randint(0, 2), top, base, (colour, far))
        ground = land.light.ground(mix(colour, (40, 60, 70), 0.2), far)
        land.canvas.bar((0, base, CELLS, CELLS), ground)
    meadow = land.light.ground(land.light.snowed((92, 132, 98)), 0.1)
    land.canvas.below(land.wave(FRONT - 0.8, 0.3), meadow)
    land.front((104, 160, 96))


def _peak(
    land: Land, x: float, top: float, base: float, shade: tuple[tuple[float, ...], float]
) -> None:
    (colour, far), light, half = shade, land.light, (base - top) * 0.9
    left, right, foot = (x - half, base), (x + half, base), (x + half * 0.1, base)
    land.canvas.polygon([(x, top), left, right], light.ground(colour, far))
    darker = light.ground(mix(colour, (30, 34, 60), 0.26), far)
    land.canvas.polygon([(x, top), foot, right], darker)
    if far < 0.3 and light.weather != "snow":
        return
    share = 0.6 if light.weather == "snow" else 0.36
    low, wide, dip = top + (base - top) * share, half * share, (base - top) * 0.05
    ragged = [(x - wide, low), (x - wide * 0.45, low - dip), (x - wide * 0.1, low + dip)]
    ragged += [(x + wide * 0.35, low - dip), (x + wide, low)]
    land.canvas.polygon([(x, top), *ragged], light.ground((244, 248, 255), far * 0.5))


def hills(land: Land) -> None:
    dry = land.rng.choice((0.0, 0.2))
    layers = (((166, 206, 120), 0.30), ((128, 188, 98), 0.1), ((96, 162, 84), 0.0))
    for index, (colour, far) in enumerate(layers):
        line = land.wave(land.horizon + 0.3 + 1.2 * index, 0.9)
        fill = land.light.snowed(mix(colour, (190, 190, 90), dry))
        land.canvas.below(line, land.light.ground(fill, far))
        if index < 2:
            _bushes(land, line, far)
    land.front((84, 150, 74))


def _bushes(land: Land, line: list[float], far: float) -> None:
    trunk = land.light.ground((110, 80, 60), far)
    leaves = land.light.ground(land.light.snowed((70, 130, 70), 0.5), far)
    for x in land.rng.sample(range(1, CELLS), land.rng.randint(0, 3)):
        y = line[2 * x]
        land.canvas.bar((x - 0.08, y - 0.4, x + 0.08, y + 0.1), trunk)
        land.canvas.disc(x, y - 0.6, 0.42, leaves)


def sea(land: Land) -> None:
    water, bands = land.rng.choice(((40, 128, 190), (34, 140, 180))), 6
    near, distant = mix(water, (14, 60, 120), 0.4), mix(water, (190, 226, 240), 0.42)
    for band in range(bands):
        top = land.horizon + (CELLS - land.horizon) * (band / bands) ** 1.25
        colour = mix(distant, near, band / (bands - 1))
        fill = land.light.ground(colour, 0.10 if band else 0.25)
        land.canvas.bar((0, top, CELLS, CELLS), fill)
    _glitter(land)


def _glitter(land: Land) -> None:
    glint = (*land.light.ground((230, 244, 250)), 130)
    cells = [(x, y) for y in range(land.horizon + 1, CELLS) for x in range(0, CELLS, 2)]
    for x, y in land.rng.sample(cells, 14):
        land.canvas.bar((x + 0.3, y + 0.4, x + 1.7, y + 0.58), glint, 0.08)
    if land.glow is not None:
        colour = (248, 238, 200) if land.light.night else (255, 222, 140)
        for y in range(land.horizon, CELLS):
            half = 0.5 + 0.12 * (y - land.horizon)
            box = (land.glow - half, y + 0.3, land.glow + half, y + 0.55)
            land.canvas.bar(box, (*colour, 150), 0.1)


def desert(land: Land) -> None:
    if land.rng.random() < 0.3:
        _pyramid(land, land.rng.choice((2, 4, 12, 14)))
    layers = (((240, 208, 146), 0.2), ((232, 188, 116), 0.05), ((218, 166, 92), 0.0))
    for index, (colour, far) in enumerate(layers):
        line = land.wave(land.horizon + 0.3 + 1.2 * index, 0.6)
        land.canvas.below(line, land.light.ground(land.light.snowed(colour, 0.66), far))
    for x in land.rng.sample((1, 2, 3, 13, 14, 15), land.rng.randint(0, 3)):
        _cactus(land, x, land.horizon + land.rng.choice((2, 3)))
    land.front((228, 180, 106))


def _pyramid(land: Land, x: int) -> None:
    base, height = land.horizon + 1, 3
    bright, shade = land.light.ground((222, 178, 112), 0.2), land.light.ground((180, 134, 84), 0.2)
    land.canvas.polygon([(x, base - height), (x - height, base), (x + height, base)], bright)
    land.canvas.polygon([(x, base - height), (x + 0.7, base), (x + height, base)], shade)


def _cactus(land: Land, x: int, y: int) -> None:
    fill = land.light.ground((72, 128, 78))
    land.canvas.bar((x - 0.18, y - 1.7, x + 0.18, y), fill, 0.18)
    land.canvas.bar((x - 0.65, y - 1.35, x - 0.37, y - 0.7), fill, 0.12)
    land.canvas.bar((x - 0.55, y - 0.85, x, y - 0.65), fill)
    land.canvas.bar((x + 0.37, y - 1.5, x + 0.65, y - 0.85), fill, 0.12)
    land.canvas.bar((x, y - 1.05, x + 0.55, y - 0.85), fill)


def forest(land: Land) -> None:
    land.canvas.below(land.wave(land.horizon - 0.3, 0.8), land.light.ground((112, 150, 128), 0.45))
    layers = (((82, 140, 112), 0.36), ((48, 112, 84), 0.12), ((28, 84, 66), 0.0))
    for index, (colour, far) in enumerate(layers):
        base = land.horizon + 1 + index
        fill = land.light.snowed(mix(colour, (60, 90, 50), 0.3), 0.4)
        land.canvas.bar((0, base - 0.3, CELLS, CELLS), land.light.ground(fill, far))
        leaves = land.light.ground(land.light.snowed(colour, 0.22), far)
        for x in land.rng.sample(range(CELLS + 1), 9 - index):
            _pine(land, (x, base), land.rng.choice((3, 4)), leaves)
    land.front((88, 138, 80))


def _pine(land: Land, foot: tuple[int, int], height: int, leaves: tuple[int, ...]) -> None:
    x, y = foot
    land.canvas.bar((x - 0.15, y - 0.6, x + 0.15, y), land.light.ground((92, 66, 52)))
    for tier in range(3):
        low, half = y - height * (0.12 + 0.25 * tier), height * (0.30 - 0.07 * tier)
        land.canvas.polygon([(x, low - height * 0.42), (x - half, low), (x + half, low)], leaves)
    if land.light.weather == "snow":
        cap, half = y - height * 0.76, height * 0.12
        white = land.light.ground((244, 248, 255))
        land.canvas.polygon([(x, y - height * 1.04), (x - half, cap), (x + half, cap)], white)


def city(land: Land) -> None:
    for index, (colour, far) in enumerate((((124, 136, 168), 0.42), ((84, 92, 126), 0.08))):
        x = -land.rng.randint(0, 1)
        while x < CELLS:
            width = land.rng.choice((2, 3))
            top = land.horizon + 1 + index - land.rng.choice(((4, 6, 8), (2, 3, 4))[index])
            _building(land, (x, top, x + width, land.horizon + 3), (colour, far))
            x += width + (land.rng.random() < 0.2)
    land.canvas.bar((0, FRONT - 0.4, CELLS, CELLS), _street(land, (120, 124, 136), 0.6))
    land.canvas.bar((0, FRONT + 1, CELLS, CELLS), _street(land, (88, 92, 106), 0.4))


def _street(land: Land, colour: tuple[int, ...], snow: float) -> tuple[int, ...]:
    return land.light.ground(land.light.snowed(colour, snow))


def _building(
    land: Land, box: tuple[int, int, int, int], shade: tuple[tuple[int, ...], float]
) -> None:
    (left, top, right, bottom), (colour, far), light = box, shade, land.light
    wall = light.ground(mix(colour, (140, 104, 120), land.rng.choice((0.0, 0.4))), far)
    land.canvas.bar((left, top, right, bottom), wall)
    if light.weather == "snow":
        land.canvas.bar((left, top, right, top + 0.25), light.ground((244, 248, 255), far * 0.5))
    pane = (255, 216, 120) if light.lamps_on else light.ground((196, 218, 236), far)
    odds = 0.5 if light.lamps_on else 0.75
    for y in range(top, bottom):
        for x in range(left, right):
            if land.rng.random() < odds:
                land.canvas.bar((x + 0.3, y + 0.35, x + 0.7, y + 0.75), pane)


DRAW: dict[str, Callable[[Land], None]] = {
    "mountains": mountains,
    "hills": hills,
    "sea": sea,
    "desert": desert,
    "forest": forest,
    "city": city,
}
