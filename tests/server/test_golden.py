"""Files of earlier releases load and run, and mean what they meant. Never change a golden file:
add those of a new release beside them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rig.workflow import to_prompt

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
WORKFLOWS = sorted(GOLDEN.glob("*/workflows/*.json"))
API = sorted(GOLDEN.glob("*/api/*.json"))
TOLD = ("seed", "positive", "negative", "row", "column", "picked", "exact", "caption", "values")


def named(path):
    return f"{path.parts[-3]} {path.stem}"


def said(entry):
    """What the manifests and the files of a run say, without what depends on the model."""
    found = {}
    for number, output in sorted(entry["outputs"].items()):
        for manifest in output.get("proofsheet", []):
            frames = [{name: f[name] for name in TOLD} for f in manifest["frames"]]
            axes = [[axis["name"], axis["labels"], axis["values"]] for axis in manifest["axes"]]
            found[number] = {"axes": axes, "held": manifest["held"], "frames": frames}
    return found


@pytest.mark.parametrize("path", WORKFLOWS, ids=named)
def test_a_workflow_file_of_an_earlier_release_runs(server, path):
    workflow = json.loads(path.read_text(encoding="utf-8"))
    entry = server.run(to_prompt(workflow, server.get("/object_info")))
    sheets = [m for output in entry["outputs"].values() for m in output.get("proofsheet", [])]
    assert sheets and all(f["status"] == "done" for m in sheets for f in m["frames"])


@pytest.mark.parametrize("path", API, ids=named)
def test_a_graph_of_an_earlier_release_runs_and_means_the_same(server, path):
    golden = json.loads(path.read_text(encoding="utf-8"))
    entry = server.run(golden["prompt"])
    sheets = [m for output in entry["outputs"].values() for m in output.get("proofsheet", [])]
    assert all(f["status"] == "done" for m in sheets for f in m["frames"])
    assert said(entry) == golden["expected"]


def test_there_are_golden_files():
    assert len(WORKFLOWS) >= 2 and len(API) >= 5
