"""Cells: one combination of axis values each, in the order they are numbered.

The Sweep Sampler's inputs arrive as lanes (graph.py). Inputs that depend on the same axis node
vary together, positive and negative always do; every other list is an axis of its own.
"every combination" multiplies the axes (prompts outermost, seeds innermost), "pair up" zips them.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..axes import JOINT, Axis
from ..errors import ProofsheetError
from ..limits import COMBINE, PAIR_UP
from .graph import Item, Lane, Literal, at

INPUTS: tuple[str, ...] = (
    "positive",
    "negative",
    "model",
    "latent_image",
    "vae",
    "steps",
    "cfg",
    "sampler_name",
    "scheduler",
    "denoise",
    "seed",
)
"""The inputs that may carry lists, outermost first."""


@dataclass(frozen=True)
class Cell:
    """One combination. `number` counts from 1; `index` says which element of each input's list
    it takes; `values` holds the label of everything that varies, axis by axis."""

    number: int
    index: Mapping[str, int]
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Sweep:
    """The ordered cells of one run, with their axes (outermost first)."""

    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]
    combine: str


@dataclass(frozen=True)
class _Group:
    """Inputs that vary together, `length` elements each (or one)."""

    names: tuple[str, ...]
    length: int


def sweep(
    lanes: Mapping[str, Lane], sources: Mapping[str, Axis], combine: str, limit: int
) -> Sweep:
    """All cells of a run. Every lane must be known. Raises ProofsheetError if lists that belong
    together differ in length, or if there are more than `limit` cells."""
    if combine not in COMBINE:
        allowed = " or ".join(repr(word) for word in COMBINE.words)
        raise ProofsheetError(f"combine is {combine!r}; it must be {allowed}")
    groups = _groups(lanes, combine)
    parts = _distinct([_parts(group, lanes, sources) for group in groups])
    axes = tuple(_joined(some) for some in parts)
    _check_limit(axes, limit)
    choices = itertools.product(*(range(group.length) for group in groups))
    cells = tuple(_cell(number, choice, groups, parts) for number, choice in enumerate(choices, 1))
    return Sweep(axes, cells, combine)


def _groups(lanes: Mapping[str, Lane], combine: str) -> list[_Group]:
    """Lists that vary together, outermost first; inputs with one element are in no group."""
    sets: list[set[str]] = []
    for name in INPUTS:
        if _length(lanes[name]) > 1:
            joined = [s for s in sets if combine == PAIR_UP or _tied(name, s, lanes)]
            merged = {name}.union(*joined)
            at_index = sets.index(joined[0]) if joined else len(sets)
            sets = [s for s in sets if s not in joined]
            sets.insert(at_index, merged)
    return [_group(members, lanes, combine) for members in sets]


def _group(members: set[str], lanes: Mapping[str, Lane], combine: str) -> _Group:
    names = tuple(name for name in INPUTS if name in members)
    lengths = {name: _length(lanes[name]) for name in names}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        why = "pair up joins" if combine == PAIR_UP else "These belong together and vary as"
        raise ProofsheetError(
            f"{why} lists of equal length (or of one element), but {found}. "
            "Give each the same number of values."
        )
    return _Group(names, lengths[names[0]])


def _tied(name: str, others: Iterable[str], lanes: Mapping[str, Lane]) -> bool:
    prompts = {"positive", "negative"}
    mine = _varying(lanes[name])
    return any({name, other} == prompts or mine & _varying(lanes[other]) for other in others)


def _length(lane: Lane) -> int:
    assert lane.items is not None, "the plan needs every lane's length"
    return len(lane.items)


def _varying(lane: Lane) -> set[str]:
    """The sources on which a lane's elements stand at different places."""
    spread: dict[str, set[int]] = {}
    for place in lane.places:
        for source, index in place.items():
            spread.setdefault(source, set()).add(index)
    return {source for source, indices in spread.items() if len(indices) > 1}


def _parts(group: _Group, lanes: Mapping[str, Lane], sources: Mapping[str, Axis]) -> list[Axis]:
    """What varies in a group, one Axis a source, each as long as the group."""
    parts: dict[str, Axis] = {}
    for name in group.names:
        lane = lanes[name]
        for source in sorted(_varying(lane), key=lambda s: _rank(s, sources)):
            if source not in parts and source in sources:
                parts[source] = _spread(sources[source], [p[source] for p in lane.places])
        if not any(source in sources for source in _varying(lane)):
            parts.setdefault(name, _unnamed(name, lane))
    return list(parts.values())


def _rank(source: str, sources: Mapping[str, Axis]) -> tuple[bool, str]:
    """Prompts first, then by id: the order of parts must not depend on set order."""
    axis = sources.get(source)
    return (axis is None or axis.name != "prompt", source)


def _spread(axis: Axis, indices: Sequence[int]) -> Axis:
    return Axis(
        axis.name,
        tuple(axis.values[i] for i in indices),
        tuple(axis.labels[i] for i in indices),
    )


def _unnamed(name: str, lane: Lane) -> Axis:
    """An axis whose node is not ours: its values if they are plain, else their numbers."""
    items = lane.items or ()
    plain = [item.value if isinstance(item, Literal) else None for item in items]
    values = plain if all(value is not None for value in plain) else range(1, len(items) + 1)
    return Axis(name, tuple(values), tuple(str(value) for value in values))


def _distinct(groups: Sequence[Sequence[Axis]]) -> list[list[Axis]]:
    """Two axes of one name (two LoRA strengths) are told apart: strength, strength 2."""
    seen: dict[str, int] = {}
    return [[_renamed(part, seen) for part in parts] for parts in groups]


def _renamed(part: Axis, seen: dict[str, int]) -> Axis:
    count = seen[part.name] = seen.get(part.name, 0) + 1
    return part if count == 1 else Axis(f"{part.name} {count}", part.values, part.labels)


def _joined(parts: Sequence[Axis]) -> Axis:
    """The one axis that parts varying together make; a value is then a list of theirs."""
    if len(parts) == 1:
        return parts[0]
    labels = tuple(JOINT.join(each) for each in zip(*(part.labels for part in parts), strict=True))
    values = tuple(list(each) for each in zip(*(part.values for part in parts), strict=True))
    return Axis(JOINT.join(part.name for part in parts), values, labels)


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


def _cell(
    number: int,
    choice: Sequence[int],
    groups: Sequence[_Group],
    parts: Sequence[Sequence[Axis]],
) -> Cell:
    index: dict[str, int] = dict.fromkeys(INPUTS, 0)
    values: dict[str, Any] = {}
    for group, axes, i in zip(groups, parts, choice, strict=True):
        index.update(dict.fromkeys(group.names, i))
        values.update({axis.name: _shown(axis, i) for axis in axes})
    return Cell(number, index, values)


def _shown(axis: Axis, index: int) -> Any:
    """Numbers as they are; text (a whole prompt, say) by its label."""
    value = axis.values[index]
    return axis.labels[index] if isinstance(value, str) else value


def cell_items(cell: Cell, lanes: Mapping[str, Lane]) -> dict[str, Item]:
    """The one item that each input has in this cell."""
    return {name: at(lanes[name], cell.index[name])[0] for name in INPUTS}
