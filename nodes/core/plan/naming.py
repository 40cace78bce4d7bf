"""What the axes of a sweep are called, and in which order they are multiplied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from ..axes import JOINT, Axis
from .cuts import Target
from .sources import Source

SEEDS = frozenset({"seed", "noise_seed"})
PROMPT = "prompt"


def is_seed(targets: Sequence[Target]) -> bool:
    """A seed axis feeds nothing but seeds."""
    return bool(targets) and all(name in SEEDS for _, name in targets)


def ordered(
    sources: Mapping[str, Source],
    targets: Mapping[str, Sequence[Target]],
    prompts: Container[str],
) -> list[str]:
    """Prompts outermost, seeds innermost, the others as they were met."""

    def rank(key: str) -> int:
        if key in prompts:
            return 0
        return 2 if is_seed(targets.get(key, ())) else 1

    return sorted(sources, key=rank)


def named(
    axes: Mapping[str, Axis],
    targets: Mapping[str, Sequence[Target]],
    title: Callable[[str], str],
) -> dict[str, Axis]:
    """Each axis, and each column of one, under a name of its own: what its node says it is, else
    the input it feeds; where two share that, with the title of the node in front, then numbered.
    A column's node is the one that has the table."""
    fed = {key: next(iter(targets.get(key, ())), ("", "")) for key in axes}
    plain = {key: [part.name or fed[key][1] for part in axis.parts] for key, axis in axes.items()}
    shared = {n for n, count in Counter(chain.from_iterable(plain.values())).items() if count > 1}
    seen: Counter[str] = Counter()
    found: dict[str, Axis] = {}
    for key, axis in axes.items():
        node_id = key if axis.columns else fed[key][0]
        names: list[str] = []
        for name in plain[key]:
            own = f"{title(node_id)}.{name}" if name in shared and node_id else name
            seen[own] += 1
            names.append(f"{own} {seen[own]}" if seen[own] > 1 else own)
        columns = (replace(part, name=n) for part, n in zip(axis.columns, names, strict=False))
        found[key] = replace(axis, name=JOINT.join(names), columns=tuple(columns))
    return found
