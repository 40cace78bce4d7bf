"""What the axes of a sweep are called, and in which order they are multiplied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import replace

from ..axes import Axis
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
    """Each axis under a name of its own: what its node says it is, else the input it feeds; where
    two share that, with the title of the node in front, then numbered."""
    first = {key: next(iter(targets.get(key, ())), ("", "")) for key in axes}
    plain = {key: axis.name or first[key][1] for key, axis in axes.items()}
    shared = {name for name, count in Counter(plain.values()).items() if count > 1}
    seen: Counter[str] = Counter()
    found: dict[str, Axis] = {}
    for key, axis in axes.items():
        node_id, _ = first[key]
        name = plain[key]
        if name in shared and node_id:
            name = f"{title(node_id)}.{name}"
        seen[name] += 1
        number = f" {seen[name]}" if seen[name] > 1 else ""
        found[key] = replace(axis, name=name + number)
    return found
