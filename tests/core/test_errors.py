from __future__ import annotations

import pickle

import pytest
from pack.nodes.core.errors import GrammarError, ProofsheetError


@pytest.mark.parametrize(
    "source, start, end, shown",
    [
        ("7, x, 9", 3, 4, "bad\n7, x, 9\n   ^"),
        ("7, abc", 3, 6, "bad\n7, abc\n   ^^^"),
        ("7,", 2, 2, "bad\n7,\n  ^"),
        ("", 0, None, "bad"),
        ("one\ntwo x\nthree", 8, 9, "bad (line 2)\ntwo x\n    ^"),
        ("one\r\ntwo x\r\nthree", 9, 10, "bad (line 2)\ntwo x\n    ^"),
        ("one\u2028two", 4, 7, "bad (line 2)\ntwo\n^^^"),
        ("one\ntwo", 3, 3, "bad (line 1)\none\n   ^"),
        ("one\n", 4, 4, "bad (line 2)"),
        ("灯台 x", 3, 4, "bad\n灯台 x\n     ^"),
        ("a\tx", 2, 3, "bad\na x\n  ^"),
        ("e\u0301 x", 3, 4, "bad\ne\u0301 x\n  ^"),
        ("\ud800 x", 2, 3, "bad\n  x\n  ^"),
        ("abc", 99, None, "bad\nabc\n   ^"),
        ("abc\ndef", 1, 6, "bad (line 1)\nabc\n ^^"),
    ],
)
def test_the_fault_is_shown_under_its_line(source, start, end, shown):
    assert str(GrammarError("bad", source, start, end)) == shown


def test_a_long_line_is_windowed_around_the_fault():
    shown = str(GrammarError("bad", "a" * 500 + "X" + "b" * 500, 500, 501)).splitlines()
    assert shown[1] == "…" + "a" * 36 + "X" + "b" * 35 + "…"
    assert shown[2] == " " * 37 + "^"


def test_a_long_fault_stays_in_the_window():
    shown = str(GrammarError("bad", "a" * 5000, 10, 5000)).splitlines()
    assert len(shown[2]) <= len(shown[1]) < 200


def test_it_is_a_value_error_and_survives_pickling():
    error = pickle.loads(pickle.dumps(GrammarError("bad", "7, x", 3, 4)))
    assert isinstance(error, ProofsheetError) and isinstance(error, ValueError)
    assert (error.message, error.source, error.start, error.end) == ("bad", "7, x", 3, 4)
