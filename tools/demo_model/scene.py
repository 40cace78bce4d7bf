"""What is in a picture: plain data, drawn from a seeded random source."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

KINDS = ("house", "castle", "lighthouse", "windmill", "tent", "tree", "boat", "balloon")
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "white")
PLACES = ("mountains", "hills", "sea", "desert", "forest", "city")
TIMES = ("dawn", "noon", "sunset", "night")
WEATHERS = ("clear", "cloudy", "rain", "snow", "fog")
STYLES = ("plain", "pastel", "vintage", "monochrome")
HEADS = {"time": TIMES, "weather": WEATHERS, "place": PLACES, "kind": KINDS, "colour": COLOURS}
COUNTED = ("one", "two", "three")

_WEATHER_ODDS = (40, 20, 14, 16, 10)
# Rain and fog by night hide the very thing that is to be learned: few of them.
_NIGHT_ODDS = (52, 24, 6, 14, 4)
_SUN_ODDS = {"clear": 0.75, "cloudy": 0.35, "rain": 0.0, "snow": 0.2, "fog": 0.2}
_MOON_ODDS = {"clear": 0.65, "cloudy": 0.5, "rain": 0.0, "snow": 0.4, "fog": 0.3}


@dataclass(frozen=True)
class Thing:
    kind: str
    colour: str
    count: int = 1
    size: str = ""


@dataclass(frozen=True)
class Scene:
    time: str
    weather: str
    place: str
    style: str = "plain"
    things: tuple[Thing, ...] = ()
    extras: frozenset[str] = field(default_factory=frozenset)  # sun, moon, stars, rainbow, birds


def draw_scene(rng: Random) -> Scene:
    time = rng.choice(TIMES)
    odds = _NIGHT_ODDS if time == "night" else _WEATHER_ODDS
    weather = rng.choices(WEATHERS, odds)[0]
    return Scene(
        time=time,
        weather=weather,
        place=rng.choice(PLACES),
        style=rng.choices(STYLES, (85, 5, 5, 5))[0],
        things=_draw_things(rng),
        extras=_draw_extras(rng, time, weather),
    )


def _draw_things(rng: Random) -> tuple[Thing, ...]:
    number = rng.choices((0, 1, 2), (6, 80, 14))[0]
    kinds, colours = rng.sample(KINDS, number), rng.sample(COLOURS, number)
    if number != 1:
        return tuple(Thing(kind, colour) for kind, colour in zip(kinds, colours, strict=True))
    count = rng.choices((1, 2, 3), (76, 12, 12))[0]
    size = rng.choices(("", "small", "big"), (72, 12, 16))[0] if count == 1 else ""
    return (Thing(kinds[0], colours[0], count, size),)


def _draw_extras(rng: Random, time: str, weather: str) -> frozenset[str]:
    night = time == "night"
    open_sky = weather in ("clear", "cloudy")
    odds = {
        "sun": 0.0 if night else _SUN_ODDS[weather],
        "moon": _MOON_ODDS[weather] if night else 0.0,
        "stars": 0.7 if night and weather == "clear" else 0.0,
        "rainbow": 0.14 if time in ("dawn", "noon") and weather in ("clear", "rain") else 0.0,
        "birds": 0.14 if open_sky and not night else 0.0,
    }
    return frozenset(name for name, chance in odds.items() if rng.random() < chance)


_PLACE_PHRASES = {
    "mountains": ("in the mountains", "mountains"),
    "hills": ("in the hills", "hills"),
    "sea": ("by the sea", "on the sea"),
    "desert": ("in the desert", "desert"),
    "forest": ("in the forest", "forest"),
    "city": ("in the city", "city"),
}
_WEATHER_PHRASES = {
    "clear": "clear sky",
    "cloudy": "cloudy",
    "rain": "in the rain",
    "snow": "in the snow",
    "fog": "in the fog",
}


def caption(scene: Scene, rng: Random) -> str:
    """A sentence that leaves some of the scene unsaid, in changing order."""
    phrases = [_thing_phrase(scene.things, rng)] if scene.things and rng.random() < 0.96 else []
    said = _said(scene, rng)
    rng.shuffle(said)
    if phrases and said and rng.random() < 0.25:
        phrases.insert(0, said.pop())
    phrases += said
    if scene.style != "plain" and rng.random() < 0.95:
        phrases.insert(rng.choice((0, len(phrases))), f"{scene.style} style")
    return " ".join(phrases)


def _said(scene: Scene, rng: Random) -> list[str]:
    said: list[str] = []
    if rng.random() < 0.9:
        said.append(rng.choice(_PLACE_PHRASES[scene.place]))
    if rng.random() < 0.9:
        said.append(f"at {scene.time}")
    if rng.random() < (0.6 if scene.weather == "clear" else 0.88):
        said.append(_WEATHER_PHRASES[scene.weather])
    said += [f"with {extra}" for extra in sorted(scene.extras) if rng.random() < 0.6]
    return said


def _thing_phrase(things: tuple[Thing, ...], rng: Random) -> str:
    return " and ".join(_one_phrase(thing, rng) for thing in things)


def _one_phrase(thing: Thing, rng: Random) -> str:
    # "a" is a word of its own to the model: one means one.
    number = "a" if thing.count == 1 else COUNTED[thing.count - 1]
    plural = "s" if thing.count > 1 else ""
    size = thing.size if rng.random() < 0.9 else ""
    colour = thing.colour if rng.random() < 0.93 else ""
    return " ".join(word for word in (number, size, colour, thing.kind + plural) if word)


def attributes(scene: Scene) -> dict[str, int]:
    """The index of each attribute; -1 where a single kind, colour or count cannot be told."""
    only = scene.things[0] if len(scene.things) == 1 else None
    hueless = scene.style in ("monochrome", "vintage")
    return {
        "time": TIMES.index(scene.time),
        "weather": WEATHERS.index(scene.weather),
        "place": PLACES.index(scene.place),
        "kind": KINDS.index(only.kind) if only else -1,
        "colour": COLOURS.index(only.colour) if only and not hueless else -1,
        "count": only.count - 1 if only else -1,
    }
