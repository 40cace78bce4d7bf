"""Ways through choices: the documented sequence, none of them twice, weights."""

from __future__ import annotations

import itertools
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.grammar.ways import Ways, splitmix64


def test_the_numbers_are_the_published_ones():
    numbers = itertools.islice(splitmix64(1234567), 3)
    assert [*numbers] == [6457827717110365317, 3203168211198807973, 9817491932198370423]


def test_a_choice_is_the_number_times_the_sum_shifted():
    ways, numbers = Ways(1234567), splitmix64(1234567)
    for _ in range(3):
        assert ways.choose(range(1, 1001)) == next(numbers) * 1000 >> 64
        ways.end()


def test_another_number_chooses_among_what_is_left():
    ways, numbers = Ways(3), splitmix64(3)
    first = ways.choose([1, 2])
    assert first == next(numbers) * 2 >> 64
    ways.end()
    assert ways.choose([1, 2]) == 1 - first
    assert not ways.end()


def test_a_share_is_as_large_as_its_weight():
    drawn = Counter(Ways(seed).choose([1, 4, 10]) for seed in range(10_000))
    assert [round(drawn[place] / 1000) for place in range(3)] == [1, 3, 6]


SIZES = st.lists(st.integers(1, 4), max_size=4)


@given(st.integers(0, 2**64 - 1), SIZES, st.data())
def test_every_way_comes_once_before_one_comes_again(seed, sizes, data):
    weights = [data.draw(st.lists(st.integers(1, 10**6), min_size=n, max_size=n)) for n in sizes]
    sums = [list(itertools.accumulate(each)) for each in weights]
    every = set(itertools.product(*map(range, sizes)))
    ways = Ways(seed)
    for _ in range(2):
        found: list[tuple[int, ...]] = []
        goes_on = True
        while goes_on:
            found.append(tuple(ways.choose(each) for each in sums))
            goes_on = ways.end()
        assert len(found) == len(every) and set(found) == every


def test_a_choice_may_hang_on_the_one_before():
    ways = Ways(1)
    found = []
    for _ in range(4):
        first = ways.choose([1, 1000])
        found.append((first, ways.choose([1, 2, 3]) if first else None))
        ways.end()
    assert sorted(found, key=str) == [(0, None), (1, 0), (1, 1), (1, 2)]
