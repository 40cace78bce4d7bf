"""Arabic letters in the forms they take beside each other, for engines that cannot shape.

Unicode keeps these forms as characters; which letters have which is read from their
decompositions, so there is no table here.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_FORMS = ("isolated", "final", "initial", "medial")
_LAM = "\u0644"
_TATWEEL = "\u0640"


def joined(text: str) -> str:
    """The text, in reading order, with each Arabic letter in its joined form."""
    letters = _ligated(text)
    return "".join(_formed(letters, i) for i in range(len(letters)))


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    """For each letter, or pair of letters, its forms by name."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFDFD), *range(0xFE70, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if kind.strip("<>") in _FORMS:
            key = "".join(chr(int(letter, 16)) for letter in letters.split())
            found.setdefault(key, {}).setdefault(kind.strip("<>"), chr(code))
    return found


def _ligated(text: str) -> list[str]:
    """The characters; lam and a following alef, which are always written as one, together."""
    found: list[str] = []
    for char in text:
        if (
            found
            and found[-1] == _LAM
            and "isolated" in _table().get(_LAM + char, {})
            and (char in "\u0622\u0623\u0625\u0627")
        ):
            found[-1] += char
        else:
            found.append(char)
    return found


def _formed(letters: list[str], i: int) -> str:
    forms = _table().get(letters[i], {})
    before = _joins_forward(_neighbour(letters, i, -1))
    after = bool({"medial", "initial"} & forms.keys()) and _joins_back(_neighbour(letters, i, 1))
    wanted = {(1, 1): "medial", (1, 0): "final", (0, 1): "initial"}.get((before, after), "isolated")
    fallback = "final" if before else "isolated"
    return forms.get(wanted) or forms.get(fallback) or letters[i]


def _neighbour(letters: list[str], i: int, step: int) -> str:
    """The next letter in a direction; marks are passed over."""
    i += step
    while 0 <= i < len(letters) and unicodedata.category(letters[i][0]) == "Mn":
        i += step
    return letters[i] if 0 <= i < len(letters) else ""


def _joins_forward(letter: str) -> bool:
    return letter == _TATWEEL or "initial" in _table().get(letter, {})


def _joins_back(letter: str) -> bool:
    return letter == _TATWEEL or "final" in _table().get(letter, {})
