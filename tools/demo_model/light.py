"""What the time of day and the weather do to colours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .paint import Colour, mix, solid

SKIES = {
    "dawn": ((104, 128, 196), (226, 170, 200), (255, 214, 178)),
    "noon": ((54, 140, 226), (120, 190, 244), (206, 236, 250)),
    "sunset": ((84, 48, 122), (232, 92, 92), (255, 186, 88)),
    "night": ((8, 12, 38), (18, 28, 70), (46, 62, 116)),
}
_GROUND = {
    "dawn": (0.95, 0.82, 0.87),
    "noon": (1.0, 1.0, 1.0),
    "sunset": (0.86, 0.60, 0.53),
    "night": (0.33, 0.41, 0.64),
}
_THING = {
    "dawn": (1.0, 0.93, 0.95),
    "noon": (1.0, 1.0, 1.0),
    "sunset": (0.95, 0.82, 0.76),
    "night": (0.72, 0.74, 0.86),
}
_CLOUD = {
    "dawn": (1.0, 0.9, 0.92),
    "noon": (1.0, 1.0, 1.0),
    "sunset": (1.0, 0.76, 0.7),
    "night": (0.34, 0.38, 0.56),
}
_CLOUD_COLOURS = {
    "clear": (255, 255, 255),
    "cloudy": (240, 243, 248),
    "rain": (112, 122, 140),
    "snow": (226, 232, 242),
    "fog": (238, 238, 238),
}
# How grey the weather makes the sky, and the grey it tends to.
_VEIL = {
    "clear": (0.0, (0, 0, 0)),
    "cloudy": (0.28, (170, 182, 196)),
    "rain": (0.62, (96, 108, 124)),
    "snow": (0.48, (196, 206, 220)),
    "fog": (0.55, (212, 214, 216)),
}
_VEIL_BRIGHTNESS = {"dawn": 0.95, "noon": 1.0, "sunset": 0.86, "night": 0.33}
_INK = (24, 18, 40)


def _tinted(colour: Sequence[float], tint: Sequence[float]) -> tuple[float, ...]:
    return tuple(value * share for value, share in zip(colour, tint, strict=True))


def _grey(colour: Sequence[float]) -> float:
    return 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2]


def dark(colour: Sequence[float], share: float = 0.25) -> Colour:
    return solid(mix(colour, _INK, share))


@dataclass(frozen=True)
class Light:
    time: str
    weather: str

    @property
    def night(self) -> bool:
        return self.time == "night"

    @property
    def lamps_on(self) -> bool:
        return self.time in ("night", "sunset")

    @property
    def sky(self) -> list[tuple[float, ...]]:
        """Top, middle and horizon."""
        share, grey = _VEIL[self.weather]
        veil = tuple(value * _VEIL_BRIGHTNESS[self.time] for value in grey)
        return [mix(colour, veil, share) for colour in SKIES[self.time]]

    def ground(self, colour: Sequence[float], far: float = 0.0) -> Colour:
        """A colour of the land; `far` fades it into the horizon."""
        lit = _tinted(colour, _GROUND[self.time])
        if self.weather in ("rain", "cloudy"):
            grey = _grey(lit)
            lit = mix(lit, (grey, grey, grey * 1.06), 0.34 if self.weather == "rain" else 0.18)
        if self.weather == "fog":
            far = min(1, far * 1.2 + 0.26)
        return solid(mix(lit, self.sky[2], far))

    def thing(self, colour: Sequence[float]) -> Colour:
        lit = _tinted(colour, _THING[self.time])
        return solid(mix(lit, self.sky[2], 0.10) if self.weather == "fog" else lit)

    def cloud(self) -> Colour:
        return solid(_tinted(_CLOUD_COLOURS[self.weather], _CLOUD[self.time]))

    def snowed(self, colour: Sequence[float], share: float = 0.78) -> tuple[float, ...]:
        return mix(colour, (246, 249, 255), share) if self.weather == "snow" else tuple(colour)

    def window(self) -> Colour:
        return (255, 222, 128) if self.lamps_on else self.thing((176, 216, 240))
