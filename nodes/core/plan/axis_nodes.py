"""What the axis nodes put out, told from their widgets alone, so that a sweep can be planned
without running anything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from .. import node_ids
from ..axes import Axis
from ..grammar import prompts, seeds, values
from ..grammar.input_types import label
from .graph import AxisLists, AxisNode, JsonValue


def _one_list(
    name: str, read: Callable[..., Sequence[JsonValue]], widgets: Mapping[str, Any]
) -> AxisLists:
    """Without a name the axis is called after the input it feeds (Graph.name_axis)."""
    found = tuple(read(**widgets))
    return AxisLists((found,), Axis(name, found, tuple(map(label, found))))


def _prompt_batch(widgets: Mapping[str, Any]) -> AxisLists:
    positives, negatives, names = prompts.prompt_lists(**widgets)
    return AxisLists((positives, negatives, names), Axis("prompt", positives, names))


AXIS_NODES: Mapping[str, AxisNode] = {
    node_ids.SEED_SWEEP: partial(_one_list, "seed", seeds.seed_list),
    node_ids.PROMPT_BATCH: _prompt_batch,
    node_ids.SWEEP_VALUES: partial(_one_list, "", values.value_list),
}
