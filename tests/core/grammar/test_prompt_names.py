from __future__ import annotations

import time

import hypothesis
import pytest
from hypothesis import strategies as st
from pack.nodes.core.errors import columns
from pack.nodes.core.grammar.prompt_names import LONGEST, names, prompt_names, unique

TOWNS = "photo of a {} car standing in the beautiful old town of {}, 35mm film"


@pytest.mark.parametrize(
    "texts, expected",
    [
        ([], []),
        (["a lighthouse at dusk", "a harbour at dusk"], ["lighthouse", "harbour"]),
        (["a cat", "a cat with a hat"], ["cat", "cat with a hat"]),
        (["夕暮れの灯台", "夕暮れの港", "夕暮れの森"], ["灯台", "港", "森"]),
        (["Привет мир ночью", "Привет город ночью"], ["мир", "город"]),
        (["🐈 at night", "🐈‍⬛ at night"], ["🐈", "🐈‍⬛"]),
        (["(red:1.2) car", "(blue:1.2) car"], ["red:1.2", "blue:1.2"]),
        (["x cat by A", "x cat by B", "x dog by A"], ["cat by A", "cat by B", "dog by A"]),
        ([TOWNS.format("red", "Paris"), TOWNS.format("red", "Rome")], ["Paris", "Rome"]),
        ([TOWNS.format("red", "Rom"), TOWNS.format("blue", "Ulm")], ["red … Rom", "blue … Ulm"]),
        (
            ["a white tower by the sea at dusk", "a red house in the snow at night"],
            ["white tower", "red house"],
        ),
        (["a cat", "a cat"], ["a cat", "a cat"]),
        (["a cat", "a cat", "a dog"], ["cat", "cat", "dog"]),
        (["one\ntwo", "one\nthree"], ["two", "three"]),
        (["", ""], ["", ""]),
        (["!!!", "???"], ["!!!", "???"]),
        (["x" * 300], ["x" * 39 + "…"]),
        (["a harbour, some boats in it, and much fog"], ["a harbour, some boats in it, and much…"]),
        (['{"who": "cat", "light": "day"}', '{"who": "dog", "light": "day"}'], ["cat", "dog"]),
    ],
)  # fmt: skip
def test_a_name_is_what_differs(texts, expected):
    assert names(texts) == expected


@pytest.mark.parametrize(
    "found, expected",
    [
        (["a", "b"], ["a", "b"]),
        (["a", "a", "a"], ["a", "a 2", "a 3"]),
        (["a", "A"], ["a", "A 2"]),
        (["a", "a 2", "a"], ["a", "a 2", "a 3"]),
        (["a", "a", "a 2"], ["a", "a 3", "a 2"]),
        (["", "", ""], ["", "2", "3"]),
    ],
)
def test_names_that_came_before_are_numbered(found, expected):
    assert unique(found) == expected


@pytest.mark.parametrize(
    "given, texts, expected",
    [
        (["", ""], [[("a cat", "")], [("a dog", "")]], ["cat", "dog"]),
        (["tom", ""], [[("a cat", "")], [("a dog", "")]], ["tom", "a dog"]),
        (["tom"], [[("a red cat", ""), ("a blue cat", "")]], ["tom red", "tom blue"]),
        (["tom", "tom"], [[("a cat", "")], [("a dog", "")]], ["tom", "tom 2"]),
        (["", ""], [[("cat", "hat")], [("cat", "dog")]], ["cat --no hat", "cat --no dog"]),
        (["", ""], [[("cat", "text, hat")], [("cat", "text")]], ["cat --no hat", "cat"]),
        (["", ""], [[("cat", "text")], [("cat", "text")]], ["cat", "cat 2"]),
        (["tom"], [[("cat", "hat"), ("cat", "dog")]], ["tom --no hat", "tom --no dog"]),
        (["", ""], [[("", "")], [("", "")]], ["1", "2"]),
    ],
)
def test_names_of_prompts(given, texts, expected):
    assert prompt_names(given, texts) == expected


TEXTS = st.lists(st.text(max_size=60), max_size=6)


@hypothesis.given(TEXTS)
def test_any_texts_have_short_names_on_one_line(texts):
    for name in names(texts):
        assert columns(name) <= LONGEST
        assert name == name.strip() and "\n" not in name


@hypothesis.given(
    st.lists(st.text(st.sampled_from("ab12 "), max_size=4).map(str.strip), max_size=12)
)
def test_unique_names_are_unique(found):
    assert len({name.casefold() for name in unique(found)}) == len(found)
    assert all(name.startswith(old) for name, old in zip(unique(found), found, strict=True))


def test_ten_thousand_long_texts_are_named_in_time():
    before = time.process_time()
    texts = [TOWNS.format(i, j) * 20 for i in range(100) for j in range(100)]
    assert len(set(unique(names(texts)))) == 10_000
    assert len(set(unique(["same"] * 10_000))) == 10_000
    assert time.process_time() - before < 10


def test_long_texts_of_signs_are_named_in_time():
    before = time.process_time()
    signs = "-" * 200_000
    assert names([signs + "a", signs + "b"]) == ["a", "b"]
    assert len(set(unique(names([signs, signs + "-"])))) == 2
    assert names(["a" + signs, "a" + signs + "-"]) == ["a", "a"]
    assert time.process_time() - before < 10
