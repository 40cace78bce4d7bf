"""Arabic letters in the forms they take beside each other, for engines that cannot shape.

Unicode keeps these forms as characters; which letters have which is read from their
decompositions, so there is no table here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# The form by whether the letter is joined to the one before and to the one after it.
_FORM_BETWEEN = {
    (False, False): "isolated",
    (True, False): "final",
    (False, True): "initial",
    (True, True): "medial",
}
_TATWEEL = "\u0640"
# Lam and a following alef are always written as one.
_LETTER = re.compile("\u0644[\u0622\u0623\u0625\u0627]|.", re.DOTALL)


def joined(text: str) -> str:
    """The text, in reading order, with each Arabic letter in its joined form."""
    letters: list[str] = _LETTER.findall(text)
    found: list[str] = []
    for i, letter in enumerate(letters):
        forms = _table().get(letter, {})
        before = _has_form(_neighbour(letters, i, -1), "initial")
        joins_on = "initial" in forms or "medial" in forms
        after = joins_on and _has_form(_neighbour(letters, i, 1), "final")
        wanted = _FORM_BETWEEN[before, after]
        fallback = "final" if before else "isolated"
        found.append(forms.get(wanted) or forms.get(fallback) or letter)
    return "".join(found)


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, str]]:
    """For each letter, or pair of letters, its forms by name."""
    found: dict[str, dict[str, str]] = {}
    for code in (*range(0xFB50, 0xFDFD), *range(0xFE70, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(code)).partition(" ")
        if kind.strip("<>") in _FORM_BETWEEN.values():
            key = "".join(chr(int(letter, 16)) for letter in letters.split())
            found.setdefault(key, {}).setdefault(kind.strip("<>"), chr(code))
    return found


def _neighbour(letters: list[str], i: int, step: int) -> str:
    """The next letter in a direction; marks are passed over."""
    i += step
    while 0 <= i < len(letters) and unicodedata.category(letters[i][0]) == "Mn":
        i += step
    return letters[i] if 0 <= i < len(letters) else ""


def _has_form(letter: str, form: str) -> bool:
    """Whether a letter can take this form: one with an initial form joins the letter after it."""
    return letter == _TATWEEL or form in _table().get(letter, {})
