from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError
from pack.nodes.core.grammar import braces
from pack.nodes.core.grammar.cursor import HOLE, Cursor
from pack.nodes.core.grammar.patterns import UNCOUNTED, factors_in_words
from pack.nodes.core.grammar.wildcards import Wildcards


def read(text, lists=None, holes=None):
    lines = [(0, len(text))]
    return braces.read_pattern(Cursor(text), lines, Wildcards(lists or {}).choice, holes or {})


@pytest.mark.parametrize(
    "text, forms",
    [
        ("", [""]),
        ("a cat", ["a cat"]),
        ("{a|b}", ["a", "b"]),
        ("{a|b} {1|2}", ["a 1", "a 2", "b 1", "b 2"]),
        ("{a|{b|c} d} e", ["a e", "b d e", "c d e"]),
        ("{a|b|}", ["a", "b", ""]),
        ("a {very |}big cat", ["a very big cat", "a big cat"]),
        ("a { red | blue } car", ["a red car", "a blue car"]),
        ("a {red|} car", ["a red car", "a car"]),
        ("cat{, red|}", ["cat, red", "cat"]),
        ("a  b {c|d}", ["a  b c", "a  b d"]),
        ("{a|a}", ["a", "a"]),
        (r"\{a|b\}", ["{a|b}"]),
        (r"{a\|b|c}", ["a|b", "c"]),
        (r"{a\|b}", ["{a|b}"]),
        (r"{\{a\}|b}", ["{a}", "b"]),
        (r"\\{a|b}", [r"\a", r"\b"]),
        (r"\\\{", [r"\{"]),
        (r"\(x\) \\(y\\) \| C:\a|\b", [r"\(x\) \\(y\\) \| C:\a|\b"]),
        ("a | b", ["a | b"]),
        ("{a}", ["{a}"]),
        ("{}", ["{}"]),
        ('{"a": {"b": "c"}}', ['{"a": {"b": "c"}}']),
        ('{"a": "{red|blue}"}', ['{"a": "red"}', '{"a": "blue"}']),
        ("{港|灯台}の夕暮れ", ["港の夕暮れ", "灯台の夕暮れ"]),
    ],
)
def test_forms(text, forms):
    assert read(text).forms() == forms
    assert read(text).count == len(forms)


def test_lines_are_read_as_one_text():
    cursor, wildcard = Cursor("{a|\nx\nb}"), Wildcards({}).choice
    found = braces.read_pattern(cursor, [(0, 3), (6, 8)], wildcard)
    assert found.forms() == ["a", "\nb"]


@pytest.mark.parametrize(
    "text, forms",
    [
        ("{hole}", ["*"]),
        ("{ hole } {a|b}", ["* a", "* b"]),
        ("{x {hole}|y}", ["x *", "y"]),
        (r"\{hole\} {other}", ["{hole} {other}"]),
    ],
)
def test_holes_are_filled(text, forms):
    assert read(text, holes={"hole": "*"}).forms() == forms


@pytest.mark.parametrize(
    "text, message, start",
    [
        ("a {b|c", r"This { is never closed; write \{ for a brace itself", 2),
        ("{a {b|c}", r"This { is never closed; write \{ for a brace itself", 0),
        ("a} b", r"This } closes nothing; write \} for a brace itself", 1),
        ("{a|b}}", r"This } closes nothing; write \} for a brace itself", 5),
        ("{" * 60, "Braces in braces, more than 50 deep", 50),
    ],
)
def test_faults(text, message, start):
    with pytest.raises(GrammarError) as caught:
        read(text)
    error = caught.value
    assert (error.message, error.start, error.end) == (message, start, start + 1)


@pytest.mark.parametrize(
    "text, shown",
    [
        ("a", "1"),
        ("{a|b}", "2"),
        ("{a|b} {a|b|c}", "2 x 3"),
        ("{a|{b|c}|d} {a|b}", "4 x 2"),
        ("{a|b}" * 40, "2 x 2 x 2 x 2 x 2 x 2 x 2 x 2 x … (40 braces)"),
    ],
)
def test_how_a_count_comes_about(text, shown):
    assert factors_in_words(read(text).factors) == shown


def test_the_holes_of_a_pattern_are_counted_in_all_its_forms():
    total = read("{h} {b|c {d|{h}}}{e|f}", holes={"h": HOLE}).total
    assert (total.count, total.size, total.holes) == (6, 24, 8)


def test_lists_in_lists_are_measured_once_each():
    lists = {f"n{n}": [f"__n{n + 1}__ " * 9] for n in range(19)} | {"n19": ["{h}"]}
    before = time.process_time()
    total = read("__n0__ {h}", lists, {"h": HOLE}).total
    assert (total.count, total.holes) == (1, 1)
    assert time.process_time() - before < 1


def test_counting_does_not_expand():
    before = time.process_time()
    assert read("{a|b}" * 40_000).count == UNCOUNTED
    assert time.process_time() - before < 5


def test_many_braces_are_not_copied_over_and_over():
    before = time.process_time()
    assert read("{a|b}" * 10 + r"\{x" * 60_000).forms()[-1] == "b" * 10 + "{x" * 60_000
    assert time.process_time() - before < 10


@given(st.text(st.sampled_from("\\{}|a ")))
def test_what_is_escaped_reads_back(text):
    assert read(braces.literal(text)).forms() == [text]


@given(st.text(st.sampled_from("\\{}|ab "), max_size=30))
def test_any_text_has_as_many_forms_as_are_counted(text):
    try:
        pattern = read(text)
    except GrammarError as error:
        assert 0 <= error.start < error.end <= len(text)
    else:
        assert len(pattern.forms()) == pattern.count


WORD = st.text(st.sampled_from("abc"), min_size=1, max_size=3)


@given(st.lists(st.lists(WORD, min_size=2, max_size=4), min_size=1, max_size=4))
def test_forms_come_in_the_order_of_nested_loops(choices):
    text = ", ".join("{" + "|".join(options) + "}" for options in choices)
    assert read(text).forms() == [", ".join(row) for row in itertools.product(*choices)]
