"""Nodes above that say they changed at every run: what was made is found, and goes on."""

from __future__ import annotations

import pytest
from graphs import SEED, TEXT, assert_goes_on, ids, plain, swept
from sweeps import node, run

ANSWERS = ("Nan", "NanInside", "Random", "Clock")


def changing_model(answer):
    graph = plain(TEXT, SEED, "euler")
    graph["s"]["inputs"]["model"] = ["o", 0]
    return {**graph, "o": node(f"Foreign{answer}Model", value=["m", 0])}


def changing_text(answer):
    graph = plain(["o", 0], SEED, "euler")
    return {**graph, "o": node(f"Foreign{answer}Text", value=TEXT)}


def changing_conditioning(answer):
    graph = plain(TEXT, SEED, "euler")
    graph["s"]["inputs"]["positive"] = ["o", 0]
    return {**graph, "o": node(f"Foreign{answer}Conditioning", value=["p", 0])}


CHANGING = [changing_model, changing_text, changing_conditioning]


def assert_all_goes_on(server, prompt):
    frames = assert_goes_on(server, prompt, picked=2)["frames"]
    assert len(frames) == 4 and all(frame["volatile"] for frame in frames)


@pytest.mark.parametrize("graph", CHANGING, ids=lambda graph: graph.__name__)
@pytest.mark.parametrize("answer", ANSWERS)
def test_going_on_below_a_node_that_always_changes_makes_nothing(server, by_both, graph, answer):
    assert_all_goes_on(server, by_both(graph(answer), "a red boat\na blue house", "1, 2"))


@pytest.mark.parametrize("answer", ANSWERS)
def test_going_on_below_a_picture_that_always_changes_makes_nothing(server, answer):
    graph = plain(TEXT, SEED, "euler")
    graph["o"] = node(f"Foreign{answer}Image", value=["end", 0])
    prompt = swept(graph, "a red boat\na blue house", "1, 2", source=["o", 0])
    assert_all_goes_on(server, prompt)


def test_what_always_changes_is_made_again_and_only_what_may_be(server):
    prompt = swept(changing_model("Nan"), "a red boat\na blue house", "3, 4")
    first, _ = run(server, prompt)
    second, calls = run(server, prompt)
    assert calls.rows == 4 and set(ids(first)).isdisjoint(ids(second))
    prompt["7"]["inputs"]["make"] = f"#{ids(second)[1]}"
    third, calls = run(server, prompt)
    assert calls.rows == 1
    assert [a == b for a, b in zip(ids(second), ids(third), strict=True)] == [1, 0, 1, 1]
