"""The words the demo model was trained on, and the everyday words that stand for them."""

from __future__ import annotations

import re

PAD = ""
GROUPS: dict[str, tuple[str, ...]] = {
    "things": ("house", "castle", "lighthouse", "windmill", "tent", "tree", "boat", "balloon"),
    "numbers": ("one", "two", "three"),
    "sizes": ("small", "big"),
    "colours": ("red", "orange", "yellow", "green", "blue", "purple", "pink", "white"),
    "places": ("mountains", "hills", "sea", "desert", "forest", "city"),
    "times": ("dawn", "noon", "sunset", "night"),
    "weathers": ("clear", "cloudy", "rain", "snow", "fog"),
    "in the sky": ("sun", "moon", "stars", "rainbow", "birds"),
    "styles": ("pastel", "vintage", "monochrome"),
}
WORDS: tuple[str, ...] = (PAD, *(word for group in GROUPS.values() for word in group))

_STANDS_FOR = {
    "house": "houses cottage cottages cabin home hut",
    "castle": "castles fortress palace",
    "lighthouse": "lighthouses beacon",
    "windmill": "windmills mill",
    "tent": "tents camp camping",
    "tree": "trees oak",
    "boat": "boats sailboat sailboats ship ships yacht",
    "balloon": "balloons airship",
    "one": "a an 1 single",
    "two": "2 pair",
    "three": "3",
    "small": "tiny little",
    "big": "large huge giant tall",
    "red": "crimson scarlet",
    "yellow": "golden gold",
    "green": "teal emerald",
    "blue": "navy azure",
    "purple": "violet lilac",
    "pink": "rose",
    "white": "ivory",
    "mountains": "mountain peak peaks alps",
    "hills": "hill meadow meadows countryside field fields",
    "sea": "ocean water coast beach shore island lake",
    "desert": "dunes dune sand sahara",
    "forest": "woods wood pines woodland",
    "city": "town skyline street downtown",
    "dawn": "sunrise morning",
    "noon": "day daytime midday afternoon",
    "sunset": "dusk evening twilight",
    "night": "midnight nighttime",
    "cloudy": "cloud clouds overcast",
    "rain": "rainy raining storm stormy",
    "snow": "snowy snowing winter",
    "fog": "foggy mist misty",
    "sun": "sunny sunshine",
    "moon": "moonlit moonlight",
    "stars": "star starry",
    "birds": "bird",
    "vintage": "sepia retro",
    "monochrome": "noir grayscale greyscale bw",
}
SYNONYMS: dict[str, str] = {
    synonym: word for word, synonyms in _STANDS_FOR.items() for synonym in synonyms.split()
}
# Words that carry no meaning here, so that a log line about unknown words names only real losses.
_FILLERS = """
    the in on at by of with and over under near among beside above behind to from into
    is are its it some sky style hot air view picture scene landscape
"""
FILLERS = frozenset(_FILLERS.split())

_ID = {word: index for index, word in enumerate(WORDS)}
_TOKEN = re.compile(r"[^\W_]+")


def word_ids(text: str) -> tuple[list[int], list[str]]:
    """The ids of the known words in `text`, in order, and the words that nothing is known of."""
    ids: list[int] = []
    unknown: list[str] = []
    for token in _TOKEN.findall(text.lower()):
        word = SYNONYMS.get(token, token)
        if word in _ID:
            ids.append(_ID[word])
        elif token not in FILLERS:
            unknown.append(token)
    return ids, unknown


def describe_words() -> str:
    """The vocabulary in one line for each group, as shown in the node's tooltip."""
    return "\n".join(f"{name}: {', '.join(words)}" for name, words in GROUPS.items())
