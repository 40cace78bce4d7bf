"""The order in which mixed left-to-right and right-to-left text is set on a line.

The implicit rules of Unicode's UAX 9; explicit embedding controls are passed over.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

_RTL = frozenset(("R", "AL"))
_STRONG = frozenset(("L", "R", "AL"))
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is of a right-to-left script."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind in _RTL for kind in kinds if kind in _STRONG), False)


def visual_runs(text: str, rtl: bool) -> list[tuple[str, bool]]:
    """The runs of a line from left to right, each with whether it reads from right to left.

    `rtl` is the direction of the paragraph. The letters inside a run stay in reading order.
    """
    kinds = [unicodedata.bidirectional(char) for char in text]
    if not rtl and not any(kind in _RTL or kind == "AN" for kind in kinds):
        return [(text, False)] if text else []
    levels = _levels(kinds, rtl)
    runs = [
        (level, "".join(char for char, _ in pairs))
        for level, pairs in groupby(zip(text, levels, strict=True), key=lambda pair: pair[1])
    ]
    return [(run, level % 2 == 1) for level, run in _reordered(runs)]


def mirrored(text: str) -> str:
    """A right-to-left run for setting from left to right: brackets turned."""
    return text.translate(_MIRRORED)


def _reordered(runs: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Rule L2: from the highest level down, what is at it or above is turned round."""
    for level in range(max((level for level, _ in runs), default=0), 0, -1):
        turned: list[tuple[int, str]] = []
        for high, group in groupby(runs, key=lambda run: run[0] >= level):
            level_runs = list(group)
            turned.extend(reversed(level_runs) if high else level_runs)
        runs = turned
    return runs


def _levels(kinds: list[str], rtl: bool) -> list[int]:
    base = 1 if rtl else 0
    kinds = _neutrals(_numbers(_weak(kinds, rtl)), rtl)
    return [_level(kind, base) for kind in kinds]


def _level(kind: str, base: int) -> int:
    """Rules I1 and I2; "B" is what keeps the direction of the paragraph."""
    if kind == "B":
        return base
    if kind == "R":
        return 1
    if kind == "L":
        return 2 * base
    return 2


def _weak(kinds: list[str], rtl: bool) -> list[str]:
    """Rules W1 to W3 and W7: marks follow their letter, digits the letters before them."""
    found: list[str] = []
    before, strong = ("R", "R") if rtl else ("L", "L")
    for kind in kinds:
        if kind in ("NSM", "BN"):
            kind = before
        if kind in _STRONG:
            strong = kind
        elif kind == "EN":
            kind = {"AL": "AN", "L": "L"}.get(strong, "EN")
        before = kind
        found.append("R" if kind == "AL" else kind)
    return found


def _numbers(kinds: list[str]) -> list[str]:
    """Rules W4 to W6: a separator inside a number and a sign at it belong to the number."""
    found = list(kinds)
    for i in range(1, len(found) - 1):
        same = found[i - 1] == found[i + 1]
        if same and (
            (found[i] == "CS" and found[i - 1] in ("EN", "AN"))
            or (found[i] == "ES" and found[i - 1] == "EN")
        ):
            found[i] = found[i - 1]
    for order in (range(1, len(found)), range(len(found) - 2, -1, -1)):
        for i in order:
            neighbour = found[i - order.step]
            if found[i] == "ET" and neighbour == "EN":
                found[i] = "EN"
    return found


def _neutrals(kinds: list[str], rtl: bool) -> list[str]:
    """Rules N1 and N2: neutrals between like directions take it, others the paragraph's."""
    found: list[str] = []
    base = "R" if rtl else "L"
    parts = [(solid, list(group)) for solid, group in groupby(kinds, key=_solid)]
    for i, (solid, group) in enumerate(parts):
        if solid:
            found.extend(group)
            continue
        left = _side(parts[i - 1][1][-1]) if i else base
        right = _side(parts[i + 1][1][0]) if i + 1 < len(parts) else base
        found.extend([left if left == right else "B"] * len(group))
    return found


def _solid(kind: str) -> bool:
    return kind in ("L", "R", "EN", "AN")


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"
