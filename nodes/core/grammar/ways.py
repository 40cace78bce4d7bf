"""Ways through a text, drawn by chance: the same seed gives the same ways on every machine."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

LIMIT = 2**64


def splitmix64(state: int) -> Iterator[int]:
    """The numbers below 2^64 of SplitMix64 (Steele, Lea, Flood 2014), started at `state`."""
    while True:
        state = (state + 0x9E3779B97F4A7C15) % LIMIT
        mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % LIMIT
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % LIMIT
        yield mixed ^ (mixed >> 31)


@dataclass(eq=False, slots=True)
class _Fork:
    """A place where ways part, of so many options."""

    options: int = 0
    ways: dict[int, _Fork | None] = field(default_factory=dict)  # None: no way is left through it
    ended: int = 0  # how many of those there are
    left: list[int] | None = None  # the others, once they were asked for
    weights: list[int] | None = None

    def is_ended(self, place: int) -> bool:
        return self.ways.get(place, self) is None

    def others(self, sums: Sequence[int]) -> tuple[list[int], list[int]]:
        """The options through which a way is left, and their weights."""
        if self.left is None or self.weights is None:
            weights = [after - before for before, after in pairwise((0, *sums))]
            self.left = [place for place in range(len(sums)) if not self.is_ended(place)]
            self.weights = [weights[place] for place in self.left]
        return self.left, self.weights

    def close(self, place: int) -> bool:
        """No way is left through this option. True: through any."""
        self.ways[place] = None
        self.ended += 1
        if self.left is not None and self.weights is not None:
            index = bisect_left(self.left, place)
            del self.left[index], self.weights[index]
        return self.ended == self.options


class Ways:
    """One way after another, none of them twice.

    A way is a row of choices. A choice takes the next number of SplitMix64, times the sum of the
    weights, shifted right by 64 bits, and falls to the option in whose share that lies. If no way
    is left through that option, it takes another number, for the options that are left.

    `choices`: how many there were so far.
    """

    def __init__(self, seed: int) -> None:
        self._numbers = splitmix64(seed)
        self._start = self._fork = _Fork()
        self._path: list[tuple[_Fork, int]] = []
        self.choices = 0

    def choose(self, sums: Sequence[int]) -> int:
        """The place of an option; `sums` are those of the weights up to and with each."""
        self.choices += 1
        fork = self._fork
        fork.options = len(sums)
        place = self._place(sums)
        if fork.is_ended(place):
            left, weights = fork.others(sums)
            place = left[self._place(list(accumulate(weights)))]
        self._path.append((fork, place))
        self._fork = fork.ways.get(place) or _Fork()
        fork.ways[place] = self._fork
        return place

    def end(self) -> bool:
        """Ends this way; the next begins. False: it was the last of all, and they begin anew."""
        path, self._path = self._path, []
        is_last = True
        while path and is_last:
            fork, place = path.pop()
            is_last = fork.close(place)
        if is_last:
            self._start = _Fork()
        self._fork = self._start
        return not is_last

    def _place(self, sums: Sequence[int]) -> int:
        return bisect_right(sums, next(self._numbers) * sums[-1] >> 64)
