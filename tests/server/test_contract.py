"""What web/docs/API.md promises to programs: the manifest's schema, and every error."""

from __future__ import annotations

import json
import math
import re

import pytest
import sweeps
from jsonschema import Draft202012Validator
from rig.server import PACK, Refused, RunFailed
from sweeps import SHEET, manifest_of, node, onward, sweep

SCHEMA = json.loads((PACK / "web" / "docs" / "manifest.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
API = (PACK / "web" / "docs" / "API.md").read_text(encoding="utf-8")


def strictly_json(entry):
    return json.loads(json.dumps(entry, allow_nan=False))


def check(manifest):
    VALIDATOR.validate(strictly_json(manifest))
    return manifest


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def values_swept():
    prompt = sweep("a red barn\na white barn", cfg=["14", 0], combine="pair up", seed=3)
    prompt["14"] = node("ProofsheetValues", values="2, 3.5", type="float")
    return prompt


def rows_swept():
    prompt = sweep("a red barn", cfg=["14", 1], seed=["14", 2])
    table = "name;cfg;seed\nlow;2;3\nhigh;3.5;18446744073709551615"
    return prompt | {"14": node("ProofsheetRows", table=table)}


def images_shown():
    return {
        "1": node("EmptyImage", width=40, height=64, batch_size=2, color=255),
        "8": node("ProofsheetContactSheet", **{**SHEET, "frames": ["1", 0], "picks": "2"}),
    }


@pytest.mark.parametrize(
    "prompt",
    [
        sweep("a red barn\na white barn"),
        sweep("a red barn", seed=2**64 - 1),
        sweep("a red barn", picks="2, #0123456789abcdef, 1"),
        onward(sweep("a red barn", when_empty="pass all")),
        values_swept(),
        rows_swept(),
        images_shown(),
    ],
    ids=["sweep", "one", "picks", "onward", "pairs", "rows", "images"],
)
def test_every_manifest_is_of_the_schema(server, prompt):
    check(manifest_of(server.run(prompt)))


def test_the_manifest_of_failed_and_lost_frames_is_of_the_schema(server):
    prompt = sweep("a yellow barn")
    (server.output / "fail").write_text("501")
    try:
        frames = check(manifest_of(server.run(prompt)))["frames"]
    finally:
        (server.output / "fail").unlink()
    assert [frame["status"] for frame in frames] == ["done", "failed", "done"]
    (server.output / frames[0]["image"]["subfolder"] / frames[0]["image"]["filename"]).unlink()
    again = {**prompt, "8": node("ProofsheetContactSheet", **{**SHEET, "columns": 2})}
    assert check(manifest_of(server.run(again)))["rows"] == 2


INVALID = "custom_validation_failed"
REFUSED = [
    ("2", {"prompts": "a {red|blue boat"}, INVALID, "prompts", "a {red|blue boat\n  ^"),
    ("2", {"prompts": " \n# nothing"}, INVALID, "prompts", "Expected a prompt"),
    ("2", {"template": "no place"}, INVALID, "template", "Expected {prompt}"),
    ("6", {"mode": "list", "list": "1, x"}, INVALID, "list", "1, x\n   ^"),
    ("6", {"mode": "every"}, INVALID, "mode", "one of consecutive, random, list"),
    ("6", {"count": 0}, "value_smaller_than_min", "count", "count"),
    ("6", {"seed": 2**64}, "value_bigger_than_max", "seed", "seed"),
    ("7", {"sampler_name": "nonsense"}, INVALID, "sampler_name", "'nonsense'; it must be one of"),
    ("7", {"scheduler": "nonsense"}, INVALID, "scheduler", "'nonsense'; it must be one of"),
    ("7", {"combine": "mix"}, INVALID, "combine", "'mix'; it must be one of every combination"),
    ("7", {"steps": 0}, "value_smaller_than_min", "steps", "steps"),
    ("7", {"cfg": "high"}, "invalid_input_type", "cfg", "cfg"),
    ("7", {"model": ["5", 0]}, "return_type_mismatch", "model", "LATENT"),
    ("8", {"picks": "1, 2-"}, INVALID, "picks", "1, 2-\n     ^"),
    ("8", {"when_empty": "maybe"}, INVALID, "when_empty", "one of hold, pass all, fail"),
    ("8", {"captions": "loud"}, INVALID, "captions", "one of varying, full, none"),
    ("25", {"filename_prefix": "../x"}, INVALID, "filename_prefix", "../x\n^"),
    ("25", {"format": "bmp"}, INVALID, "format", "one of png, webp, jpg"),
]


@pytest.mark.parametrize(("where", "changes", "kind", "name", "says"), REFUSED)
def test_what_can_be_known_before_is_refused_with_the_node_and_the_input(
    server, where, changes, kind, name, says
):
    prompt = onward(sweep("a boat"))
    prompt[where]["inputs"] |= changes
    with pytest.raises(Refused) as caught:
        server.queue(prompt)
    errors = caught.value.answer["node_errors"][where]["errors"]
    if caught.value.status == 200:  # the other outputs run
        server.wait(caught.value.answer["prompt_id"])
    found = [e for e in errors if e["extra_info"]["input_name"] == name and e["type"] == kind]
    assert found and says in found[0]["details"] + found[0]["message"]
    assert kind in API


@pytest.mark.parametrize("missing", ["model", "seed", "steps", "sampler_name", "picks", "captions"])
def test_a_missing_input_is_refused(server, missing):
    prompt = sweep("a boat")
    where = "7" if missing in prompt["7"]["inputs"] else "8"
    del prompt[where]["inputs"][missing]
    with pytest.raises(Refused) as caught:
        server.queue(prompt)
    assert "required_input_missing" in json.dumps(caught.value.answer["node_errors"][where])


def without(*names):
    return {name: one for name, one in sweep("a boat").items() if name not in names}


@pytest.mark.parametrize(
    ("prompt", "kind"),
    [
        # ComfyUI 0.12 gave it another name
        ({**sweep("a boat"), "9": node("NoSuchNode")}, "invalid_prompt|missing_node_type"),
        (without("8"), "prompt_no_outputs"),
        (without("7"), "exception_during_validation"),
        (without("5"), "exception_during_inner_validation"),
        (sweep("a boat", seed=["6", 5]), "exception_during_inner_validation"),
        (sweep("a boat", seed=["6"]), "bad_linked_input"),
    ],
)
def test_a_graph_that_is_none_is_refused(server, prompt, kind):
    with pytest.raises(Refused) as caught:
        server.queue(prompt)
    assert caught.value.status == 400
    found = re.search(f'"({kind})"', json.dumps(caught.value.answer))
    assert found and f"`{found[1]}`" in API


def many():
    prompt = sweep("a boat")
    prompt["6"]["inputs"]["count"] = 5000
    return prompt


def linked(name, values, type="float"):
    """The values come over a link, where ComfyUI does not look at them."""
    prompt = sweep("a boat", **{name: ["15", 0]})
    return prompt | {"15": node("ProofsheetValues", values=values, type=type)}


def huge():
    prompt = sweep("a boat")
    prompt["3"]["inputs"]["text"] = "x" * 9_000_000
    return prompt


RUN_ERRORS = [
    (many(), "7", "5000 seed = 5000 cells; the limit is 4096"),
    (sweep("a boat\na tent", combine="pair up"), "7", "prompt has 2, seed has 3"),
    (sweep("a boat", cfg=math.nan), "7", "cfg: Expected a number from 0 to 100, not nan"),
    (linked("sampler_name", "euler, nonsense", "text"), "7", "sampler_name: Expected one of"),
    (linked("steps", "4, 4.5"), "7", "steps: Expected a whole number from 1 to 10,000, not 4.5"),
    (linked("seed", "-3", "int"), "7", "seed: Expected a whole number from 0 to 18,446,744,"),
    (linked("cfg", "high", "text"), "7", "cfg: Expected a number from 0 to 100, not 'high'"),
    (linked("batch_size", "1, 4", "int"), "7", "batch_size takes one value; the list it is linked"),
    (linked("columns", "-1", "int"), "8", "columns is -1; it must be a whole number from 0 to 256"),
    (sweep("a boat", scheduler=None), "7", "scheduler: Expected one of"),
    (sweep("a boat", picks="9"), "8", "There is no frame 9: this sweep has frames 1 to 3"),
    (sweep("a boat", when_empty="fail"), "8", "nothing is picked, and when_empty is 'fail'"),
    (huge(), "7", "The recipe of a frame has"),
]


@pytest.mark.parametrize(("prompt", "where", "says"), RUN_ERRORS)
def test_what_only_the_run_can_know_is_an_error_of_the_node(server, prompt, where, says):
    calls = sweeps.Calls(server)
    with pytest.raises(RunFailed) as caught:
        server.run(prompt)
    [error] = [m for kind, m in caught.value.entry["status"]["messages"] if "error" in kind]
    assert error["node_id"] == where
    assert error["exception_type"].endswith(("ProofsheetError", "GrammarError"))
    assert says in error["exception_message"]
    assert where == "8" or calls.rows == 0
