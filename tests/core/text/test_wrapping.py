import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.text.graphemes import graphemes
from pack.nodes.core.text.wrapping import NO_BREAK, pieces, shorten, wrap

FAMILY = "👨\u200d👩\u200d👧\u200d👦"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
WORDS = st.text(
    st.sampled_from("ab (),.-·×日本語、。「」한글 é\u0301🇩🇪👩\u200d🚀🏽نصक्षि\u00a0"), max_size=60
)


def measure(text):
    """Every grapheme one wide, CJK two."""
    return sum(2 if unicodedata.east_asian_width(g[0]) in "WF" else 1 for g in graphemes(text))


@pytest.mark.parametrize(
    "text, count",
    [
        ("abc", 3),
        ("e\u0301", 1),
        ("q\u0303\u0308x", 2),
        (FAMILY, 1),
        ("👩🏽\u200d🚀!", 2),
        ("🇩🇪🇫🇷", 2),
        ("❤\ufe0f", 1),
        ("1\ufe0f\u20e3", 1),
        (ENGLAND, 1),
        ("한글", 2),
        ("\u1112\u1161\u11ab", 1),
        ("क्षि", 1),
        ("กำ", 1),
        ("\r\n", 1),
        ("", 0),
    ],
)
def test_graphemes(text, count):
    assert len(graphemes(text)) == count


@given(st.text())
def test_graphemes_lose_nothing(text):
    assert "".join(graphemes(text)) == text


@pytest.mark.parametrize(
    "text, width, lines",
    [
        ("a red lighthouse by the sea", 13, ["a red", "lighthouse by", "the sea"]),
        ("one", 10, ["one"]),
        ("", 10, []),
        ("  spaced \n out\t", 20, ["spaced out"]),
        ("ab Hochsommerlandschaft", 9, ["ab", "Hochsomme", "rlandscha", "ft"]),
        ("well-known", 6, ["well-", "known"]),
        ("夕暮れの海辺", 6, ["夕暮れ", "の海辺"]),
        ("赤い灯台、空", 8, ["赤い灯", "台、空"]),
        ("空「灯台」", 4, ["空", "「灯", "台」"]),
        ("바닷가의 붉은 등대", 8, ["바닷가의", "붉은", "등대"]),
        ("steps 20 · cfg 7.0 · euler", 11, ["steps 20 ·", "cfg 7.0 ·", "euler"]),
        ("832 × 1216", 5, ["832 ×", "1216"]),
        (f"a b{NO_BREAK}c", 3, ["a", f"b{NO_BREAK}c"]),
        ("12345678", 3, ["123", "456", "78"]),
    ],
)
def test_wrap(text, width, lines):
    assert wrap(text, width, measure) == lines


@pytest.mark.parametrize(
    "text, width, most, lines",
    [
        ("a red lighthouse by the sea", 13, 2, ["a red", "lighthouse b…"]),
        ("a red lighthouse", 16, 1, ["a red lighthouse"]),
        ("夕暮れの海辺に立つ", 6, 2, ["夕暮れ", "の海…"]),
        (f"{FAMILY}{FAMILY} and more", 3, 1, [f"{FAMILY}…"]),
        ("sunset, sea", 8, 1, ["sunset…"]),
    ],
)
def test_wrap_ends_what_it_cuts(text, width, most, lines):
    assert wrap(text, width, measure, most) == lines


@given(WORDS, st.integers(2, 20), st.integers(0, 4))
def test_lines_fit(text, width, most):
    lines = wrap(text, width, measure, most)
    assert all(measure(line) <= width for line in lines if len(graphemes(line)) > 1)
    assert not most or len(lines) <= most


@given(WORDS, st.integers(2, 20))
def test_without_a_limit_nothing_is_lost(text, width):
    assert "".join("".join(wrap(text, width, measure)).split()) == "".join(text.split())


@given(WORDS)
def test_pieces_lose_nothing_and_cut_no_grapheme(text):
    assert "".join(pieces(text)) == text
    assert sum((graphemes(piece) for piece in pieces(text)), []) == graphemes(text)


@given(WORDS, st.integers(1, 20))
def test_shorten_cuts_at_graphemes(text, width):
    short = shorten(text, width, measure)
    assert short == text or short.endswith("…")
    assert measure(short) <= max(width, 1)
    kept = graphemes(text)[: len(graphemes(short)) - 1]
    assert short == text or "".join(kept).startswith(short[:-1])
