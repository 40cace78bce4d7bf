"""Prompts drawn at random: a sequence that anybody can repeat, and none twice before its time."""

from __future__ import annotations

import itertools
import math
import random as python_random
import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import ProofsheetError, fault
from pack.nodes.core.grammar import prompts
from pack.nodes.core.grammar.prompts import Names, Variants, prompt_lists
from pack.nodes.core.grammar.ways import splitmix64

LISTS = {"colors": ["red", "5::green", "blue"], "animals": ["cat", "dog", "__colors__ bird"]}


def drawn(text, count=8, seed=0, **texts):
    names = Names(lists=LISTS)
    return prompt_lists(text, **texts, names=names, variants=Variants("random", count, seed))


@pytest.mark.parametrize(
    "text, seed, expected",
    [
        ("{a|b|c|d|e|f|g|h}", 0, ("d", "h", "c", "g", "b", "e")),
        ("{a|b|c|d|e|f|g|h}", 1, ("f", "d", "g", "e", "b", "c")),
        (
            "a {red|blue} {cat|dog}\na fox",
            7,
            ("a red dog", "a fox", "a red cat", "a blue cat", "a blue dog"),
        ),
        ("{2$$a|b|c|d}", 7, ("c, d", "a, b", "a, d", "a, c")),
        ("{1-2$$2::a|b|c}", 7, ("c", "a", "b", "b, c")),
        ("{9::a|b} __animals__", 2**64 - 1, ("b cat", "a blue bird", "a cat", "a green bird")),
    ],
)
def test_the_sequence_is_the_same_everywhere(text, seed, expected):
    assert drawn(text, len(expected), seed)[0] == expected


def test_as_many_come_as_are_asked_for_whatever_there_is():
    assert drawn("a cat", 3) == (("a cat",) * 3, ("",) * 3, ("a cat", "a cat 2", "a cat 3"))
    assert prompts.count("{a|b}" * 60, variants=Variants("random", 5)) == 5


def test_none_comes_twice_while_others_are_left():
    texts, negatives, _ = drawn("{a|b} {1|2|3} --no {x|y}", 24)
    pairs = [*zip(texts, negatives, strict=True)]
    assert len({*pairs[:12]}) == len({*pairs[12:]}) == 12


def test_equal_texts_count_once():
    assert sorted(drawn("{a|a|b}{c|c}\nac", 2)[0]) == ["ac", "bc"]
    assert sorted(drawn("{2$$a|b|c}\na, b\nb, c\na, c", 3)[0]) == ["a, b", "a, c", "b, c"]


@pytest.mark.parametrize(
    "text, count",
    [
        ("{" + "x|" * 20_000 + "y}", 2),
        ("{" + "x|" * 5_000 + "x} {" + "x|" * 3_000 + "x} {y|z}", 2),
        ("{" + "10000::x|" * 200 + "y} {" + "z|" * 200 + "z}", 2),
        ("x\n" * 20_000 + "y", 2),
        ("a " + "{|very }" * 14 + "old cat", 15),
    ],
)
def test_all_come_however_many_are_the_same(text, count):
    assert len({*drawn(text, count)[0]}) == count


def test_equal_texts_weigh_together():
    first = Counter(drawn("{a|b|a|2::a|b}", 1, seed)[0][0] for seed in range(6000))
    assert {text: round(n / 1000) for text, n in first.items()} == {"a": 4, "b": 2}


def test_what_weighs_little_comes_before_another_comes_again():
    text = "{999999::a|0.000001::{b|c|d}}"
    assert sorted(drawn(text, 4)[0]) == ["a", "b", "c", "d"]


def test_weights_count():
    first = Counter(drawn("{1::a|3::b|0.5::c}", 1, seed)[0][0] for seed in range(9000))
    assert [round(first[each] / 1000) for each in "abc"] == [2, 6, 1]
    picked = Counter(drawn("{2$$1::a|2::b|3::c}", 1, seed)[0][0] for seed in range(11_000))
    assert {text: round(n / 1000) for text, n in picked.items()} == {
        "a, b": 2,
        "a, c": 3,
        "b, c": 6,
    }


def test_every_line_and_every_number_of_picks_is_as_likely_as_another():
    lines = Counter(drawn("x\n{a|b|c|d|e|f|g|h}", 1, seed)[0][0] == "x" for seed in range(2000))
    assert 900 < lines[True] < 1100
    sizes = Counter(len(drawn("{1-3$$a|b|c}", 1, seed)[0][0]) for seed in range(3000))
    assert all(900 < sizes[size] < 1100 for size in (1, 4, 7))


def test_names_are_those_of_all_lines():
    texts, _, names = drawn("---\nname: boat\na {red|blue} boat\n---\nname: cat\na cat", 3, 5)
    assert dict(zip(names, texts, strict=True)) == {
        "boat red": "a red boat",
        "boat blue": "a blue boat",
        "cat": "a cat",
    }


def test_template_and_negatives_are_drawn_too():
    texts, negatives, _ = drawn("x", 6, negative="{a|b}", template="{oil|ink|chalk} {prompt}")
    assert len({*zip(texts, negatives, strict=True)}) == 6


def test_huge_products_are_quick():
    before = time.process_time()
    assert len({*drawn("{a|b}" * 300, 50)[0]}) == 50
    text = "{2$$" + "|".join(map(str, range(1000))) + "} {1-100$$__long__}"
    names = Names(lists={"long": [f"line {n}" for n in range(1000)]})
    found = prompt_lists(text, names=names, variants=Variants("random", 20))
    assert len({*found[0]}) == 20
    assert time.process_time() - before < 20


def test_texts_that_are_all_the_same_end():
    before = time.process_time()
    assert drawn("{a|a}" * 30, 20)[0] == ("a" * 30,) * 20
    assert time.process_time() - before < 30


def test_too_long_in_all_is_refused():
    with pytest.raises(ProofsheetError, match="at most 20,000,000 characters"):
        drawn("{a|b}{c|d}" + "x" * 3_000_000, 8)
    with pytest.raises(ProofsheetError, match="at most 20,000,000 characters"):
        drawn("a", 8, negative="x" * 3_000_000)


def test_more_choices_than_can_be_drawn_are_refused():
    names = Names(lists={f"n{n}": [f"__n{n + 1}__ " * 9] for n in range(19)} | {"n19": ["{a|b}"]})
    with pytest.raises(ProofsheetError, match="8 prompts of more than 10.15 choices = more than"):
        prompt_lists("__n0__", names=names, variants=Variants("random"))
    with pytest.raises(ProofsheetError, match="10,000 prompts of 201 choices = 2,010,000; at most"):
        drawn("{a|b}" * 200, 10_000)
    with pytest.raises(ProofsheetError, match="To pick 100 at once, at most 10,000 to pick from"):
        drawn("{100$$" + "a|" * 10_000 + "b}")


@pytest.mark.parametrize(
    "variants, message",
    [
        (Variants("some"), "variants: one of all, random, not 'some'"),
        (Variants("random", 0), "count: a whole number from 1 to 10,000, not 0"),
        (Variants("random", 10_001), "count: a whole number from 1 to 10,000, not 10001"),
        (Variants("random", 8, -1), "seed: a whole number from 0"),
        (Variants("random", 8, 2**64), "seed: a whole number from 0"),
    ],
)
def test_widgets_at_fault(variants, message):
    assert message in (fault(prompts.check_prompts, "a", variants=variants) or "")


def test_a_faulty_text_is_refused_as_ever():
    assert fault(prompts.check_prompts, "a {b", variants=Variants("random"))
    assert fault(prompts.check_prompts, "{a|b}" * 60, variants=Variants("random")) is None


OPTIONS = st.lists(st.text("abc", max_size=2), min_size=1, max_size=4)
WRITTEN = st.one_of(
    OPTIONS.map(lambda found: "{" + "|".join((*found, "z")) + "}"),
    OPTIONS.map(lambda found: "{1-2$$" + "|".join((*found, "z")) + "}"),
    OPTIONS.map(lambda found: "{2::y|0.5::" + "|".join(found) + "}"),
    st.sampled_from(["__colors__", "__animals__", "x", "\n", " --no v"]),
)
TEXTS = st.lists(WRITTEN, min_size=1, max_size=4).map(" ".join)


@given(TEXTS, st.integers(0, 2**64 - 1), st.integers(1, 30), st.integers(0, 30))
def test_what_is_drawn_is_written_there_and_grows_at_its_end(text, seed, count, more):
    names = Names(lists=LISTS)
    try:
        every = {prompt[:2] for prompt in prompts.parse(text, names=names)}
    except ProofsheetError:
        return
    found = prompts.parse(text, names=names, variants=Variants("random", count + more, seed))
    pairs = [prompt[:2] for prompt in found]
    assert {*pairs} <= every and len({*pairs[: len(every)]}) == min(len(pairs), len(every))
    shorter = prompts.parse(text, names=names, variants=Variants("random", count, seed))
    assert [prompt[:2] for prompt in shorter] == pairs[:count]


def test_the_global_random_numbers_are_not_touched():
    before = python_random.getstate()
    drawn("{a|b|c} {1|2}", 5)
    assert python_random.getstate() == before


class ByTheHelpPage:
    """Rows of choices as the help page words them, every row there is made beforehand."""

    def __init__(self, text, seed):
        self.text, self.numbers = text, splitmix64(seed)
        self.rows = [*self.all_rows(())]
        self.free = {*self.rows}

    def all_rows(self, chosen):
        sizes = []

        def first(weights):
            place = chosen[len(sizes)] if len(sizes) < len(chosen) else 0
            sizes.append(len(weights))
            return place

        self.read(self.text, first)
        if len(sizes) == len(chosen):
            yield chosen
        else:
            for place in range(sizes[len(chosen)]):
                yield from self.all_rows((*chosen, place))

    def draw(self):
        row: list[int] = []

        def choose(weights):
            places = [*range(len(weights))]
            place = places[self.place(weights)]
            left = {free[len(row)] for free in self.free if free[: len(row)] == tuple(row)}
            if place not in left:
                places = sorted(left)
                place = places[self.place([weights[each] for each in places])]
            row.append(place)
            return place

        drawn = self.read(self.text, choose)
        self.free.remove(tuple(row))
        self.free = self.free or {*self.rows}
        return drawn

    def place(self, weights):
        share = next(self.numbers) * sum(weights) >> 64
        return next(n for n in range(len(weights)) if sum(weights[: n + 1]) > share)

    def read(self, pieces, choose):
        return "".join(
            each if isinstance(each, str) else self.one(*each, choose) for each in pieces
        )

    def one(self, most, weights, options, choose):
        if not most:
            weights, options = self.different(weights, options)
            return self.read(options[choose(weights)], choose)
        number, place, texts = 1 + choose([1] * most), -1, []
        for left in range(number - 1, -1, -1):
            behind = [*range(place + 1, len(options) - left)]
            shares = [weights[n] * self.further(weights[n + 1 :], left) for n in behind]
            place = behind[choose(shares)]
            texts.append(self.read(options[place], choose))
        return ", ".join(filter(None, texts))

    def different(self, weights, options):
        found = []
        for weight, option in zip(weights, options, strict=True):
            text = "".join(option) if all(isinstance(each, str) for each in option) else None
            same = next((each for each in found if text is not None and each[0] == text), None)
            if same:
                same[1] += weight
            else:
                found.append([text, weight, option])
        return [weight for _, weight, _ in found], [option for _, _, option in found]

    def further(self, weights, number):
        return sum(math.prod(each) for each in itertools.combinations(weights, number))


def written(pieces):
    return "".join(each if isinstance(each, str) else written_choice(*each) for each in pieces)


def written_choice(most, weights, options):
    head = f"{{1-{most}$$" if most else "{"
    marks = [f"{n / 10**6:.6f}::" for n in weights] if weights[0] > 1 else [""] * len(weights)
    return head + "|".join(map("".join, zip(marks, map(written, options), strict=True))) + "}"


def choices(options):
    """(at most so many are picked, or 0 for one; weights; options)"""
    found = st.lists(options, min_size=2, max_size=3)
    weights = st.lists(st.integers(2, 10**9), min_size=3, max_size=3) | st.just([1] * 3)
    made = st.tuples(st.integers(0, 2), weights, found)
    return made.map(lambda made: (made[0], made[1][: len(made[2])], made[2]))


PLAIN = st.sampled_from(["a", "b", "c"]).map(lambda word: [word])
NESTED = st.lists(PLAIN.map(lambda word: word[0]) | choices(PLAIN), min_size=1, max_size=2)
PIECES = st.lists(choices(NESTED), min_size=1, max_size=2)


@given(PIECES, st.integers(0, 2**64 - 1))
def test_the_help_page_says_how_it_is_done(pieces, seed):
    model = ByTheHelpPage([(0, [1], [pieces])], seed)
    if len(model.rows) > 200:
        return
    texts = [model.draw() for _ in model.rows][:40]
    expected = [*dict.fromkeys(texts)]
    assert [*drawn(written(pieces), len(expected), seed)[0]] == expected
