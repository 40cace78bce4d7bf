"""The shipped workflows run as they are, and the shipped client reads what comes of them."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from rig.server import PACK
from rig.workflow import to_prompt

STOCK = "start from a stock workflow.json"  # without a node of a sweep yet
EXAMPLES = sorted((PACK / "example_workflows").glob("*.json"), key=lambda path: path.name)
SWEEPS = [path for path in EXAMPLES if path.name != STOCK]


def example(server, name):
    workflow = json.loads((PACK / "example_workflows" / name).read_text(encoding="utf-8"))
    return to_prompt(workflow, server.get("/object_info"))


def node_of(prompt, kind):
    return next(node for node, one in prompt.items() if one["class_type"] == kind)


def test_every_example_has_its_picture():
    assert [path.with_suffix(".jpg") for path in EXAMPLES if not _is_jpeg(path)] == []


def _is_jpeg(path):
    picture = path.with_suffix(".jpg")
    return picture.is_file() and picture.read_bytes().startswith(b"\xff\xd8\xff")


def test_the_stock_workflow_runs_as_it_is(server):
    prompt = example(server, STOCK)
    kinds = {one["class_type"] for one in prompt.values()}
    assert {kind for kind in kinds if kind.startswith("Proofsheet")} == {"ProofsheetDemoModel"}
    assert len(server.run(prompt)["outputs"][node_of(prompt, "SaveImage")]["images"]) == 1


@pytest.mark.parametrize("path", SWEEPS, ids=lambda path: path.stem)
def test_every_example_runs(server, path):
    prompt = example(server, path.name)
    manifest = server.run(prompt)["outputs"][node_of(prompt, "ProofsheetContactSheet")]
    (manifest,) = manifest["proofsheet"]
    assert {frame["status"] for frame in manifest["frames"]} == {"done"}
    assert all(frame["exact"] for frame in manifest["frames"])
    assert server.view(manifest["sheet"]).startswith(b"\x89PNG")


def test_the_sweep_saves_a_file_for_each_frame(server):
    prompt = example(server, "seed and prompt sweep.json")
    save = node_of(prompt, "ProofsheetSaveFrames")
    prompt[save]["inputs"]["filename_prefix"] = "chosen/%number%"  # nothing cached from before
    images = server.run(prompt)["outputs"][save]["images"]
    assert len({image["filename"] for image in images}) == 12
    assert {image["subfolder"] for image in images} == {"chosen"}


@pytest.mark.parametrize(
    "name, kind", [("pick and refine", "SaveImage"), ("two-model refine", "ProofsheetSaveFrames")]
)
def test_picks_go_on_and_nothing_else_does(server, name, kind):
    prompt = example(server, f"{name}.json")
    save = node_of(prompt, kind)
    assert save not in server.run(prompt)["outputs"]  # nothing picked: held
    prompt[node_of(prompt, "ProofsheetContactSheet")]["inputs"]["picks"] = "5, 2"
    assert len(server.run(prompt)["outputs"][save]["images"]) == 2


def test_the_client_prints_frames_and_sheet(server, tmp_path):
    file = tmp_path / "prompt.json"
    file.write_text(json.dumps(example(server, "seed and prompt sweep.json")))
    command = [sys.executable, str(PACK / "tools" / "client.py"), str(file), server.url]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    *frames, sheet = done.stdout.splitlines()
    assert [line.split()[0] for line in frames] == [str(number) for number in range(1, 13)]
    assert (server.output / sheet.removeprefix("sheet: ")).is_file()
    assert (server.output / frames[0].split()[-1]).is_file()
