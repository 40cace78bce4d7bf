"""The order in which mixed left-to-right and right-to-left text is set on a line.

The implicit rules of Unicode's UAX 9; explicit embedding controls are passed over.
"""

from __future__ import annotations

import unicodedata
from itertools import groupby

_RTL = frozenset(("R", "AL"))
_STRONG = frozenset(("L", "R", "AL"))
_SOLID = frozenset(("L", "R", "EN", "AN"))  # no neutral, once the weak ones are settled
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
    # Rules I1 and I2; "B" is what keeps the direction of the paragraph.
    level_of = {"L": 2 if rtl else 0, "R": 1, "B": 1 if rtl else 0}
    settled = _neutrals(_numbers(_weak(kinds, rtl)), rtl)
    levels = [level_of.get(kind, 2) for kind in settled]
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
    runs = [(solid, list(run)) for solid, run in groupby(kinds, key=_SOLID.__contains__)]
    for i, (solid, run) in enumerate(runs):
        if solid:
            found.extend(run)
            continue
        left = _side(runs[i - 1][1][-1]) if i else base
        right = _side(runs[i + 1][1][0]) if i + 1 < len(runs) else base
        found.extend([left if left == right else "B"] * len(run))
    return found


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"
