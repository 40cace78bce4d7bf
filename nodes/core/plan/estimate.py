"""What making cells would take, judged by what frames of the same shape took."""

from __future__ import annotations

from collections.abc import Sequence

from ..frames import Estimate
from .graph import digest
from .recipe import TEXT_INPUTS, Recipe

SEED_INPUTS = frozenset(("seed", "noise_seed"))


def shape(recipe: Recipe) -> str:
    """Alike for frames that cost alike: the recipe without its seeds and its texts."""
    return digest(
        {
            number: [
                node["class_type"],
                {
                    name: value
                    for name, value in node["inputs"].items()
                    if name not in SEED_INPUTS
                    and not (isinstance(value, str) and name in TEXT_INPUTS)
                },
            ]
            for number, node in recipe.items()
        }
    )


def estimate(costs: Sequence[tuple[float, int] | None]) -> Estimate:
    """What making the missing cells would take: seconds and bytes of each, None where no frame of
    its shape was ever made. Such a cell counts as the mean of the others."""
    known = [cost for cost in costs if cost is not None]
    if costs and not known:
        return Estimate(len(costs))
    times = len(costs) / max(1, len(known))
    seconds = sum(seconds for seconds, _ in known) * times
    return Estimate(len(costs), seconds, round(sum(size for _, size in known) * times))
