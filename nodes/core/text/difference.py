"""What differs between texts: word by word, in scripts without spaces character by character."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from .graphemes import graphemes
from .wrapping import ELLIPSIS, unwrapped, wide

_WORTH = 12  # a shared end shorter than this many letters stays: the text reads better whole
_LOOSE = frozenset(" ,;、，；")  # left off at both ends of what a text says alone
_INSIDE = frozenset(".,'’-_:/\\")  # between two letters or digits, part of the word


@dataclass(frozen=True)
class Difference:
    """What each text alone says, and the text they share, with … where they differ."""

    own: tuple[str, ...]
    shared: str


def difference(texts: Sequence[str]) -> Difference:
    """Cuts off what all texts begin with and end with, so that each keeps at least a word."""
    lists = [tokens(unwrapped(text)) for text in texts]
    if len(set(map(tuple, lists))) < 2:
        return Difference(tuple(map(unwrapped, texts)), "")
    front, tail = shared_ends(lists)
    first, last = "".join(lists[0][:front]), "".join(lists[0][len(lists[0]) - tail :])
    if not _long(first):
        front, first = 0, ""
    if not _long(last):
        tail, last = 0, ""
    own: list[str] = []
    for words in lists:
        solid = [i for i in range(front, len(words) - tail) if words[i] not in _LOOSE]
        own.append("".join(words[solid[0] : solid[-1] + 1]) if solid else "")
    return Difference(tuple(own), first + ELLIPSIS + last if front or tail else "")


def tokens(text: str) -> list[str]:
    """Words, single characters of scripts without spaces, and what stands between them."""
    found: list[str] = []
    units = graphemes(text)
    for i, unit in enumerate(units):
        following = units[i + 1] if i + 1 < len(units) else " "
        if found and _in_word(found[-1], unit, following):
            found[-1] += unit
        else:
            found.append(unit)
    return found


def _in_word(before: str, unit: str, following: str) -> bool:
    if not _letter(before[-1]) and not (before[-1] in _INSIDE and len(before) > 1):
        return before.isspace() and unit.isspace()
    if unit in _INSIDE:
        number = before[-1].isdigit() and following[0].isdigit()
        return _letter(before[-1]) and _letter(following[0]) and (unit != "," or number)
    return _letter(unit[0])


def _letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN" and not wide(char)


def shared_ends(lists: list[list[str]], empty: bool = False) -> tuple[int, int]:
    """How many words all begin with and how many they end with; unless a text may become empty,
    each keeps one of its own that speaks."""
    front = _alike(lists)
    tail = _alike([words[front:][::-1] for words in lists])
    if empty or all(speaks(words[front : len(words) - tail]) for words in lists):
        return front, tail
    words = lists[0]
    while front:
        front -= 1
        if speaks([words[front]]):
            return front, tail
    while tail:
        tail -= 1
        if speaks([words[len(words) - tail - 1]]):
            break
    return front, tail


def _alike(lists: list[list[str]]) -> int:
    """How many words all begin with."""
    places = zip(*lists, strict=False)
    return sum(1 for _ in takewhile(lambda place: len(set(place)) == 1, places))


def speaks(words: Sequence[str]) -> bool:
    """Whether it can stand as a name: a letter, a digit or a picture."""
    return any(word[0].isalnum() or ord(word[0]) >= 0x2190 for word in words)


def _long(text: str) -> bool:
    return sum(3 if wide(char) else 2 if "가" <= char <= "힣" else 1 for char in text) >= _WORTH
