"""What differs between texts: word by word, in scripts without spaces character by character."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from .graphemes import graphemes
from .wrapping import ELLIPSIS, unwrapped, wide

_WORTH = 12  # a shared end shorter than this many letters stays: the text reads better whole
_LOOSE = frozenset(" ,;、，；")
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
    front, tail = _ends(lists)
    whole = lists[0]
    first, last = "".join(whole[:front]), "".join(whole[len(whole) - tail :])
    own = tuple("".join(_trimmed(_middle(words, front, tail))) for words in lists)
    return Difference(own, first + ELLIPSIS + last if front or tail else "")


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


def _ends(lists: list[list[str]]) -> tuple[int, int]:
    """How many tokens to cut off in front and at the end."""
    front = _alike(lists)
    rest = [words[front:] for words in lists]
    tail = _alike([words[::-1] for words in rest])
    front, tail = _until_all_speak(lists, front, tail)
    words = lists[0]
    front = front if _long("".join(words[:front])) else 0
    return front, tail if _long("".join(words[len(words) - tail :])) else 0


def _alike(lists: list[list[str]]) -> int:
    columns = zip(*lists, strict=False)
    return sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, columns))


def _until_all_speak(lists: list[list[str]], front: int, tail: int) -> tuple[int, int]:
    """Gives back shared words until each text keeps one of its own."""
    while any(not _speaks(_middle(words, front, tail)) for words in lists):
        if front:
            front -= 1
        elif tail:
            tail -= 1
        else:
            break
    return front, tail


def _middle(words: list[str], front: int, tail: int) -> list[str]:
    return words[front : len(words) - tail]


def _trimmed(words: list[str]) -> list[str]:
    """Without the spaces and commas at both ends."""
    solid = [i for i, word in enumerate(words) if word not in _LOOSE]
    return words[solid[0] : solid[-1] + 1] if solid else []


def _speaks(words: list[str]) -> bool:
    return any(word[0].isalnum() or ord(word[0]) >= 0x2190 for word in words)


def _long(text: str) -> bool:
    return sum(3 if wide(char) else 2 if "가" <= char <= "힣" else 1 for char in text) >= _WORTH
