"""Cells: one combination of axis values each, in the order they are numbered.

"every combination" multiplies the axes, "pair up" zips them. Only values that come from one node,
or one line of *axes*, vary together.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..axes import Axis, together
from ..errors import ProofsheetError
from ..limits import COMBINE, PAIR_UP
from .graph import JsonValue, Place


@dataclass(frozen=True)
class Cell:
    """One combination. `number` counts from 1; `place` says which value of each axis it takes;
    `values` holds the label of everything that varies, axis by axis."""

    number: int
    place: Place
    values: Mapping[str, JsonValue]


@dataclass(frozen=True)
class Sweep:
    """The ordered cells of one run, with their axes (outermost first)."""

    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]


def sweep(axes: Mapping[str, Axis], combine: str, limit: int) -> Sweep:
    """All cells of a run. `axes` are those of its sources, outermost first; one of a single value
    varies nothing. Raises ProofsheetError if axes that are paired up differ in length, or if there
    are more than `limit` cells."""
    if combine not in COMBINE:
        allowed = " or ".join(repr(word) for word in COMBINE.words)
        raise ProofsheetError(f"combine is {combine!r}; it must be {allowed}")
    varying = {key: axis for key, axis in axes.items() if len(axis.labels) > 1}
    groups = [tuple(varying)] if combine == PAIR_UP and varying else [(key,) for key in varying]
    if combine == PAIR_UP:
        _check_lengths(list(varying.values()))
    shown = tuple(
        varying[keys[0]] if len(keys) == 1 else together([varying[key] for key in keys])
        for keys in groups
    )
    _check_limit(shown, limit)
    first = dict.fromkeys(axes, 0)
    cells = []
    for number, choice in enumerate(itertools.product(*(range(len(a.labels)) for a in shown)), 1):
        place = {key: i for keys, i in zip(groups, choice, strict=True) for key in keys}
        # Numbers as they are, a text (a whole prompt, say) by its label.
        values = {
            part.name: part.labels[i] if isinstance(part.values[i], str) else part.values[i]
            for key, i in place.items()
            for part in varying[key].parts
        }
        cells.append(Cell(number, {**first, **place}, values))
    return Sweep(shown, tuple(cells))


def _check_lengths(axes: Sequence[Axis]) -> None:
    if len({len(axis.labels) for axis in axes}) > 1:
        found = ", ".join(f"{axis.name} has {len(axis.labels)}" for axis in axes)
        raise ProofsheetError(
            f"pair up joins lists of equal length (or of one element), but {found}. "
            "Give each the same number of values."
        )


def _check_limit(axes: Sequence[Axis], limit: int) -> None:
    total = math.prod(len(axis.labels) for axis in axes)
    if total <= limit:
        return
    sizes = " x ".join(f"{len(axis.labels)} {axis.name}" for axis in axes)
    raise ProofsheetError(
        f"This sweep has {sizes} = {total} cells; the limit is {limit}. "
        "Sweep fewer values, or raise the limit in the settings (Proofsheet: most cells in a "
        "sweep) or with the environment variable PROOFSHEET_MAX_CELLS."
    )
