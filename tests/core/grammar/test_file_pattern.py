from __future__ import annotations

import unicodedata
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError
from pack.nodes.core.grammar.file_pattern import FALLBACK, MAX_BYTES, cut, expand, tokens

FIELDS = {
    "name": "lighthouse",
    "seed": 1001,
    "number": 3,
    "id": "9f3a1c0b77d2e845",
    "prompt": "a lighthouse at dusk, waves",
    "negative": "",
    "caption": "lighthouse · 1001",
    "cfg": 7.5,
    "LoRA strength": 0.8,
}


@pytest.mark.parametrize(
    "pattern, path",
    [
        ("proofsheet/%name%_%seed%", "proofsheet/lighthouse_1001"),
        ("%number%", "3"),
        ("%name%%seed%", "lighthouse1001"),
        ("%id%-%cfg% %LoRA strength%", "9f3a1c0b77d2e845-7.5 0.8"),
        ("%prompt%", "a lighthouse at dusk, waves"),
        ("100%% %name%", "100% lighthouse"),
        ("%%name%%", "%name%"),
        ("a\\b\\%name%", "a/b/lighthouse"),
        ("./a//b/./%name%", "a/b/lighthouse"),
        ("a b/夕暮れ_%seed%", "a b/夕暮れ_1001"),
        ("", FALLBACK),
        ("a/", f"a/{FALLBACK}"),
        ("%negative%", FALLBACK),
        ("%negative%/%name%", f"{FALLBACK}/lighthouse"),
        ("x_%negative%", "x_"),
        (".hidden/..%name%", "hidden/lighthouse"),
        ("a. ./%name%... ", "a/lighthouse"),
        ("con/%name%", "_con/lighthouse"),
        ('a<b>c:d"e|f?g*h', "a_b_c_d_e_f_g_h"),
        ("a\nb\t%name%", "a b lighthouse"),
        ("%date:yyyy-MM-dd%/%name%", "2026-03-07/lighthouse"),
        ("%date:yy M d h m s%", "26 3 7 9 5 4"),
        ("%date:MM.dd hh_mm_ss%", "03.07 09_05_04"),
        ("%date:yyyy/MM\\dd%/x", "2026/03/07/x"),
        ("%date:yyyy//MM%", "2026/03"),
        ("%%date:yyyy%%", "%date_yyyy%"),
        ("%date:yyyyy%", "2026y"),
    ],
)
def test_patterns(pattern, path):
    assert expand(pattern, FIELDS, datetime(2026, 3, 7, 9, 5, 4)) == path


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("%date:%", "Expected a date such as %date:yyyy-MM-dd hh-mm-ss%"),
        ("%date: -%", "Expected a date such as %date:yyyy-MM-dd hh-mm-ss%"),
        ("%date:YYYY-MM-DD%", "Expected a date such as %date:yyyy-MM-dd hh-mm-ss%"),
        ("x_%date:yyyyMMdd_HHmmss%", "Expected a date such as %date:yyyy-MM-dd hh-mm-ss%"),
        ("%date:../yyyy%", "No way out of the output folder"),
        ("%date:/yyyy%", "A path inside the output folder"),
        ("%date:yyyy", "Expected the second % of a value's name"),
    ],
)
def test_a_date_that_is_none_is_refused(pattern, message):
    with pytest.raises(GrammarError, match=message):
        tokens(pattern)


@pytest.mark.parametrize(
    "value, name",
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..", FALLBACK),
        ("/root", "_root"),
        ("C:\\Windows\\x", "C__Windows_x"),
        ("\\\\server\\share", "__server_share"),
        ("a/b\\c", "a_b_c"),
        ("nul", "_nul"),
        ("COM1.txt", "_COM1.txt"),
        ("LPT²", "_LPT²"),
        ("Aux .x", "_Aux .x"),
        ("console", "console"),
        ("...", FALLBACK),
        (" . a . ", "a"),
        ("a\0b\x1bc", "a b c"),
        ("two\nlines\u2028three", "two lines three"),
        ("\u202etxt.exe\u200b", "txt.exe"),
        ("half \ud83d", "half _"),
        ("%seed%", "%seed%"),
        ("e\u0301te\u0301", "été"),
        ("घर दिल्ली 🏳️‍🌈 بيت", "घर दिल्ली 🏳️‍🌈 بيت"),
        (None, "None"),
        (0.1, "0.1"),
    ],
)
def test_values_stay_inside_a_name(value, name):
    assert expand("%name%", {"name": value}) == name
    assert expand("a/%name%/b", {"name": value}) == f"a/{name}/b"


@pytest.mark.parametrize(
    "pattern, message, start, end",
    [
        ("a_%cfg", "Expected the second % of a value's name; %% is a percent sign", 2, 6),
        ("100%", "Expected the second % of a value's name; %% is a percent sign", 3, 4),
        ("%a/b%", "Expected the second % of a value's name; %% is a percent sign", 0, 5),
        ("/etc/%name%", "A path inside the output folder, for example proofsheet/%name%", 0, 1),
        ("\\\\server\\x", "A path inside the output folder, for example proofsheet/%name%", 0, 1),
        ("C:/x", "A path inside the output folder, for example proofsheet/%name%", 0, 1),
        ("c:x", "A path inside the output folder, for example proofsheet/%name%", 0, 1),
        ("a/../%name%", "No way out of the output folder: .. is no folder name", 2, 4),
        ("a\\.. \\x", "No way out of the output folder: .. is no folder name", 2, 5),
        ("..", "No way out of the output folder: .. is no folder name", 0, 2),
        ("a/" * 16 + "b", "More than 15 folders in each other", 0, 33),
    ],
)
def test_faults(pattern, message, start, end):
    for check in (tokens, lambda pattern: expand(pattern, FIELDS)):
        with pytest.raises(GrammarError) as caught:
            check(pattern)
        error = caught.value
        assert (error.message, error.start, error.end) == (message, start, end)


def test_an_unknown_value_is_named_with_those_there_are():
    with pytest.raises(GrammarError) as caught:
        expand("a/%steps%", {"name": "x", "seed": 1})
    assert str(caught.value) == "Unknown 'steps'; there are %name% %seed%\na/%steps%\n  ^^^^^^^"


def test_tokens_are_told_in_order():
    assert tokens("%a%/%b%_%a%%%") == ("a", "b", "a")


@pytest.mark.parametrize(
    "pattern, prompt, path",
    [
        ("%prompt%_%seed%", "x" * 500, "x" * 115 + "_1001"),
        ("%prompt%_%seed%", "灯" * 500, "灯" * 38 + "_1001"),
        ("a/%prompt%", "🏳️‍🌈" * 50, "a/" + "🏳️‍🌈" * 8),
        ("a/b/%prompt%", "x" * 500, "a/b/" + "x" * 80),
        ("%prompt%", "a" + "\u0301" * 500, "á" + "\u0301" * 59),
        ("y" * 300 + "%seed%", "", "y" * 120),
    ],
)
def test_long_values_are_cut_and_the_rest_of_the_name_stays(pattern, prompt, path):
    assert expand(pattern, {**FIELDS, "prompt": prompt}) == path


RESERVED = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(10))}
PATTERNS = st.lists(
    st.sampled_from(
        ["%name%", "%x%", "%%", "%", "/", "\\", "..", ".", "a", "C:", " ", "nul", "灯"]
    ),
    max_size=10,
).map("".join)
NASTY = ["..", "/", "\\", "C:", "nul", "com1", ".", " ", "a", "\u202e"]
VALUES = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(NASTY)).map("".join))


@given(PATTERNS, VALUES, VALUES)
def test_whatever_is_given_stays_in_its_folder(pattern, name, x):
    try:
        path = expand(pattern, {"name": name, "x": x})
    except GrammarError as error:
        assert error.source == pattern and 0 <= error.start <= error.end <= len(pattern)
        return
    folders = path.split("/")
    assert len(folders) <= 1 + pattern.count("/") + pattern.count("\\")
    for folder in folders:
        assert folder and folder == folder.strip(" .") and len(folder.encode()) <= MAX_BYTES + 1
        assert not set(folder) & set('<>:"\\|?*') and not folder.startswith(".")
        assert folder.split(".")[0].rstrip().casefold() not in RESERVED
        assert all(unicodedata.category(char) not in ("Cc", "Cs") for char in folder)
    assert expand(path.replace("%", "%%"), {}) == path


@given(st.text(), st.integers(0, 50))
def test_cutting_keeps_a_beginning_that_fits(text, limit):
    kept = cut(text, limit)
    assert text.startswith(kept) and len(kept.encode()) <= limit
