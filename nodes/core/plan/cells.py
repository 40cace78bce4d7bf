"""Cells: one combination of axis values each, in the order they are numbered.

The Sweep Sampler's inputs arrive as lanes (graph.py). Inputs that depend on the same axis node
vary together, positive and negative always do; every other list is an axis of its own.
"every combination" multiplies the axes (prompts outermost, seeds innermost), "pair up" zips them.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..axes import JOINT, Axis
from ..errors import ProofsheetError
from ..limits import COMBINE, PAIR_UP
from .graph import Item, JsonValue, Lane, Literal, at

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

PROMPTS = {"positive", "negative"}
"""They belong together whatever makes them."""


@dataclass(frozen=True)
class Cell:
    """One combination. `number` counts from 1; `index` says which element of each input's list
    it takes; `values` holds the label of everything that varies, axis by axis."""

    number: int
    index: Mapping[str, int]
    values: Mapping[str, JsonValue]


@dataclass(frozen=True)
class Sweep:
    """The ordered cells of one run, with their axes (outermost first)."""

    axes: tuple[Axis, ...]
    cells: tuple[Cell, ...]
    combine: str


def sweep(
    lanes: Mapping[str, Lane], sources: Mapping[str, Axis], combine: str, limit: int
) -> Sweep:
    """All cells of a run. Every lane must be known. Raises ProofsheetError if lists that belong
    together differ in length, or if there are more than `limit` cells."""
    if combine not in COMBINE:
        allowed = " or ".join(repr(word) for word in COMBINE.words)
        raise ProofsheetError(f"combine is {combine!r}; it must be {allowed}")
    groups = _groups(lanes, combine)
    components = _distinct([_components(names, lanes, sources) for names in groups])
    axes = tuple(_joined(each) for each in components)
    _check_limit(axes, limit)
    choices = itertools.product(*(range(_length(lanes[names[0]])) for names in groups))
    cells = tuple(
        _cell(number, choice, groups, components) for number, choice in enumerate(choices, start=1)
    )
    return Sweep(axes, cells, combine)


def _groups(lanes: Mapping[str, Lane], combine: str) -> list[tuple[str, ...]]:
    """The inputs that vary together, outermost first; one with a single element is in no group."""
    varying = {name: _varying(lanes[name]) for name in INPUTS if _length(lanes[name]) > 1}
    sets: list[set[str]] = []
    for name in varying:
        joined = [
            others
            for others in sets
            if combine == PAIR_UP
            or any({name, each} == PROMPTS or varying[name] & varying[each] for each in others)
        ]
        place = sets.index(joined[0]) if joined else len(sets)
        sets = [others for others in sets if others not in joined]
        sets.insert(place, {name}.union(*joined))
    groups = [tuple(name for name in INPUTS if name in members) for members in sets]
    for names in groups:
        lengths = {name: _length(lanes[name]) for name in names}
        if len(set(lengths.values())) > 1:
            found = ", ".join(f"{name} has {length}" for name, length in lengths.items())
            why = "pair up joins" if combine == PAIR_UP else "These belong together and vary as"
            raise ProofsheetError(
                f"{why} lists of equal length (or of one element), but {found}. "
                "Give each the same number of values."
            )
    return groups


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


def _components(
    names: Sequence[str], lanes: Mapping[str, Lane], sources: Mapping[str, Axis]
) -> list[Axis]:
    """What varies in a group, one Axis a source, each as long as the group."""
    found: dict[str, Axis] = {}
    for name in names:
        lane = lanes[name]
        known = [source for source in _varying(lane) if source in sources]
        # Prompts first, then by id: the order must not depend on that of a set.
        for source in sorted(known, key=lambda source: (sources[source].name != "prompt", source)):
            axis, places = sources[source], [place[source] for place in lane.places]
            values = tuple(axis.values[i] for i in places)
            labels = tuple(axis.labels[i] for i in places)
            found.setdefault(source, Axis(axis.name, values, labels))
        if not known:
            # Of another pack's node: its values if they are plain, else their numbers.
            items = [item.value if isinstance(item, Literal) else None for item in lane.items or ()]
            values = tuple(range(1, len(items) + 1) if None in items else items)
            found.setdefault(name, Axis(name, values, tuple(map(str, values))))
    return list(found.values())


def _distinct(groups: Sequence[Sequence[Axis]]) -> list[list[Axis]]:
    """Two axes of one name (two LoRA strengths) are told apart: strength, strength 2."""
    seen: Counter[str] = Counter()
    result: list[list[Axis]] = []
    for components in groups:
        result.append([])
        for axis in components:
            seen[axis.name] += 1
            number = f" {seen[axis.name]}" if seen[axis.name] > 1 else ""
            result[-1].append(replace(axis, name=axis.name + number))
    return result


def _joined(components: Sequence[Axis]) -> Axis:
    """The one axis that components varying together make; a value is then a list of theirs."""
    if len(components) == 1:
        return components[0]
    labels = (JOINT.join(each) for each in zip(*(axis.labels for axis in components), strict=True))
    values = (list(each) for each in zip(*(axis.values for axis in components), strict=True))
    return Axis(JOINT.join(axis.name for axis in components), tuple(values), tuple(labels))


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
    groups: Sequence[Sequence[str]],
    components: Sequence[Sequence[Axis]],
) -> Cell:
    """Its values: numbers as they are, a text (a whole prompt, say) by its label."""
    index: dict[str, int] = dict.fromkeys(INPUTS, 0)
    values: dict[str, JsonValue] = {}
    for names, axes, i in zip(groups, components, choice, strict=True):
        index.update(dict.fromkeys(names, i))
        for axis in axes:
            value = axis.values[i]
            values[axis.name] = axis.labels[i] if isinstance(value, str) else value
    return Cell(number, index, values)


def cell_items(cell: Cell, lanes: Mapping[str, Lane]) -> dict[str, Item]:
    """The one item that each input has in this cell."""
    return {name: at(lanes[name], cell.index[name])[0] for name in INPUTS}
