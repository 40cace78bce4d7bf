"""__name__ stands for the lines of a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar import prompts
from pack.nodes.core.grammar.prompts import Names, prompt_lists

LISTS = {
    "colors": ["red", "", "# not read", "#ff0000", "dark {blue|green} // or so", "  teal  "],
    "animals/cats": ["tabby", "__size__ lion", "/* none */"],
    "size": ["small", "large"],
    "weights": ["3::a", "0.5:: b", "c"],
    "several": ["one,\n  # a comment\n\n  two"],
    "left out": ["cat --no dog"],
    "me": ["x __you__"],
    "you": ["{a|__me__}"],
    "empty": ["", "# only"],
    "faulty": ["fine", "a {b"],
    "flagged": ["a --seed 7"],
    "variable": ["a ${x}"],
    **{f"d{n}": [f"__d{n + 1}__"] for n in range(25)},
    "d25": ["the end"],
    "deep": ["{" * 40 + "x" + "|y}" * 40],
    "deeper": ["{a|" * 20 + "__deep__" + "}" * 20],
    "__init__": ["no name"],
}


def positives(text, **texts):
    return list(prompt_lists(text, **texts, names=Names(lists=LISTS))[0])


@pytest.mark.parametrize(
    "text, expected",
    [
        ("a __colors__ cat", ["red", "#ff0000", "dark blue", "dark green", "teal"]),
        ("a __animals/cats__ cat", ["tabby", "small lion", "large lion"]),
        (r"a __animals\cats__ cat", ["tabby", "small lion", "large lion"]),
        ("a {2::__size__|__weights__} cat", ["small", "large", "a", "b", "c"]),
        ("a {2$$__weights__} cat", ["a, b", "a, c", "b, c"]),
        ("a {2$$ or $$__d6__|__weights__} cat", [f"the end or {each}" for each in "abc"]),
        ("a {1-2$$ __size__ } cat", ["small", "large", "small, large"]),
        ("a __several__ cat", ["one, two"]),
        ("a __d6__ cat", ["the end"]),
    ],
)  # fmt: skip
def test_lines_are_options(text, expected):
    assert positives(text) == [f"a {each} cat" for each in expected]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("(__size__:1.2)", ["(small:1.2)", "(large:1.2)"]),
        ("[__size__]", ["[small]", "[large]"]),
        ("__size__, x", ["small, x", "large, x"]),
        ("'__size__'", ["'small'", "'large'"]),
        (r"\\__size__", [r"\small", r"\large"]),
        (r"\__size__ x__size__ __size__s 1__size__", ["__size__ x__size__ __size__s 1__size__"]),
        ("embedding:__size__ __size__:x ___size___", ["embedding:__size__ __size__:x ___size___"]),
        ("<lora:__size__:0.5>", ["<lora:__size__:0.5>"]),
        ("a < __size__ > b", ["a < small > b", "a < large > b"]),
        ("é__size__ 灯__size__", ["é__size__ 灯__size__"]),
        ("____ __ a __", ["____ __ a __"]),
        ("__{0|1", None),
    ],
)
def test_where_a_name_is_read(text, expected):
    if expected is None:
        with pytest.raises(GrammarError):
            positives(text)
    else:
        assert positives(text) == expected


def test_lists_are_read_in_every_text():
    names = Names(lists=LISTS)
    found = prompt_lists("---\nnegative: __size__\nx", "__size__", "__size__ {prompt}", names)
    assert sorted(found[0]) == ["large x"] * 4 + ["small x"] * 4
    assert found[1][:3] == ("small, small", "large, small", "small, small")
    assert prompt_lists("__left out__", "", "{prompt}", names)[:2] == (("cat",), ("dog",))


@pytest.mark.parametrize(
    "text, message, source, start, end",
    [
        ("a __sizes__", r"No list 'sizes' in a wildcards folder (there are 'size', ", None, 2, 11),
        ("a __x*__", "One list is named at a time: {__a__|__b__} takes", None, 2, 8),
        ("3#__size__", "Write {3$$__size__} for 3 of its lines", None, 0, 10),
        ("__{a|b}__", "The name of a list has no braces", None, 0, 3),
        ("__empty__", "The list 'empty' has no lines", None, 0, 9),
        ("__me__", "__you__, line 1: This list leads back to itself: me", "{a|__me__}", 3, 9),
        ("__faulty__", "__faulty__, line 2: This { is never closed", "a {b", 2, 3),
        ("__flagged__", "__flagged__, line 1: Only --no is read here", "a --seed 7", 2, 8),
        ("__variable__", "__variable__, line 1: Variables are not read", "a ${x}", 2, 4),
        ("__d5__", "__d24__, line 1: Lists in lists, more than 20 deep", "__d25__", 0, 7),
        ("__d6__ __d5__", "__d5__, line 1: Lists in lists, more than 20", "__d6__", 0, 6),
        ("__deeper__", "__deeper__, line 1: Braces in braces, more than 50 deep", None, 60, 68),
        ("{4$$__weights__}", "Only 3 to pick from", None, 0, 16),
    ],
)  # fmt: skip
def test_faults(text, message, source, start, end):
    with pytest.raises(GrammarError) as caught:
        positives(text)
    assert caught.value.message.startswith(message)
    if "deeper" not in text:
        assert caught.value.source == (source or text)
    assert (caught.value.start, caught.value.end) == (start, end)


def test_a_list_that_cannot_be_read_is_said_where_it_is_named():
    class Broken(dict):
        def __contains__(self, name):
            raise ProofsheetError("x.txt is not in UTF-8: save it so")

    with pytest.raises(GrammarError) as caught:
        prompt_lists("a __x__", names=Names(lists=Broken()))
    assert caught.value.message == "x.txt is not in UTF-8: save it so"
    assert (caught.value.start, caught.value.end) == (2, 7)


def test_without_lists_it_is_said_where_they_belong():
    with pytest.raises(
        GrammarError, match=r"\(there are none\): put x.txt there, or write \\__x__"
    ):
        prompt_lists("__x__")


def test_too_many_lines_are_told_and_not_made():
    names = Names(lists={"n": [f"line {n}" for n in range(20_000)]})
    with pytest.raises(
        GrammarError, match=r"20,000 x 20,000 = 400,000,000 prompts; at most 10,000"
    ):
        prompt_lists("__n__ __n__", names=names)
    with pytest.raises(GrammarError, match="more than 10\\^15 prompts; at most 10,000"):
        prompt_lists("__n__ __n__ __n__ __n__ __n__", names=names)


@given(st.dictionaries(st.sampled_from("abcd"), st.lists(st.text("abcd_{}|:123 \n", max_size=9))))
def test_any_lists_give_prompts_or_a_grammar_error(lists):
    names = Names(lists=lists)
    text = "__a__ {2$$__b__} {__c__|__d__}"
    try:
        found = prompts.parse(text, names=names)
    except ProofsheetError as error:
        assert str(error)
    else:
        assert len(found) == prompts.count(text, names=names)


def test_a_dash_made_of_two_hyphens_is_refused_in_a_list():
    with pytest.raises(GrammarError, match="__colors__, line 1: Expected two hyphens, --no"):
        prompts.parse("__colors__", names=Names(lists={"colors": ["red —no blue"]}))
