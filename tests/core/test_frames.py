"""Frames joined for one sheet, and what is said of each in a line."""

from __future__ import annotations

from dataclasses import replace

from pack.nodes.core.axes import Axis
from pack.nodes.core.frames import Estimate, Frame, Frames, caption, joined

SEEDS = Axis("seed", (7, 8), ("7", "8"))
PAIR = tuple(Frame(str(n), n, n + 6, values={"seed": n + 6}) for n in (1, 2))
SWEEP = Frames(PAIR, (SEEDS,), {"steps": 20, "cfg": 7}, "every combination")


def test_one_sweep_is_shown_as_it_is():
    assert joined([SWEEP]) is SWEEP


def test_several_are_a_list_numbered_from_1_with_the_constants_all_share():
    keeper = Frame("c", None, 9)
    shown = joined([SWEEP, Frames((keeper,), (), {"steps": 20, "cfg": 5})])
    assert [(frame.id, frame.number) for frame in shown.frames] == [("1", 1), ("2", 2), ("c", 3)]
    labels = ("seed 7", "seed 8", "3")
    assert shown.axes == (Axis("frame", labels, labels),)
    assert shown.constants == {"steps": 20}


def test_picks_fill_no_grid_and_keep_what_all_frames_share():
    picked = SWEEP.chosen(PAIR[1:])
    assert (picked.frames, picked.axes, picked.constants) == (PAIR[1:], (), SWEEP.constants)
    assert [(frame.id, frame.number) for frame in joined([picked]).frames] == [("2", 1)]
    assert joined([picked]).axes == joined([]).axes == ()


def test_an_estimate_is_that_of_one_sweep_as_it_ran():
    estimate = Estimate(1, 2.5, 4096)
    single = Frames(PAIR[:1], estimate=estimate)
    for sweep in (replace(SWEEP, estimate=estimate), single):
        assert joined([sweep]).estimate == estimate
        assert joined([sweep, SWEEP]).estimate is None
        assert sweep.chosen(PAIR[:1]).estimate is joined([sweep.chosen(PAIR)]).estimate is None


def test_a_caption_says_texts_alone_and_numbers_with_their_names():
    values = {"prompt": "lighthouse", "seed": 1001, "cfg": 7.5}
    assert caption(Frame("a", 1, 1001, values=values)) == "lighthouse · seed 1001 · cfg 7.5"
    assert caption(Frame("a", 1, 1001)) == ""
