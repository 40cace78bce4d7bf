"""File names by date, size, place and node, and a wrong one refused before anything is sampled."""

from __future__ import annotations

import re

import pytest
import sweeps
from rig.server import RunFailed
from sweeps import node, sweep


def saved(server, prompt):
    """Folder and name of each file that Save Frames wrote."""
    outputs = server.run(prompt)["outputs"]["25"]["images"]
    return [f"{file['subfolder']}/{file['filename']}" for file in outputs]


def graph(pattern, picks="all", **changes):
    saver = {"frames": ["8", 0], "filename_prefix": pattern, "format": "png"}
    prompt = sweep("a red boat\na white boat", picks=picks, **changes)
    return {**prompt, "25": node("ProofsheetSaveFrames", **saver)}


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("place/r%row%c%column%", ["r1c1", "r1c2", "r1c3", "r2c1", "r2c2", "r2c3"]),
        ("size/%width%x%height%_%number%", [f"128x128_{n}" for n in range(1, 7)]),
        ("node/%EmptyLatentImage.width%_%Sweep Sampler.seed%_%prompt%",
         [f"128_{s}_a {c} boat" for c in ("red", "white") for s in (500, 501, 502)]),
    ],
)  # fmt: skip
def test_names_of_a_frame(server, pattern, names):
    prompt = graph(pattern)
    prompt["7"]["_meta"] = {"title": "Sweep Sampler"}
    folder = pattern.split("/")[0]
    assert saved(server, prompt) == [f"{folder}/{name}.png" for name in names]


def test_dates_are_those_of_comfyui(server):
    pattern = "%year%-%month%-%day%/%date:yyyy-MM-dd%/%date:hh_mm_ss%_%name%_%seed%"
    for name in saved(server, graph(pattern, picks="1")):
        found = re.fullmatch(r"(\d{4}-\d\d-\d\d)/\1/\d\d_\d\d_\d\d_red_500\.png", name)
        assert found, name


def test_the_place_is_that_on_the_sheet(server):
    names = saved(server, graph("picked/r%row%c%column%", picks="4, 1", columns=2))
    assert names == ["picked/r3c1.png", "picked/r1c1.png"]


@pytest.mark.parametrize(
    ("pattern", "wrong"),
    [
        ("%nothing%", "Unknown"),
        ("%KSampler.cfg%", "Unknown"),
        ("x/%EmptyLatentImage.seed%", "Unknown"),
        ("proofsheet/store/%name%", "proofsheet/store is the store's own folder"),
    ],
)
def test_a_name_that_is_none_is_refused_before_anything_is_sampled(server, pattern, wrong):
    calls = sweeps.Calls(server)
    prompt = graph(pattern, seed=77_000)
    with pytest.raises(RunFailed) as caught:
        server.run(prompt)
    [error] = [m for kind, m in caught.value.entry["status"]["messages"] if "error" in kind]
    said = error["exception_message"]
    assert f"ProofsheetSaveFrames (node 25): filename_prefix: {wrong}" in said
    assert ("^" in said) == (wrong == "Unknown")
    assert error["node_id"] == "7" and calls.rows == 0
    with pytest.raises(RunFailed, match=wrong):
        prompt["7"]["inputs"]["make"] = "none"
        server.run(prompt)


def test_columns_of_a_table_are_names(server):
    prompt = graph("rows/%name%_%CFG scale%_%Pass.cfg%", seed=["r", 2], cfg=["r", 1])
    prompt["7"]["_meta"] = {"title": "Pass"}
    prompt["r"] = node("ProofsheetRows", table="name;CFG scale;seed\nlow;2;3\nhigh;3.5;4")
    prompt["3"]["inputs"]["text"] = prompt["4"]["inputs"]["text"] = "a red boat"
    del prompt["2"], prompt["6"]
    assert saved(server, prompt) == ["rows/low_2_2.png", "rows/high_3.5_3.5.png"]


def test_two_words_in_a_prompt_are_the_rows_and_columns_of_a_sheet(server):
    prompt = graph("words/%animal%_%place%_%prompt%")
    prompt["2"] = node(
        "ProofsheetPromptBatch", prompts="ink", template="a {animal} at {place}, {prompt}"
    )
    sampler = sweeps.of_ksampler({**prompt["7"]["inputs"], "seed": 5})
    prompt["k"] = node("KSampler", **sampler)
    prompt["d"] = node("VAEDecode", samples=["k", 0], vae=["1", 2])
    axes = "{animal} = cat, dog\n{place} = sea, home"
    prompt["7"] = node("ProofsheetSweep", source=["d", 0], axes=axes)
    del prompt["6"]
    names = [f"{a}_{p}_a {a} at {p}, ink" for a in ("cat", "dog") for p in ("sea", "home")]
    assert saved(server, prompt) == [f"words/{name}.png" for name in names]
    prompt["7"]["inputs"]["axes"] = "{animal} = cat, dog"
    with pytest.raises(RunFailed, match="template: Nothing fills {place}"):
        server.run(prompt)
