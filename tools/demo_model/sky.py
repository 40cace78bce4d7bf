"""Sky, sun, moon, clouds, and what falls from them. Small marks sit one to a cell."""

from __future__ import annotations

from random import Random

import numpy as np
from PIL import Image

from .light import Light
from .paint import CELL, CELLS, Canvas, mix, solid
from .scene import Scene

_RAINBOW = (
    (232, 70, 70),
    (245, 160, 60),
    (250, 225, 90),
    (100, 190, 100),
    (80, 130, 230),
    (150, 90, 200),
)
_CLOUD_NUMBERS = {"clear": (0, 1), "cloudy": (3, 5), "rain": (3, 5), "snow": (1, 2), "fog": (0, 1)}


def gradient(light: Light) -> Image.Image:
    """Top to middle to horizon, the middle a third of the way down."""
    size = CELLS * CELL
    places, stops = [0, 0.34, 0.62, 1], [*light.sky, light.sky[2]]
    rows = np.linspace(0, 1, size)
    columns = [np.interp(rows, places, [stop[channel] for stop in stops]) for channel in range(3)]
    picture = np.repeat(np.stack(columns, -1)[:, None], size, 1)
    return Image.fromarray(picture.clip(0, 255).astype(np.uint8))


def draw_sky(canvas: Canvas, scene: Scene, light: Light, rng: Random, horizon: int) -> int | None:
    """Everything behind the land. Returns the column of sun or moon, for its reflection."""
    if "stars" in scene.extras:
        for x, y in _cells(rng, range(CELLS), range(horizon), 24):
            canvas.disc(x, y, 0.11, (255, 250, 225, 235))
    column = None
    if "sun" in scene.extras:
        column = _sun(canvas, light, rng, horizon)
    if "moon" in scene.extras:
        column = _moon(canvas, light, rng)
    if "rainbow" in scene.extras:
        _rainbow(canvas, rng, horizon)
    for _ in range(rng.randint(*_CLOUD_NUMBERS[scene.weather])):
        _cloud(canvas, light, rng)
    if "birds" in scene.extras:
        _birds(canvas, light, rng)
    return column


def _cells(rng: Random, columns: range, rows: range, number: int) -> list[tuple[float, float]]:
    """The middles of `number` different cells."""
    every = [(x + 0.5, y + 0.5) for y in rows for x in columns]
    return rng.sample(every, min(number, len(every)))


def _sun(canvas: Canvas, light: Light, rng: Random, horizon: int) -> int:
    x = rng.choice((2, 4, 6, 10, 12, 14))
    if light.time == "noon":
        y, radius, colour = rng.choice((2, 3)), 1.2, (255, 236, 120)
    else:
        y, radius = horizon - rng.choice((1, 2)), 1.9
        colour = (255, 226, 150) if light.time == "dawn" else (255, 206, 84)
    for spread, alpha in ((2.1, 26), (1.55, 40)):
        canvas.disc(x, y, radius * spread, (*colour, alpha))
    canvas.disc(x, y, radius, colour)
    return x


def _moon(canvas: Canvas, light: Light, rng: Random) -> int:
    x, y = rng.choice((2, 4, 6, 10, 12, 14)), rng.choice((3, 4))
    colour = (248, 242, 214)
    if rng.random() < 0.5:
        canvas.disc(x, y, 2.2, (*colour, 26))
        canvas.disc(x, y, 1.3, colour)
        for dx, dy, radius in ((-0.4, -0.3, 0.28), (0.45, 0.1, 0.22), (-0.1, 0.6, 0.2)):
            canvas.disc(x + dx, y + dy, radius, (224, 216, 186))
        return x
    canvas.disc(x, y, 1.3, colour)
    behind = canvas.image.getpixel((2, int(y * CELL)))
    canvas.disc(x + 0.7, y - 0.2, 1.2, behind)
    return x


def _rainbow(canvas: Canvas, rng: Random, horizon: int) -> None:
    x, outer, y = rng.choice((6, 8, 10)), 7.5, horizon + 1
    for index, colour in enumerate(_RAINBOW):
        radius = outer - index * 0.36
        box = (x - radius, y - radius, x + radius, y + radius)
        canvas.arc(box, (*colour, 215), 10)


def _cloud(canvas: Canvas, light: Light, rng: Random) -> None:
    highest = 3 if light.weather == "rain" else 5
    x, y = rng.randint(0, CELLS), rng.randint(1, highest)
    half, fill = rng.choice((1.4, 2.0)), light.cloud()
    canvas.bar((x - half * 1.3, y, x + half * 1.3, y + half * 0.55), fill, half * 0.27)
    for shift, size in ((-0.55, 0.45), (0.1, 0.62), (0.72, 0.38)):
        canvas.disc(x + shift * half, y + half * 0.3, size * half, fill)


def _birds(canvas: Canvas, light: Light, rng: Random) -> None:
    left, top = rng.randint(2, 9), rng.randint(1, 3)
    ink = solid(mix(light.sky[0], (20, 20, 34), 0.75))
    for x, y in _cells(rng, range(left, left + 5), range(top, top + 3), 5):
        wings = [(x - 0.45, y - 0.22), (x - 0.15, y - 0.25), (x, y), (x + 0.15, y - 0.25)]
        canvas.line([*wings, (x + 0.45, y - 0.22)], ink, 5)


def draw_weather(canvas: Canvas, light: Light, rng: Random) -> None:
    """What hangs or falls before the land and the things."""
    draw = {"rain": _rain, "snow": _snow, "fog": _fog}.get(light.weather)
    if draw:
        draw(canvas, light, rng)


def _rain(canvas: Canvas, light: Light, rng: Random) -> None:
    colour = (150, 170, 215) if light.night else (205, 220, 240)
    for x, y in _cells(rng, range(CELLS), range(CELLS), 44):
        canvas.line([(x + 0.12, y - 0.42), (x - 0.12, y + 0.42)], (*colour, 185), 4)


def _snow(canvas: Canvas, light: Light, rng: Random) -> None:
    for x, y in _cells(rng, range(CELLS), range(CELLS), 52):
        canvas.disc(x, y, 0.17, (255, 255, 255, 235))


def _fog(canvas: Canvas, light: Light, rng: Random) -> None:
    share = 0.12 if light.night else 0.35
    fill = solid(mix(light.sky[2], (255, 255, 255), share), 120)
    for y in rng.sample((8, 10, 14), 2):
        x, width = rng.choice((-2, 0, 2, 4)), rng.choice((8, 10, 12))
        canvas.bar((x, y, x + width, y + 0.8), fill, 0.4)
