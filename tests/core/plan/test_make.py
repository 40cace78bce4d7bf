"""Which cells a run may make: the grammar of picks over the sweep of picks.json."""

from __future__ import annotations

import json
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError
from pack.nodes.core.grammar.picks import Pickable, format_ids, parse, resolve
from pack.nodes.core.plan.make import allowed, is_none

DATA = json.loads((Path(__file__).parents[2] / "data" / "picks.json").read_text(encoding="utf-8"))
CELLS: list[Pickable] = [SimpleNamespace(**frame) for frame in DATA["frames"]]
IDS = {cell.number: cell.id for cell in CELLS}
ALL = set(IDS)
MADE = {"0123456789abcdef": IDS[2], "0123450000000000": IDS[3], "feedfeedfeedfeed": "9" * 16}
"""Frames that runs made of cells 2 and 3, and one of another sweep's cell."""


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("", ALL),
        (" \n", ALL),
        ("\ufeff", ALL),
        ("all", ALL),
        ("ALL", ALL),
        ("none", set()),
        ("none,", set()),
        ("3", {3}),
        ("1-4", {1, 2, 3, 4}),
        ("4-1, 2", {1, 2, 3, 4}),
        ("seed=1001", {1, 4, 7, 10}),
        ('prompt="old harbour, fog", !cfg=5', {10, 11, 12}),
        ("prompt=2\n!9-12", {7, 8}),
        ("all, !all", set()),
        ("all, !1", ALL - {1}),
        ("all, !seed=1001", ALL - {1, 4, 7, 10}),
        (f"#{IDS[5]}", {5}),
        (f"#{IDS[5].upper()}, #{IDS[7]}", {5, 7}),
        ("#c4316f", {2}),
        ("all, !#c4316f", ALL - {2}),
        ("#abcdef2", {6}),
        # by the frames that runs made of volatile cells
        ("#0123456789abcdef", {2}),
        ("#0123456", {2}),
        ("#012345, 1", "2 cells begin with #012345"),
        (f"#0123456789abcdef, #{IDS[2]}", {2}),
        ("all, !#0123450000000000", ALL - {3}),
        # what is wrong is never taken for all
        ("#feedfeedfeedfeed", "This sweep has no cell #feedfeedfeedfeed"),
        ("#9999999999999999", "This sweep has no cell #9999999999999999"),
        ("1-4, #9999999999999999", "This sweep has no cell #9999999999999999"),
        ("all, #9999999999999999", "This sweep has no cell #9999999999999999"),
        ("all, !#9999999999999999", "This sweep has no cell #9999999999999999"),
        ("#999999", "This sweep has no cell #999999; with none it shows those it has"),
        ("#abcdef", f"2 cells begin with #abcdef: #{IDS[5]}, #{IDS[6]}"),
        ("13", "There is no frame 13: this sweep has frames 1 to 12"),
        ("seed=7", "No frame has seed=7"),
        ("steps=7", "This sweep has no 'steps'"),
    ],
)
def test_cells_that_may_be_made(text, numbers):
    parse(text)
    if isinstance(numbers, set):
        assert {at + 1 for at in allowed(text, CELLS, MADE)} == numbers
        return
    with pytest.raises(GrammarError) as caught:
        allowed(text, CELLS, MADE)
    assert caught.value.message.startswith(numbers)
    pointed = text[caught.value.start : caught.value.end]
    assert pointed in text.replace(", ", ",").split(",")
    assert str(caught.value).endswith("^" * len(pointed))


@pytest.mark.parametrize(
    "text", ["nothing", "all none", "none, 1", "!1", "!none", "1 2", "#xyz", "#12", "0", ",", "1-"]
)
def test_what_the_text_alone_tells_is_told_without_a_sweep(text):
    for read in (is_none, lambda text: allowed(text, CELLS), lambda text: allowed(text, [])):
        with pytest.raises(GrammarError):
            read(text)


def test_equal_cells_are_one():
    """They share a frame: what makes one makes the other."""
    twins = [SimpleNamespace(number=n, id="a" * 16, seed=7, prompt=1, values={}) for n in (1, 2)]
    assert allowed("2", twins) == allowed("#" + "a" * 16, twins) == {0, 1}
    assert allowed("all, !2", twins) == set()


def test_a_sweep_without_cells_has_none_to_make():
    assert allowed("", []) == allowed("all", []) == allowed("none", []) == frozenset()
    with pytest.raises(GrammarError, match="This sweep has no cell #aaaaaaaa"):
        allowed("#" + "a" * 16, [])


PIECES = ["all", "none", "seed=", "cfg=", *'!#-,"\n 0123456789abcf=.', *IDS.values()]


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_allows_what_picks_name_or_raises(text):
    try:
        found = allowed(text, CELLS)
    except GrammarError as error:
        assert error.source == text and 0 <= error.start <= error.end <= len(text)
        return
    ids = {CELLS[at].id for at in found}
    assert ids == set(resolve(parse(text), CELLS).ids) if parse(text) else len(ids) == len(CELLS)


def test_thousands_of_ids_take_no_time():
    cells = [
        SimpleNamespace(number=n, id=f"{n:016x}", seed=n, prompt=1, values={}) for n in range(4096)
    ]
    made = {f"{n:015x}f"[::-1]: cell.id for n, cell in enumerate(cells)}
    before = time.process_time()
    for text in (format_ids(cell.id for cell in cells), format_ids(made)):
        assert len(allowed(text, cells, made)) == 4096
    assert time.process_time() - before < 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [("none", True), (" None,", True), ("NONE", True), ("", False), ("all", False), ("1", False)],
)
def test_a_plan_is_asked_for_in_the_words_of_picks(text, expected):
    assert is_none(text) is expected
