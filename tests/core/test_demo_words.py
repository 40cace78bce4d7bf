from __future__ import annotations

import re
from pathlib import Path

import pytest
from pack.nodes.core.demo_words import FILLERS, SYNONYMS, WORDS, describe_words, word_ids


@pytest.mark.parametrize(
    "text, words, unknown",
    [
        ("a red house at sunset", ["one", "red", "house", "sunset"], []),
        ("RED, House!", ["red", "house"], []),
        ("two sailboats on the ocean", ["two", "boat", "sea"], []),
        ("a purple giraffe", ["one", "purple"], ["giraffe"]),
        ("ein Haus; 家", [], ["ein", "haus", "家"]),
        ("", [], []),
    ],
)
def test_words_are_known_by_name_or_synonym(text, words, unknown):
    ids, left = word_ids(text)
    assert [WORDS[index] for index in ids] == words
    assert left == unknown


def test_every_word_is_listed_once_and_no_synonym_hides_another_word():
    assert len(set(WORDS)) == len(WORDS)
    assert set(SYNONYMS.values()) <= set(WORDS)
    assert not set(SYNONYMS) & set(WORDS)
    assert not FILLERS & (set(WORDS) | set(SYNONYMS))


def test_the_description_names_every_word():
    assert all(word in describe_words() for word in WORDS)


def test_the_help_page_names_every_word():
    page = Path(__file__).parents[2] / "web" / "docs" / "ProofsheetDemoModel.md"
    text = page.read_text(encoding="utf-8")
    missing = [word for word in WORDS if not re.search(rf"\b{word}\b", text)]
    assert not missing
