"""What the axis nodes put out, told from their widgets alone, so that a sweep can be planned
without running anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from .. import node_ids
from ..axes import Axis, is_name, together
from ..errors import ProofsheetError, columns
from ..grammar import holes, prompts, rows, seeds, values
from ..grammar.cursor import one_line
from ..grammar.input_types import label
from ..grammar.prompt_names import LONGEST, unique
from ..grammar.prompt_names import names as short_names
from ..grammar.prompts import Names, Variants
from .graph import JsonValue

Fault = Callable[[int, int, str], ProofsheetError]
"""Of a value, by its slot and its place in the list: the error that says where it is written."""


class Files(Protocol):
    """The texts that widgets name."""

    def input_text(self, name: str) -> str:
        """Of a file of the input folder. Raises ProofsheetError."""
        ...


@dataclass(frozen=True)
class AxisLists:
    """The lists an axis node puts out, slot by slot, and the axis they are values of. `is_written`:
    they are as somebody wrote them, each of the type of the input that it reaches."""

    outputs: tuple[tuple[JsonValue, ...], ...]
    axis: Axis
    is_written: bool = False
    fault: Fault | None = None


AxisNode = Callable[[Mapping[str, Any], Names, Files], AxisLists]
"""Tells the lists from the widgets, and from what names in their texts stand for."""


def _one_list(
    name: str,
    read: Callable[..., Sequence[JsonValue]],
    widgets: Mapping[str, Any],
    _names: Names,
    _files: Files,
) -> AxisLists:
    """Without a name the axis is called after the input it feeds."""
    found = tuple(read(**widgets))
    return AxisLists((found,), Axis(name, found, tuple(map(label, found))))


def _prompt_batch(widgets: Mapping[str, Any], names: Names, _files: Files) -> AxisLists:
    texts = {name: value for name, value in widgets.items() if name in prompts.TEXTS}
    lists = prompts.prompt_lists(**texts, names=names, variants=Variants.of(widgets))
    holes.check(texts.get("template", ""), names.holes)
    return AxisLists(lists, Axis("prompt", lists[0], lists[2]))


def _rows(widgets: Mapping[str, Any], _names: Names, files: Files) -> AxisLists:
    """A row is called what its column `name` says, else by all of it."""
    table = rows.read(widgets.get(rows.WIDGET, ""), files.input_text)
    lists = [table.values(index) for index in range(len(table.columns))]
    axes = [Axis(n, v, _labels(v)) for n, v in zip(table.columns, lists, strict=True)]
    whole = together(axes)
    said = next((axis.labels for axis in axes if is_name(axis.name)), ())
    called = tuple(name or all_of_it for name, all_of_it in zip(said, whole.labels, strict=False))
    outputs = tuple(zip(*table.rows, strict=True))
    fault = lambda slot, row, message: table.fault(row, slot, message)  # noqa: E731
    return AxisLists(outputs, together(axes, called), not table.is_typed, fault)


def _labels(values: Sequence[JsonValue]) -> tuple[str, ...]:
    """Values as they are; if there are long texts among them, all texts by what tells them apart,
    equal ones alike."""
    texts = list(dict.fromkeys(value for value in values if isinstance(value, str)))
    short = dict(zip(texts, texts, strict=True))
    if any(columns(text) > LONGEST or one_line(text) != text for text in texts):
        short = dict(zip(texts, unique(short_names(texts)), strict=True))
    return tuple(short[v] if isinstance(v, str) else label(v) for v in values)


AXIS_NODES: Mapping[str, AxisNode] = {
    node_ids.SEED_SWEEP: partial(_one_list, "seed", seeds.seed_list),
    node_ids.PROMPT_BATCH: _prompt_batch,
    node_ids.SWEEP_VALUES: partial(_one_list, "", values.value_list),
    node_ids.SWEEP_ROWS: _rows,
}
