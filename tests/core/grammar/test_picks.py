"""The cases of picks.json, which the page's reader of picks has to pass as well.

frames  what a sweep has: number, id, seed, prompt (its place, from 1) and the axis values
cases   [text, result]; a result is the list of what is picked, in order: the number of a
        frame, or the id of one that the sweep does not have. Or it is an error: the message,
        where in the text it points, and when it is found: "parse" from the text alone,
        "resolve" only with the frames.
"""

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

DATA = json.loads((Path(__file__).parents[2] / "data" / "picks.json").read_text(encoding="utf-8"))
FRAMES: list[Pickable] = [SimpleNamespace(**frame) for frame in DATA["frames"]]
IDS = {frame.number: frame.id for frame in FRAMES}
PICKED = [case for case in DATA["cases"] if isinstance(case[1], list)]
FAULTS = [case for case in DATA["cases"] if isinstance(case[1], dict)]


@pytest.mark.parametrize("text, picked", PICKED)
def test_picks(text, picked):
    ids, earlier = resolve(parse(text), FRAMES)
    assert list(ids) == [IDS.get(each, each) for each in picked]
    assert list(earlier) == [each for each in picked if isinstance(each, str)]


@pytest.mark.parametrize("text, error", FAULTS)
def test_faults(text, error):
    with pytest.raises(GrammarError) as caught:
        items = parse(text)
        assert error["when"] == "resolve"
        resolve(items, FRAMES)
    assert caught.value.message == error["error"]
    assert (caught.value.start, caught.value.end) == (error["start"], error["end"])


@pytest.mark.parametrize("text, error", [case for case in FAULTS if case[1]["when"] == "parse"])
def test_what_the_text_alone_tells_is_told_without_a_sweep(text, error):
    with pytest.raises(GrammarError, match="\\n" if error["start"] < len(text) else None):
        parse(text)


EQUIVALENT = [
    ["2-4", "2,3,4", "2\n3\n4", " 2 , 3-4, ", "2-3, 2-4", "002-004", "1-4, !1", "\ufeff2-4"],
    ["seed=1001, prompt=1", "seed = 1001 ,prompt = 1", "seed=1001\nprompt=1"],
    ["", "none", "NONE", "none,", " \n\t"],
]


@pytest.mark.parametrize("texts", EQUIVALENT)
def test_spellings_that_mean_the_same(texts):
    assert len({resolve(parse(text), FRAMES) for text in texts}) == 1


def test_a_sweep_without_frames_has_nothing_to_pick():
    assert resolve(parse("all"), []).ids == ()
    with pytest.raises(GrammarError, match="There is no frame 1: this sweep has no frames"):
        resolve(parse("1"), [])
    with pytest.raises(GrammarError, match="This sweep has no 'seed'"):
        resolve(parse("seed=1"), [])


def test_frames_that_are_one_and_the_same_are_picked_once():
    twins = [SimpleNamespace(number=n, id="a" * 16, seed=7, prompt=1, values={}) for n in (1, 2)]
    assert resolve(parse("all"), twins).ids == ("a" * 16,)


HEX = st.text(st.sampled_from("0123456789abcdef"), min_size=16, max_size=16)


@given(st.lists(st.one_of(HEX, st.sampled_from(list(IDS.values()))), unique=True))
def test_written_ids_read_back_in_order(ids):
    picks = resolve(parse(format_ids(ids)), FRAMES)
    assert list(picks.ids) == ids
    assert list(picks.earlier) == [id for id in ids if id not in IDS.values()]


PIECES = ["all", "none", "seed=", "prompt=", "cfg=", *'!#-,"\\\n 0123456789abcfx=.']
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@given(TEXTS)
def test_any_text_gives_picks_or_a_grammar_error(text):
    try:
        picks = resolve(parse(text), FRAMES)
    except GrammarError as error:
        assert error.source == text and 0 <= error.start <= error.end <= len(text)
    else:
        assert len(set(picks.ids)) == len(picks.ids)
        assert set(picks.ids) - set(picks.earlier) <= set(IDS.values())
        assert resolve(parse(format_ids(picks.ids)), FRAMES) == picks


def test_large_texts_and_sweeps_take_no_time():
    many = [
        SimpleNamespace(number=n, id=f"{n:016x}", seed=n, prompt=1, values={"seed": n})
        for n in range(1, 4097)
    ]
    before = time.process_time()
    assert len(resolve(parse(format_ids(frame.id for frame in many)), many).ids) == 4096
    assert len(resolve(parse(", ".join(map(str, range(1, 4097)))), many).ids) == 4096
    with pytest.raises(GrammarError, match="No sweep has that many"):
        parse("1-99999999999999")
    with pytest.raises(GrammarError, match="There is no frame 999999999"):
        resolve(parse("1-999999999"), many)
    with pytest.raises(GrammarError, match="More than 10,000 picks"):
        parse("1," * 20_000)
    assert time.process_time() - before < 10
