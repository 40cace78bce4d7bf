"""Values that only a run can tell: as if they had been typed."""

from __future__ import annotations

import pytest
from graphs import (
    SEED,
    TEXT,
    assert_recipe_runs,
    ids,
    plain,
    values,
)
from sweeps import node, run


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
