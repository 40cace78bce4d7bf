"""Files of earlier releases load and run, and mean what they meant. Never change a golden file:
add those of a new release beside them."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path

import pytest
from pack.nodes.core.plan import recipe
from rig.server import PACK
from rig.workflow import to_prompt
from sweeps import manifest_of, node, of_ksampler

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
WORKFLOWS = sorted(GOLDEN.glob("*/workflows/*.json"))
API = sorted(GOLDEN.glob("*/api/*.json"))
TOLD = ("seed", "positive", "negative", "row", "column", "picked", "exact", "caption", "values")
FRAMES = {
    f"{path.parent.name} {each['name']}": each
    for path in sorted(GOLDEN.glob("*/frames.json"))
    for each in json.loads(path.read_text(encoding="utf-8"))
}
"""Sweeps by a Sweep Sampler, and some of the frames that they made."""

ROWS = "LatentFromBatch"  # the rows of a batch: only a Sweep Sampler spreads them
BY = [
    *((made, "Sweep Sampler") for made in FRAMES),
    *((made, "Sweep") for made in FRAMES if ROWS not in json.dumps(FRAMES[made])),
]
WEIGHTS = PACK / "nodes" / "host" / "demo" / "demo_model.safetensors"


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


@pytest.mark.parametrize(("made", "by"), BY, ids=str)
def test_frames_of_an_earlier_release_keep_their_ids(server, made, by):
    """Else every store in the world would be made again. What an id says of the host and of the
    Demo Model's file is that of today."""
    golden = FRAMES[made]
    prompt = copy.deepcopy(golden["prompt"])
    if by == "Sweep":
        prompt |= written_out(prompt["7"]["inputs"])
    prompt["7"]["inputs"]["make"] = "none"
    frames = manifest_of(server.run(prompt))["frames"]
    assert len(frames) == golden["count"]
    for frame in golden["frames"]:
        assert recipe.frame_id(frame["graph"], frame["fingerprints"]) == frame["id"]
        fingerprints = of_today(server, frame["graph"], frame["fingerprints"])
        assert frames[frame["at"]]["id"] == recipe.frame_id(frame["graph"], fingerprints)


def written_out(inputs):
    """The nodes that a Sweep Sampler stands for, and a Sweep behind them."""
    return {
        "7a": node("KSampler", **of_ksampler(inputs)),
        "7b": node("VAEDecode", samples=["7a", 0], vae=inputs["vae"]),
        "7": node("ProofsheetSweep", source=["7b", 0]),
    }


def of_today(server, graph, fingerprints):
    nodes = {**fingerprints["nodes"]}
    for number, each in graph.items():
        if each["class_type"] == "ProofsheetDemoModel":
            nodes[number] = {"changed": [hashlib.sha256(WEIGHTS.read_bytes()).hexdigest()]}
    host = server.get("/system_stats")["system"]["comfyui_version"]
    return {**fingerprints, "host": host, "nodes": nodes}


def test_there_are_golden_files():
    assert len(WORKFLOWS) >= 2 and len(API) >= 5 and len(FRAMES) >= 5
