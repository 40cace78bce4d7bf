"""The fixed list of prompts that the model is judged on: prompts.json, made once, never again.

No training picture shows the combination of thing, colour, place, time and weather of any of
them (`unseen`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from random import Random

from .scene import COLOURS, COUNTED, HEADS, KINDS, PLACES, TIMES, WEATHERS

FILE = Path(__file__).with_name("prompts.json")
NUMBER = 320
_SEED = 77
_PLACE = {"sea": "by the sea"}
_WEATHER = {
    "clear": "clear sky",
    "cloudy": "cloudy",
    "rain": "in the rain",
    "snow": "in the snow",
    "fog": "in the fog",
}


def load() -> list[dict]:
    """Each with `prompt`, `seed` and the index of every attribute."""
    return json.loads(FILE.read_text())


def make() -> list[dict]:
    rng, found = Random(_SEED), []
    taken: set[tuple[int, ...]] = set()
    while len(found) < NUMBER:
        entry = _one(rng)
        if combination(entry) not in taken:
            taken.add(combination(entry))
            found.append({**entry, "seed": 500 + len(found)})
    return found


def _one(rng: Random) -> dict:
    kind, colour, place = rng.choice(KINDS), rng.choice(COLOURS), rng.choice(PLACES)
    time, weather = rng.choice(TIMES), rng.choices(WEATHERS, (8, 4, 3, 3, 2))[0]
    count = rng.choices((0, 1, 2), (8, 1, 1))[0]
    number, plural = ("a", "") if count == 0 else (COUNTED[count], "s")
    where = _PLACE.get(place, f"in the {place}")
    return {
        "prompt": f"{number} {colour} {kind}{plural} {where} at {time}, {_WEATHER[weather]}",
        "time": TIMES.index(time),
        "weather": WEATHERS.index(weather),
        "place": PLACES.index(place),
        "kind": KINDS.index(kind),
        "colour": COLOURS.index(colour),
        "count": count,
    }


def combination(attributes: dict) -> tuple[int, ...]:
    return tuple(attributes[head] for head in HEADS)


def unseen(pictures: Sequence[dict]) -> list[int]:
    """The indices of the pictures that show none of the listed combinations."""
    listed = {combination(entry) for entry in load()}
    return [index for index, shown in enumerate(pictures) if combination(shown) not in listed]


if __name__ == "__main__":
    FILE.write_text("[\n" + ",\n".join(map(json.dumps, make())) + "\n]\n")
