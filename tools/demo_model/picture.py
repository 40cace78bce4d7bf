"""A scene drawn: 128 x 128 pixels, RGB."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import numpy as np
from PIL import Image

from . import places, things
from .light import Light
from .paint import Canvas, Pen
from .places import Land
from .scene import Scene, Thing
from .sky import draw_sky, draw_weather, gradient

_HEIGHTS = {"": 6.5, "small": 3.5, "big": 8.5}
_GROUP_HEIGHTS = {1: 6.5, 2: 5.0, 3: 4.0}
# Columns for one, two or three things side by side, the same distances from both edges.
_COLUMNS = {1: ((5, 7, 9, 11),), 2: ((3, 5), (11, 13)), 3: ((3,), (8,), (13,))}


@dataclass(frozen=True)
class Spot:
    x: float
    y: float
    height: float


def draw(scene: Scene, rng: Random) -> Image.Image:
    light = Light(scene.time, scene.weather)
    canvas = Canvas(gradient(light))
    horizon = rng.choice((9, 10))
    glow = draw_sky(canvas, scene, light, rng, horizon)
    places.DRAW[scene.place](Land(canvas, light, rng, horizon, glow))
    for thing, spot in _spots(scene.things, rng):
        _draw_thing(canvas, scene, light, (thing, spot, rng))
    draw_weather(canvas, light, rng)
    return _styled(canvas.reduced(), scene.style)


def _spots(wanted: tuple[Thing, ...], rng: Random) -> list[tuple[Thing, Spot]]:
    each = [thing for thing in wanted for _ in range(thing.count)]
    if not each:
        return []
    rng.shuffle(each)
    row = rng.choice((13, 14))
    return [
        (thing, _spot(thing, len(each), rng.choice(columns), row))
        for thing, columns in zip(each, _COLUMNS[len(each)], strict=True)
    ]


def _spot(thing: Thing, number: int, column: int, row: int) -> Spot:
    height = _HEIGHTS[thing.size] if number == 1 else _GROUP_HEIGHTS[number]
    if thing.kind == "balloon":
        return Spot(column, round(height) + row - 12, height)
    return Spot(column, row + (thing.size == "big"), height)


def _draw_thing(
    canvas: Canvas, scene: Scene, light: Light, placed: tuple[Thing, Spot, Random]
) -> None:
    thing, spot, rng = placed
    if thing.kind == "boat" and scene.place != "sea":
        _pond(canvas, light, spot)
    elif scene.place == "sea" and thing.kind not in ("boat", "balloon"):
        _island(canvas, light, spot)
    pen = Pen(canvas, spot.x, spot.y, spot.height)
    things.DRAW[thing.kind](pen, things.Look(light, thing.colour, rng))


def _pond(canvas: Canvas, light: Light, spot: Spot) -> None:
    half = spot.height * 0.7 + 0.5
    box = (spot.x - half, spot.y - half * 0.16, spot.x + half, spot.y + half * 0.24)
    canvas.ellipse(box, light.ground((78, 150, 200)))


def _island(canvas: Canvas, light: Light, spot: Spot) -> None:
    half, grass = spot.height * 0.66 + 0.6, light.ground(light.snowed((120, 168, 92)))
    canvas.half_disc((spot.x - half, spot.y - 0.5, spot.x + half, spot.y + 1.5), grass)
    sand = light.ground(light.snowed((226, 200, 142), 0.5))
    canvas.bar((spot.x - half, spot.y + 0.45, spot.x + half, spot.y + 0.8), sand, 0.17)


def _styled(image: Image.Image, style: str) -> Image.Image:
    if style == "plain":
        return image
    pixels = np.asarray(image).astype(np.float32)
    grey = (pixels @ np.array([0.3, 0.59, 0.11], np.float32))[..., None]
    if style == "monochrome":
        pixels = np.repeat((grey - 128) * 1.12 + 128, 3, 2)
    elif style == "pastel":
        softer = grey + (pixels - grey) * 0.72
        pixels = softer * 0.5 + 127.5 * np.array([1, 0.975, 0.985], np.float32)
    else:
        share = grey / 255
        sepia = (1 - share) * np.array([58, 36, 28]) + share * np.array([255, 236, 192])
        pixels = pixels * 0.28 + sepia * 0.72
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
