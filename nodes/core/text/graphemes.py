"""Characters as people count them: a letter with its marks, an emoji sequence, a syllable.

The rules of Unicode's UAX 29 that matter on a sheet, from the properties that the standard
library knows; nothing is ever cut or wrapped inside a grapheme.
"""

from __future__ import annotations

import unicodedata

ZWJ = "\u200d"
_JOINERS = "\u200c" + ZWJ
_THAI_AM = "\u0e33\u0eb3"  # vowels that Unicode counts as letters but hang on the one before
_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u08e2")


def graphemes(text: str) -> list[str]:
    """The text cut into graphemes; joined, they are the text."""
    if text.isascii() and "\r" not in text:
        return list(text)
    found: list[str] = []
    for char in text:
        if found and _joins(found[-1], char):
            found[-1] += char
        else:
            found.append(char)
    return found


def invisible(char: str) -> bool:
    """Whether a character only steers others: joiners, direction marks, variation selectors."""
    code = ord(char)
    if 0xFE00 <= code <= 0xFE0F or 0xE0000 <= code <= 0xE0FFF:
        return True
    return unicodedata.category(char) == "Cf" and char not in _VISIBLE_FORMATS


def _joins(before: str, char: str) -> bool:
    last, code, category = before[-1], ord(char), unicodedata.category(char)
    if last in "\r\n":
        return last + char == "\r\n"
    mark = category in ("Mn", "Me", "Mc") or char in _THAI_AM
    skin_or_tag = 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code < 0xE0080
    pictograph = code >= 0x2190 and category in ("So", "Sm", "Cn", "Sk", "Po")
    # A virama joins two consonants in the scripts of India.
    virama = unicodedata.combining(last) == 9 and 0x900 <= ord(last) <= 0xDFF
    return (
        mark
        or skin_or_tag
        or char in _JOINERS
        or (last == ZWJ and pictograph)
        or (_regional(char) and _regional(before))
        or (virama and category == "Lo")
        or _one_syllable(last, char)
    )


def _regional(text: str) -> bool:
    """One letter of a flag, standing alone."""
    return len(text) == 1 and 0x1F1E6 <= ord(text) <= 0x1F1FF


def _one_syllable(last: str, char: str) -> bool:
    """Leading, vowel and trailing letters of one syllable in Korean."""
    a, b = ord(last), ord(char)
    leading, vowel = 0x1100 <= a <= 0x115F, 0x1160 <= a <= 0x11A7
    syllable, open_syllable = 0xAC00 <= a <= 0xD7A3, (a - 0xAC00) % 28 == 0
    if 0x1160 <= b <= 0x11A7:
        return leading or vowel or (syllable and open_syllable)
    if 0x11A8 <= b <= 0x11FF:
        return vowel or syllable or 0x11A8 <= a <= 0x11FF
    return leading and (0x1100 <= b <= 0x115F or 0xAC00 <= b <= 0xD7A3)
