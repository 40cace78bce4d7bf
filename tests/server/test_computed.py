"""Values that only a run can tell: as if they had been typed."""

from __future__ import annotations

import pytest
from graphs import SEED, TEXT, assert_goes_on, ids, plain
from sweeps import assert_recipe_runs, node, run, values


def typed_texts(by_both):
    return by_both(plain(TEXT, SEED, "euler"), "a red boat\na blue house", "1, 2")


COMPUTED = {
    "primitive": {"o": node("PrimitiveString", value="a red boat\na blue house")},
    "primitive lines": {"o": node("PrimitiveStringMultiline", value="a red boat\na blue house")},
    "joined": {
        "o": node(
            "StringConcatenate", string_a="a red boat", string_b="a blue house", delimiter="\n"
        )
    },
    "replaced": {
        "o": node("StringReplace", string="a red boat; a blue house", find="; ", replace="\n")
    },
    "list": {"o": node("ForeignLines", text="a red boat\na blue house")},
    "always another": {"o": node("ForeignNanText", value="a red boat\na blue house")},
}


@pytest.mark.parametrize("more", COMPUTED.values(), ids=COMPUTED)
def test_a_computed_text_is_as_if_it_had_been_typed(server, by_both, more):
    prompt = {**typed_texts(by_both), **more}
    expected, _ = run(server, typed_texts(by_both))
    prompt["2"]["inputs"]["prompts"] = ["o", 0]
    found, calls = run(server, prompt)
    assert calls.rows == 0
    assert ids(found) == ids(expected)
    assert [axis["name"] for axis in found["axes"]] == ["prompt", "seed"]
    assert [a["values"] for a in found["axes"]] == [a["values"] for a in expected["axes"]]
    assert [f["positive"] for f in found["frames"]] == ["a red boat"] * 2 + ["a blue house"] * 2
    assert all(frame["exact"] for frame in found["frames"])


def test_a_dry_plan_reads_a_computed_text(server, by_both):
    prompt = {**typed_texts(by_both), **COMPUTED["joined"]}
    prompt["2"]["inputs"]["prompts"] = ["o", 0]
    prompt["7"]["inputs"]["make"] = "none"
    manifest, calls = run(server, prompt)
    assert [frame["positive"] for frame in manifest["frames"]][::2] == [
        "a red boat",
        "a blue house",
    ]
    assert calls.lines == []


def test_texts_that_are_joined_behind_the_axis_are_told_as_joined(server, by_both):
    graph = plain(["c", 0], 1, "euler")
    joined = {"string_a": TEXT, "string_b": "oil on canvas", "delimiter": ", "}
    graph["c"] = node("StringConcatenate", **joined)
    manifest, _ = run(server, by_both(graph, "a red boat\na blue house"))
    told = [frame["positive"] for frame in manifest["frames"]]
    assert told == ["a red boat, oil on canvas", "a blue house, oil on canvas"]
    assert_recipe_runs(server, manifest["frames"][1])


def test_a_seed_that_is_rolled_at_run_time_is_shown(server, by_both):
    prompt = by_both(plain("a boat", SEED, "euler"))
    prompt["o"] = node("ForeignSeed", seed=-1)
    prompt["6"] = node("ProofsheetSeedSweep", seed=["o", 0], count=3, mode="consecutive", list="")
    first, calls = run(server, prompt)
    seeds = [frame["seed"] for frame in first["frames"]]
    assert seeds == [seeds[0] + each for each in range(3)]
    assert calls.rows == 3


def test_samplers_and_schedulers_are_a_grid(server, by_both):
    graph = plain("a boat", 1, ["v", 0])
    graph["s"]["inputs"]["scheduler"] = ["w", 0]
    graph |= {"v": values("euler, uni_pc", "text"), "w": values("simple, beta", "text")}
    manifest, _ = run(server, by_both(graph))
    assert [axis["name"] for axis in manifest["axes"]] == ["sampler_name", "scheduler"]
    assert len(set(ids(manifest))) == 4


WIDGETS = {
    "template": ("2", "template", "{prompt}, in snow", ["a red boat, in snow", "a house, in snow"]),
    "negative": ("2", "negative", "fog", ["fog", "fog"]),
    "list": ("6", "list", "4, 5-6", [4, 5, 6]),
    "values": ("v", "values", "2, 3..4:0.5", [2, 3, 3.5, 4]),
}


@pytest.mark.parametrize("widget", WIDGETS)
def test_every_text_of_an_axis_node_may_be_computed(server, by_both, widget):
    number, name, text, expected = WIDGETS[widget]
    graph = plain(TEXT, SEED, "euler")
    graph["n"]["inputs"]["text"] = ["2", 1]
    graph["s"]["inputs"]["cfg"] = ["v", 0]
    graph["v"] = node("ProofsheetValues", values="2", type="float")
    typed = by_both(graph, "a red boat\na house", "1")
    typed[number] = {**typed[number], "inputs": {**typed[number]["inputs"], name: text}}
    linked = {**typed, number: {**typed[number], "inputs": {**typed[number]["inputs"]}}}
    linked[number]["inputs"][name] = ["o", 0]
    linked["o"] = node("StringConcatenate", string_a=text[:2], string_b=text[2:], delimiter="")
    manifest, _ = run(server, typed)
    found, calls = run(server, linked)
    assert (ids(found), found["axes"], calls.rows) == (ids(manifest), manifest["axes"], 0)
    frames = found["frames"]
    told = {
        "template": [frame["positive"] for frame in frames],
        "negative": [frame["negative"] for frame in frames],
        "list": [frame["seed"] for frame in frames[:3]],
        "values": [frame["values"].get("cfg") for frame in frames[:4]],
    }
    assert told[widget] == expected


def test_going_on_below_a_seed_that_is_rolled_shows_what_was_made(server, by_both):
    prompt = by_both(plain("a boat that is rolled", SEED, "euler"))
    prompt["o"] = node("ForeignSeed", seed=-1)
    prompt["6"] = node("ProofsheetSeedSweep", seed=["o", 0], count=3, mode="consecutive", list="")
    assert_goes_on(server, prompt, picked=2)


@pytest.mark.parametrize("changed", [("2", "prompts"), ("p", "text")], ids=["batch", "straight"])
def test_going_on_below_a_text_that_is_rolled_shows_what_was_made(server, by_both, changed):
    """A list of lines, another each time."""
    prompt = by_both(plain(TEXT, SEED, "euler"), "x", "1, 2")
    prompt["o"] = node("ForeignRandomLines", count=2)
    prompt[changed[0]]["inputs"][changed[1]] = ["o", 0]
    assert_goes_on(server, prompt, picked=1)


def test_a_dry_plan_says_what_must_run_first_until_it_has_run(server, by_both):
    """A text that a model makes is not made for a plan; once it is known the plan has it."""
    prompt = by_both(plain(TEXT, SEED, "euler"), "x", "1, 2")
    texts = f"a boat for {by_both.__name__}\na house for {by_both.__name__}"
    prompt["o"] = node("ForeignCaption", clip=["m", 1], text=texts)
    prompt["2"]["inputs"]["prompts"] = ["o", 0]
    prompt["7"]["inputs"]["make"] = "none"
    manifest, calls = run(server, prompt)
    assert manifest["frames"] == [] and calls.lines == []
    assert manifest["notice"].startswith("ForeignCaption (node o) must run before")
    prompt["7"]["inputs"]["make"] = "all"
    assert_goes_on(server, prompt, picked=3)
