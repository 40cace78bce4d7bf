"""What the axis nodes put out, told from their widgets alone, so that a sweep can be planned
without running anything."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import node_ids
from ..axes import Axis
from ..grammar import prompts, seeds, values
from .graph import AxisLists, AxisNode


def _seed_sweep(widgets: Mapping[str, Any]) -> AxisLists:
    found = tuple(seeds.seed_list(**widgets))
    return AxisLists((found,), Axis("seed", found, tuple(map(str, found))))


def _prompt_batch(widgets: Mapping[str, Any]) -> AxisLists:
    positives, negatives, names = (tuple(x) for x in prompts.prompt_lists(**widgets))
    return AxisLists((positives, negatives, names), Axis("prompt", positives, names))


def _values(widgets: Mapping[str, Any]) -> AxisLists:
    found = tuple(values.value_list(**widgets))
    # No name: it is called after the input it feeds (Graph.name_axis).
    return AxisLists((found,), Axis("", found, tuple(map(str, found))))


AXIS_NODES: Mapping[str, AxisNode] = {
    node_ids.SEED_SWEEP: _seed_sweep,
    node_ids.PROMPT_BATCH: _prompt_batch,
    node_ids.SWEEP_VALUES: _values,
}
