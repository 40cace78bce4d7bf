from __future__ import annotations

import random as python_random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError, ProofsheetError, fault
from pack.nodes.core.grammar import seeds
from pack.nodes.core.grammar.cursor import MAX_ITEMS

LARGEST = 2**64 - 1
WHOLE = f"a whole number from 0 to {LARGEST}"
EMPTY = "Expected seeds, for example 7, 40-43, 99"
LIMIT = f"is above {LARGEST}, the largest seed"
TOO_MANY = "seeds; at most 10,000"
SEEDS = st.integers(0, LARGEST)


@pytest.mark.parametrize(
    "seed, count, expected",
    [
        (0, 1, (0,)),
        (7, 3, (7, 8, 9)),
        (LARGEST - 1, 4, (LARGEST - 1, LARGEST, 0, 1)),
    ],
)
def test_consecutive_wraps_after_the_largest_seed(seed, count, expected):
    assert seeds.consecutive(seed, count) == expected


@pytest.mark.parametrize(
    "seed, expected",
    [
        (0, (7956156453446585, 3886858653415212, 238094247788840, 8744927430068624)),
        # The published first output of SplitMix64 at this seed is 6457827717110365317.
        (
            1234567,
            (6457827717110365317 >> 11, 3203168211198807973 >> 11, 9817491932198370423 >> 11),
        ),
        (LARGEST, (8051922005355685, 8219944852094672, 1976917772619344)),
    ],
)
def test_random_is_the_documented_sequence(seed, expected):
    assert seeds.random(seed, len(expected)) == expected


@given(SEEDS, st.integers(1, 40), st.integers(1, 40))
def test_random_is_distinct_small_and_grows_at_its_end(seed, count, more):
    drawn = seeds.random(seed, count + more)
    assert drawn[:count] == seeds.random(seed, count)
    assert len(set(drawn)) == count + more
    assert all(0 <= value < 2**53 for value in drawn)


def test_random_passes_over_a_number_that_came_before(monkeypatch):
    monkeypatch.setattr(seeds, "splitmix64", lambda state: iter([1 << 11, 1 << 11, 2 << 11]))
    assert seeds.random(0, 2) == (1, 2)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("7", (7,)),
        ("7, 40-43, 99", (7, 40, 41, 42, 43, 99)),
        ("43-40", (43, 42, 41, 40)),
        ("5-5", (5,)),
        ("7 , 8 ,", (7, 8)),
        ("7\n8\r\n9", (7, 8, 9)),
        ("7,\n\n8", (7, 8)),
        ("1 - 3", (1, 2, 3)),
        ("007", (7,)),
        ("7, 7, 7", (7, 7, 7)),
        ("\ufeff7", (7,)),
        (str(LARGEST), (LARGEST,)),
        (f"{LARGEST}-{LARGEST - 1}", (LARGEST, LARGEST - 1)),
    ],
)
def test_lists(text, expected):
    assert seeds.parse_list(text) == expected


@pytest.mark.parametrize(
    "text, message, start, end",
    [
        ("", EMPTY, 0, 0),
        (" \n", EMPTY, 0, 2),
        ("7, x", f"Expected a seed, {WHOLE}", 3, 4),
        ("7,,8", f"Expected a seed, {WHOLE}", 2, 3),
        ("-1", f"Expected a seed, {WHOLE}", 0, 2),
        ("7 8", "Expected ',' or a new line after '7'", 2, 3),
        ("7.5", "Expected ',' or a new line after '7'", 1, 3),
        ("0-1e12", "Expected ',' or a new line after '0-1'", 3, 6),
        ("3, 4-", f"Expected the seed that ends the range, {WHOLE}", 5, 5),
        ("3, 40..43", "Write a range of seeds with a dash: 40-43", 3, 7),
        ("1-2-3", "Expected ',' or a new line after '1-2'", 3, 5),
        ("٣", f"Expected a seed, {WHOLE}", 0, 1),
        ("18446744073709551616", f"'{LARGEST + 1}' {LIMIT}", 0, 20),
        ("1, " + "9" * 9000, f"'{'9' * 39}…' {LIMIT}", 3, 9003),
        ("5, 0-999999999999", f"1 + 1,000,000,000,000 = 1,000,000,000,001 {TOO_MANY}", 3, 17),
        ("1-6000, 1-6000", f"6,000 + 6,000 = 12,000 {TOO_MANY}", 8, 14),
    ],
)  # fmt: skip
def test_lists_at_fault(text, message, start, end):
    with pytest.raises(GrammarError) as caught:
        seeds.parse_list(text)
    assert (caught.value.message, caught.value.start, caught.value.end) == (message, start, end)


@given(st.lists(SEEDS, min_size=1, max_size=20), st.sampled_from([",", ", ", "\n", " ,\r\n"]))
def test_any_list_reads_back(values, separator):
    assert seeds.parse_list(separator.join(map(str, values))) == tuple(values)


@given(st.text(st.sampled_from("0123456789-,. \nx")))
def test_any_text_gives_seeds_or_a_grammar_error(text):
    try:
        values = seeds.parse_list(text)
    except GrammarError as error:
        assert 0 <= error.start <= error.end <= len(text)
    else:
        assert 0 < len(values) <= MAX_ITEMS and all(0 <= value <= LARGEST for value in values)


@pytest.mark.parametrize(
    "widgets, expected",
    [
        ({}, (0, 1, 2, 3)),
        ({"seed": 5}, (5, 6, 7, 8)),
        ({"seed": 5, "count": 2, "mode": "consecutive", "list": "not read"}, (5, 6)),
        ({"seed": 0, "count": 1, "mode": "random"}, (7956156453446585,)),
        ({"mode": "list", "list": "3, 1"}, (3, 1)),
    ],
)
def test_the_widgets_of_the_node(widgets, expected):
    assert seeds.seed_list(**widgets) == expected


@pytest.mark.parametrize(
    "widgets, message",
    [
        ({"count": 0}, "count: a whole number from 1 to 10,000, not 0"),
        ({"count": 10_001, "mode": "random"}, "count: a whole number from 1 to 10,000, not 10001"),
        ({"seed": -1}, "seed: a whole number from 0 to"),
        ({"seed": 2**64}, "seed: a whole number from 0 to"),
        ({"mode": "shuffled"}, "mode: one of consecutive, random, list, not 'shuffled'"),
        ({"mode": "list"}, "Expected seeds"),
    ],
)
def test_the_widgets_of_the_node_at_fault(widgets, message):
    with pytest.raises(ProofsheetError, match=message):
        seeds.seed_list(**widgets)


@pytest.mark.parametrize(
    "widgets, fine",
    [
        ({}, True),
        ({"mode": "list", "list": "1-3"}, True),
        ({"mode": "list", "list": None}, True),
        ({"mode": None, "list": "x"}, True),
        ({"mode": "random", "list": "x"}, True),
        ({"mode": "list", "list": "x"}, False),
        ({"mode": "list"}, False),
        ({"mode": "x"}, False),
    ],
)
def test_checking_leaves_open_what_another_node_will_give(widgets, fine):
    assert (fault(seeds.check_seeds, **widgets) is None) is fine


def test_the_global_random_numbers_are_not_touched():
    before = python_random.getstate()
    seeds.random(3, 50)
    assert python_random.getstate() == before
