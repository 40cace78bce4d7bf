"""Fitting a text into a width: lines broken where the script allows, ended by … where cut.

The width of a text is asked of a callable, so nothing here knows a font.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice

from .graphemes import graphemes

Measure = Callable[[str], float]

ELLIPSIS = "…"
NO_BREAK = "\xa0"  # a space at which no line ends
_SPACES = re.compile(rf"[^\S{NO_BREAK}]+")
_NO_START = frozenset(
    "、。，．,.!?:;)]}！？：；）］｝〕〉》」』】’”…‥・ーゝゞ々ぁぃぅぇぉっゃゅょァィゥェォッャュョ%％"
)
_NO_END = frozenset("([{（［｛〔〈《「『【‘“")
_JOINING = frozenset("·×")  # our own separators: a line may end with one, never begin
_BREAK_AFTER = frozenset("-/–—")


def unwrapped(text: str) -> str:
    """The text as one line, to be wrapped anew; a space at which no line ends stays as it is."""
    return _SPACES.sub(" ", text).strip(" ")


def wrap(text: str, width: float, measure: Measure, lines: int = 0) -> list[str]:
    """The text in lines no wider than `width` (unless a single grapheme is); at most `lines` of
    them if given, and then the last ends in … if text is left over."""
    done: list[str] = []
    line, used = "", 0.0
    fitting = _fitting(unwrapped(text), width, measure)
    for piece, size, fresh in fitting:
        if line and (fresh or used + measure(piece.rstrip()) > width):
            if len(done) + 1 == lines:
                rest = line + piece + "".join(more for more, _, _ in islice(fitting, 40))
                return [*done, shorten(rest, width, measure, cut=True)]
            done.append(line.rstrip())
            line, used = "", 0.0
        line, used = line + piece, used + size
    return [*done, line.rstrip()] if line.strip() else done


def shorten(text: str, width: float, measure: Measure, cut: bool = False) -> str:
    """The text, if it fits (and is not `cut` already), else as many graphemes as fit and …"""
    if not cut and measure(text) <= width:
        return text
    kept, used = [], measure(ELLIPSIS)
    for grapheme in graphemes(text):
        used += measure(grapheme)
        if used > width:
            break
        kept.append(grapheme)
    while kept and measure("".join(kept).rstrip() + ELLIPSIS) > width:
        kept.pop()
    return "".join(kept).rstrip(" ,;:·、，；") + ELLIPSIS


def _fitting(text: str, width: float, measure: Measure) -> Iterator[tuple[str, float, bool]]:
    """The unbreakable pieces, how wide each is and whether it must begin a line. One too wide for
    any line begins a line and comes in graphemes."""
    for piece in pieces(text):
        size = measure(piece)
        if size <= width or measure(piece.rstrip()) <= width:
            yield piece, size, False
        else:
            units = graphemes(piece)
            yield from ((unit, measure(unit), i == 0) for i, unit in enumerate(units))


def pieces(text: str) -> list[str]:
    """The text cut wherever a line may break: after spaces and hyphens, around CJK characters
    (but a closing mark never begins a line, and an opening one never ends it)."""
    found: list[str] = []
    for grapheme in graphemes(text):
        if found and not _may_break(found[-1], grapheme):
            found[-1] += grapheme
        else:
            found.append(grapheme)
    return found


def _may_break(piece: str, after: str) -> bool:
    last = piece[-1]
    if after.isspace() or after in _JOINING or piece.endswith("× "):
        return False
    if last.isspace():
        return last != NO_BREAK
    if after[0] in _NO_START or last in _NO_END:
        return False
    if last in _BREAK_AFTER:
        return len(piece) > 2 and after[0].isalpha()
    return wide(last) or wide(after[0])


def wide(char: str) -> bool:
    """Whether a script is written without spaces, so that any character may end a line."""
    if unicodedata.east_asian_width(char) not in "WF":
        return False
    return not 0xAC00 <= ord(char) <= 0xD7A3  # Korean puts spaces between words
