from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar import cursor as text


@pytest.mark.parametrize(
    "written, signs, read",
    [
        (r"\{a\}", "{}", "{a}"),
        (r"\\{a", "{}", r"\{a"),
        (r"\\\{a", "{}", r"\{a"),
        (r"\(a\) \\(b\\)", "{}", r"\(a\) \\(b\\)"),
        (r"C:\models\x", "{}", r"C:\models\x"),
        ("a\\", "{}", "a\\"),
        (r"a\|b", "{}|", "a|b"),
        (r"a\|b", "{}", r"a\|b"),
    ],
)
def test_a_backslash_counts_only_before_a_sign(written, signs, read):
    assert text.unescape(written, signs) == read


@given(st.text(st.sampled_from('\\{}|,"ab ')))
def test_what_is_escaped_reads_back(plain):
    assert text.unescape(text.escape(plain, '{}|,"'), '{}|,"') == plain


@pytest.mark.parametrize(
    "written, read",
    [
        ("  a b \t", "a b"),
        ("\u200b\ufeff a\u3000", "a"),
        ("\u200b \u200b", ""),
        ("न\u200dक", "न\u200dक"),
    ],
)
def test_trim_takes_what_cannot_be_seen(written, read):
    assert text.trim(written) == read


def test_texts_that_cannot_be_saved_are_refused():
    with pytest.raises(GrammarError, match=r"U\+D83D"):
        text.check_text("fox \ud83d")
    with pytest.raises(ProofsheetError, match="200,001 characters; at most 200,000"):
        text.check_text("x" * 200_001)
    with pytest.raises(ProofsheetError, match="Expected a text, not 5"):
        text.check_text(5)


@pytest.mark.parametrize("value", [-1, 5, 1.0, True, "1", None])
def test_whole_says_what_is_allowed(value):
    with pytest.raises(ProofsheetError, match="count: a whole number from 0 to 4, not"):
        text.whole(value, "count", 0, 4)


def test_choice_lists_the_options():
    with pytest.raises(ProofsheetError, match="mode: one of a, b, not 'c'"):
        text.choice("c", "mode", ("a", "b"))


def read(source):
    word = re.compile("[a-z]+")
    cursor = text.Cursor(source)
    return list(text.listed(cursor, lambda cursor: cursor.expect(word, "a word")[0]))


LISTS = ["a,b", " a , b ", "a\nb", "a,\nb,", "\n\na\r\n\r\nb\n", "a\u2028b", "\ufeffa,b"]


@pytest.mark.parametrize("source", LISTS)
def test_lists_are_separated_by_commas_or_lines(source):
    assert read(source) == ["a", "b"]


@pytest.mark.parametrize(
    "source, message, start, end",
    [
        (",a", "Expected a word", 0, 1),
        ("a,,b", "Expected a word", 2, 3),
        ("a b", "Expected ',' or a new line after 'a'", 2, 3),
        ("a, 77 c", "Expected a word", 3, 5),
    ],
)
def test_lists_at_fault(source, message, start, end):
    with pytest.raises(GrammarError) as caught:
        read(source)
    assert (caught.value.message, caught.value.start, caught.value.end) == (message, start, end)
