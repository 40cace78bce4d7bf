"""Ways to the same end, by turns: machines are noisy, so only ratios within a run are told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Way:
    """One way to the end, told the number of its turn; -1 warms up. `clock` tells what it costs."""

    run: Callable[[int], None]
    clock: Callable[[], float] = time.perf_counter

    def cost(self, turn: int) -> float:
        started = self.clock()
        self.run(turn)
        return self.clock() - started


def take(ways: Mapping[str, Way], rounds: int) -> dict[str, list[float]]:
    """What each turn of each way cost; printed."""
    for way in ways.values():
        way.run(-1)
    costs: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(rounds):
        order = list(ways) if turn % 2 == 0 else list(ways)[::-1]
        for name in order:
            costs[name].append(ways[name].cost(turn))
    for name, found in costs.items():
        shown = " ".join(f"{cost:6.2f}" for cost in found)
        print(f"  {name:6} {shown}   median {statistics.median(found):6.2f} s")
    return costs


def compare(name: str, base: str, costs: Mapping[str, Sequence[float]], wanted: float = 0) -> None:
    """Print how fast `name` is beside `base`: above 1 is faster."""
    found = _ratios(costs[base], costs[name])
    print(f"  {name} is {_shown(found)} the speed of {base}{_verdict(found, wanted)}", flush=True)


def compare_cost(name: str, base: str, costs: Mapping[str, Sequence[float]], most: float) -> None:
    """Print what `name` costs beside `base`: below 1 is cheaper."""
    found = _ratios(costs[name], costs[base])
    is_met = statistics.median(found) <= most
    verdict = f"; wanted {most:.2f} at most: {'yes' if is_met else 'NO'}"
    print(f"  {name} takes {_shown(found)} the processor time of {base}{verdict}", flush=True)


def _ratios(above: Sequence[float], below: Sequence[float]) -> list[float]:
    return [a / b for a, b in zip(above, below, strict=True)]


def _shown(ratios: Sequence[float]) -> str:
    return f"{statistics.median(ratios):.2f} x ({min(ratios):.2f} to {max(ratios):.2f})"


def _verdict(ratios: Sequence[float], wanted: float) -> str:
    if not wanted:
        return ""
    is_met = statistics.median(ratios) >= wanted
    return f"; wanted {wanted:.2f} or more: {'yes' if is_met else 'NO'}"
