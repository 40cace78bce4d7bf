"""Lists of seeds: the same widgets give the same list on every machine."""

from __future__ import annotations

import re

from .. import limits
from .cursor import Cursor, Written, choice, counted, short, whole
from .ways import splitmix64

LIMIT = limits.SEED.high + 1  # a seed is a whole number below it
MODES = limits.SEED_MODE.words

_NUMBER = re.compile("[0-9]+")
_DASH = re.compile(r"\s*-\s*")
_DOTS = re.compile(r"\s*\.\.")


def seed_list(
    seed: int = 0, count: int = 4, mode: str = "consecutive", list: str = ""
) -> tuple[int, ...]:
    """The seeds of a Seed Sweep with these widgets."""
    choice(mode, "mode", MODES)
    if mode == "list":
        return parse_list(list)
    return consecutive(seed, count) if mode == "consecutive" else random(seed, count)


def check_seeds(mode: str | None = "consecutive", list: str | None = "") -> None:
    """Raises what seed_list would; None is a value that another node will give."""
    if mode is not None:
        choice(mode, "mode", MODES)
    if mode == "list" and list is not None:
        parse_list(list)


def consecutive(seed: int, count: int) -> tuple[int, ...]:
    """seed, seed + 1, ...; after the largest seed, 2^64 - 1, comes 0."""
    _check_range(seed, count)
    return tuple((seed + index) % LIMIT for index in range(count))


def random(seed: int, count: int) -> tuple[int, ...]:
    """`count` different seeds below 2^53, which a browser keeps exact.

    The numbers of SplitMix64 (Steele, Lea, Flood 2014) started at `seed`, each shifted right by
    11 bits; a number that came before is passed over. A longer list begins with the shorter one.
    random(0, 2) is (7956156453446585, 3886858653415212).
    """
    _check_range(seed, count)
    seeds: dict[int, None] = {}
    for number in splitmix64(seed):
        if len(seeds) == count:
            break
        seeds.setdefault(number >> 11)
    return tuple(seeds)


def _check_range(seed: int, count: int) -> None:
    whole(seed, "seed", limits.SEED.low, limits.SEED.high)
    whole(count, "count", limits.SEED_COUNT.low, limits.SEED_COUNT.high)


def parse_list(text: str) -> tuple[int, ...]:
    """The seeds in the order written; one that is written twice comes twice."""
    return tuple(seed for run in placed_seeds(text) for seed in run.value)


def placed_seeds(text: str) -> list[Written[range]]:
    """list = item ((',' | new line) item)*"""
    cursor = Cursor(text)
    runs = counted(cursor, _item, lambda run: abs(run.stop - run.start), "seeds")
    if not runs:
        raise cursor.fail("Expected seeds, for example 7, 40-43, 99", 0)
    return runs


def _item(cursor: Cursor) -> range:
    """item = seed ['-' seed], both ends included, up or down"""
    begin = cursor.position
    first = last = _seed(cursor, "a seed")
    if cursor.take(_DOTS):
        raise cursor.fail("Write a range of seeds with a dash: 40-43", begin)
    if cursor.take(_DASH):
        last = _seed(cursor, "the seed that ends the range")
    step = 1 if last >= first else -1
    return range(first, last + step, step)


def _seed(cursor: Cursor, what: str) -> int:
    """seed = a whole number from 0 to 2^64 - 1"""
    begin = cursor.position
    digits = cursor.expect(_NUMBER, f"{what}, a whole number from 0 to {LIMIT - 1}")[0]
    # int() refuses thousands of digits, so count them first.
    if len(digits.lstrip("0")) > 20 or int(digits) >= LIMIT:
        raise cursor.fail(f"{short(digits)} is above {LIMIT - 1}, the largest seed", begin)
    return int(digits)
