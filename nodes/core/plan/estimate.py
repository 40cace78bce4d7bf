"""What making cells would take, judged by what frames of the same shape took."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence

from ..frames import Estimate
from .graph import sha256
from .naming import SEEDS
from .recipe import TEXT_INPUTS, Recipe

FREE: Mapping[type, Collection[str]] = {int: SEEDS, str: TEXT_INPUTS}
"""Inputs whose value makes no frame cost more, by its kind."""


def shape(recipe: Recipe) -> str:
    """Alike for frames that cost alike: the recipe without its seeds and its texts."""
    counts = {
        number: (
            node["class_type"],
            {n: v for n, v in node["inputs"].items() if n not in FREE.get(type(v), ())},
        )
        for number, node in recipe.items()
    }
    return sha256(json.dumps(counts, sort_keys=True))


def estimate(costs: Sequence[tuple[float, int] | None]) -> Estimate:
    """What making the missing cells would take: seconds and bytes of each, None where no frame of
    its shape was ever made. Such a cell counts as the mean of the others."""
    known = [cost for cost in costs if cost is not None]
    if costs and not known:
        return Estimate(len(costs))
    times = len(costs) / max(1, len(known))
    seconds = sum(seconds for seconds, _ in known) * times
    return Estimate(len(costs), seconds, round(sum(size for _, size in known) * times))
