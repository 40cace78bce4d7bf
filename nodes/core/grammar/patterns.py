"""What a text with braces stands for: every form of it, in the order written, counted and measured
without being made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import accumulate, chain, combinations, product
from operator import mul

from .cursor import HOLE, amount
from .ways import Ways

UNCOUNTED = 10**18  # a count above it is not told apart from it


@dataclass(frozen=True)
class Total:
    """How many forms there are, and how many characters and holes they have together."""

    count: int = 1
    size: int = 0
    holes: int = 0

    @classmethod
    def of(cls, text: str) -> Total:
        holes = text.count(HOLE)
        return cls(1, len(text) - holes, holes)

    def __add__(self, other: Total) -> Total:
        """Those and others."""
        size, holes = self.size + other.size, self.holes + other.holes
        return _capped(self.count + other.count, size, holes)

    def __mul__(self, other: Total) -> Total:
        """Each of those followed by each of the others."""
        size = self.size * other.count + self.count * other.size
        holes = self.holes * other.count + self.count * other.holes
        return _capped(self.count * other.count, size, holes)


def _capped(*numbers: int) -> Total:
    return Total(*(min(UNCOUNTED, number) for number in numbers))


NONE = Total(0)


@dataclass(frozen=True)
class Choice:
    """{a|b}: one of the options. Weights count where one is drawn; none at all are equal ones."""

    options: tuple[Pattern, ...]
    weights: tuple[int, ...] = ()

    @cached_property
    def total(self) -> Total:
        return reduce(Total.__add__, (each.total for each in self.options), NONE)

    @cached_property
    def choices(self) -> int:
        """How many choices it takes at most to draw one form of it."""
        return 1 + max((option.choices for option in self.options), default=0)

    @cached_property
    def depth(self) -> int:
        """How deep choices stand in it: 1 for one without others."""
        pieces = (piece for option in self.options for piece in option.pieces)
        return 1 + max((each.depth for each in pieces if isinstance(each, Choice)), default=0)

    def forms(self) -> Iterator[str]:
        return chain.from_iterable(option.forms() for option in self.options)

    def draw(self, ways: Ways) -> str:
        options, sums = self._different
        return options[ways.choose(sums)].draw(ways)

    @cached_property
    def _weights(self) -> Sequence[int]:
        return self.weights or (1,) * len(self.options)

    @cached_property
    def _different(self) -> tuple[Sequence[Pattern], Sequence[int]]:
        """The options, those that are the same text as one, and the sums of their weights."""
        options: dict[object, Pattern] = {}
        weights: Counter[object] = Counter()
        for place, (option, weight) in enumerate(zip(self.options, self._weights, strict=True)):
            is_text = all(isinstance(piece, str) for piece in option.pieces)
            key = option.pieces if is_text else place
            options.setdefault(key, option)
            weights[key] += weight
        return [*options.values()], [*accumulate(weights.values())]


@dataclass(frozen=True)
class Pick(Choice):
    """{1-2$$ and $$a|b}: so many of the options, in the order written, with a joint between."""

    least: int = 1
    most: int = 1
    joint: str = ", "

    @cached_property
    def total(self) -> Total:
        joint = Total.of(self.joint)
        picked = [Total()] + [NONE] * self.most  # how those of so many options measure
        for option in self.options:
            one = option.total
            for number in range(self.most, 0, -1):
                further = one if number == 1 else joint * one
                picked[number] += picked[number - 1] * further
        return reduce(Total.__add__, picked[self.least :], NONE)

    @cached_property
    def choices(self) -> int:
        return 1 + self.most * (1 + max(option.choices for option in self.options))

    def forms(self) -> Iterator[str]:
        for number in range(self.least, self.most + 1):
            for options in combinations(self.options, number):
                for texts in product(*(option.forms() for option in options)):
                    yield self._joined(texts)

    def draw(self, ways: Ways) -> str:
        """So many as any other number of them; of those, as often as their weights multiply."""
        number = self.least + ways.choose(range(1, self.most - self.least + 2))
        texts: list[str] = []
        place = 0
        for left in range(number, 0, -1):
            last = len(self.options) - left + 1
            further = self._further[left - 1][place + 1 : last + 1]
            shares = map(mul, self._weights[place:last], further)
            place += ways.choose(list(accumulate(shares)))
            texts.append(self.options[place].draw(ways))
            place += 1
        return self._joined(texts)

    @cached_property
    def _further(self) -> Sequence[Sequence[int]]:
        """For each number of options, by the place behind which they stand: what the weights of
        every so many of them multiply to, all together."""
        rows = [[1] * (len(self.options) + 1)]
        for _ in range(self.most):
            shares = map(mul, reversed(self._weights), reversed(rows[-1][1:]))
            rows.append([*accumulate(shares, initial=0)][::-1])
        return rows

    def _joined(self, texts: Sequence[str]) -> str:
        return self.joint.join(text for text in map(str.strip, texts) if text)


Piece = str | Choice


@dataclass(frozen=True)
class Pattern:
    """Text and choices, one after the other."""

    pieces: tuple[Piece, ...] = ()

    @property
    def count(self) -> int:
        return self.total.count

    @cached_property
    def total(self) -> Total:
        each = (Total.of(x) if isinstance(x, str) else x.total for x in self.pieces)
        return reduce(Total.__mul__, each, Total())

    @cached_property
    def choices(self) -> int:
        return sum(piece.choices for piece in self.pieces if isinstance(piece, Choice))

    @property
    def factors(self) -> list[int]:
        return [piece.total.count for piece in self.pieces if isinstance(piece, Choice)]

    def forms(self) -> list[str]:
        """Every form of the text: the last choice changes fastest."""
        return _forms(self.pieces)

    def draw(self, ways: Ways) -> str:
        """One form, each choice drawn."""
        drawn = ""
        for piece in self.pieces:
            text = piece if isinstance(piece, str) else piece.draw(ways)
            drawn += text.lstrip(" ") if drawn.endswith(" ") else text
        return drawn


def _forms(pieces: Sequence[Piece]) -> list[str]:
    if not pieces:
        return [""]
    if len(pieces) == 1:
        return [pieces[0]] if isinstance(pieces[0], str) else list(pieces[0].forms())
    # Halving keeps a text of many braces from being copied once for each of them.
    half = len(pieces) // 2
    after = _forms(pieces[half:])
    # Spaces on both sides of a brace count once: a { very | } big house.
    trimmed = [form.lstrip(" ") for form in after]
    return [
        left + right
        for left in _forms(pieces[:half])
        for right in (trimmed if left.endswith(" ") else after)
    ]


def factors_in_words(factors: Sequence[int]) -> str:
    """How a count comes about: 2 x 3 x 4"""
    words = [amount(factor) for factor in factors if factor != 1]
    return " x ".join(words if len(words) <= 8 else [*words[:8], f"… ({len(words)} braces)"]) or "1"
