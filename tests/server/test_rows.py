"""Sweep Rows above a Sweep and a Sweep Sampler: one axis, every value in the type of its input."""

from __future__ import annotations

import json

import pytest
import sweeps
from graphs import plain
from rig.server import Refused, RunFailed
from sweeps import SHEET, manifest_of, node, sweep

TABLE = """name;prompt;negative;seed;steps
harbour;a red boat;fog;7;2
1984;1984;;8;3
"""


def ends_in_sweep(table, **columns):
    """A text to image graph with columns linked to inputs of its nodes."""
    prompt = {
        **plain("a cat", 5, "euler"),
        "r": node("ProofsheetRows", table=table),
        "w": node("ProofsheetSweep", source=["end", 0]),
        "8": node("ProofsheetContactSheet", **{**SHEET, "frames": ["w", 0]}),
    }
    for where, column in columns.items():
        node_id, name = where.split("_", 1)
        prompt[node_id]["inputs"][name] = ["r", column]
    return prompt


WHOLE = {"p_text": 1, "n_text": 2, "s_seed": 3, "s_steps": 4}


def told(manifest):
    names = ("positive", "negative", "seed", "values")
    return [tuple(frame[name] for name in names) for frame in manifest["frames"]]


def test_a_table_is_one_axis_of_whatever_it_reaches(server):
    manifest = manifest_of(server.run(ends_in_sweep(TABLE, **WHOLE)))
    [axis] = manifest["axes"]
    assert axis["name"] == "name · prompt · negative · seed · steps"
    assert axis["labels"] == ["harbour", "1984"]
    assert axis["values"][1] == ["1984", "1984", "", 8, 3]
    first = {"name": "harbour", "prompt": "a red boat", "negative": "fog", "seed": 7, "steps": 2}
    second = {"name": "1984", "prompt": "1984", "negative": "", "seed": 8, "steps": 3}
    assert told(manifest) == [("a red boat", "fog", 7, first), ("1984", "", 8, second)]
    assert [frame["prompt"] for frame in manifest["frames"]] == [1, 2]
    recipes = [sweeps.recipe_of(server, frame) for frame in manifest["frames"]]
    sampled = [next(n for n in r.values() if n["class_type"] == "KSampler") for r in recipes]
    assert [(n["inputs"]["seed"], n["inputs"]["steps"]) for n in sampled] == [(7, 2), (8, 3)]


def test_frames_of_a_table_are_those_of_the_same_values_typed(server):
    one = manifest_of(server.run(ends_in_sweep(TABLE, **WHOLE)))
    as_json = json.dumps(
        [
            {"p": "a red boat", "n": "fog", "s": 7, "steps": 2},
            {"p": "1984", "n": "", "s": 8, "steps": 3},
        ]
    )
    other = ends_in_sweep(as_json, p_text=0, n_text=1, s_seed=2, s_steps=3)
    other["w"]["inputs"]["make"] = "none"
    found = manifest_of(server.run(other))
    assert [f["id"] for f in found["frames"]] == [f["id"] for f in one["frames"]]
    assert {f["status"] for f in found["frames"]} == {"done"}


def test_a_table_is_multiplied_and_its_columns_are_picked_by_name(server):
    prompt = ends_in_sweep(TABLE, p_text=1)
    prompt["8"]["inputs"]["picks"] = "name=harbour, steps=3"
    prompt["w"]["inputs"]["axes"] = "KSampler.cfg = 2, 4"
    manifest = manifest_of(server.run(prompt))
    assert [axis["name"] for axis in manifest["axes"]][1:] == ["cfg"]
    assert len(manifest["picks"]["ids"]) == 4


def test_a_table_above_a_sweep_sampler(server):
    prompt = sweep("x", seed=["r", 3], steps=["r", 4])
    prompt["r"] = node("ProofsheetRows", table=TABLE)
    prompt["3"]["inputs"]["text"], prompt["4"]["inputs"]["text"] = ["r", 1], ["r", 2]
    for name in ("2", "6"):
        del prompt[name]
    frames = manifest_of(server.run(prompt))["frames"]
    assert [(f["positive"], f["negative"], f["seed"]) for f in frames] == [
        ("a red boat", "fog", 7),
        ("1984", "", 8),
    ]


def test_a_file_of_the_input_folder_is_read_anew(server):
    file = server.base / "input" / "rows.csv"
    prompt = ends_in_sweep("@rows.csv", p_text=0)
    file.write_text("prompt\na red boat\n", encoding="utf-8")
    assert [f["positive"] for f in manifest_of(server.run(prompt))["frames"]] == ["a red boat"]
    file.write_text('prompt\r\na red boat\r\n"a tent, lit"\r\n', encoding="utf-8-sig")
    found = [f["positive"] for f in manifest_of(server.run(prompt))["frames"]]
    assert found == ["a red boat", "a tent, lit"]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("a,b\n1,2,3", "More values than the 2 columns have names"),
        ("@../secret.csv", "is outside the input folder"),
        ("@none.csv", "There is no file 'none.csv'"),
    ],
)
def test_what_is_no_table_is_refused_before_anything_runs(server, table, says):
    with pytest.raises(Refused) as caught:
        server.queue(ends_in_sweep(table, p_text=0))
    [error] = caught.value.answer["node_errors"]["r"]["errors"]
    assert (error["type"], error["extra_info"]["input_name"]) == (
        "custom_validation_failed",
        "table",
    )
    assert says in error["details"]


def test_a_value_that_does_not_fit_is_refused_with_its_place(server):
    calls = sweeps.Calls(server)
    with pytest.raises(RunFailed) as caught:
        server.run(ends_in_sweep("prompt;steps\na;2\nb;many", p_text=0, s_steps=1))
    [error] = [m for kind, m in caught.value.entry["status"]["messages"] if "error" in kind]
    assert error["exception_message"].strip() == (
        "table: column steps: KSampler (node s): steps: Expected a whole number from 1 to 10,000, "
        "not 'many' (line 3)\nb;many\n  ^^^^"
    )
    assert calls.rows == 0
