"""The printed sheet: one file, drawn when what is on it changes, while its frames go on."""

from __future__ import annotations

import io
import json
import os

import numpy as np
import sweeps
from PIL import Image
from sweeps import node, onward, sweep


def file_of(server, entry):
    """The file that a manifest names."""
    place = sweeps.manifest_of(entry)["sheet"]
    return server.output / place["subfolder"] / place["filename"]


def sheets(server):
    return set((server.output / "proofsheet" / "sheets").iterdir())


def test_an_equal_sheet_is_drawn_once_and_its_graph_has_no_traces_of_the_run(server):
    prompt = sweep("a grey boat", when_empty="pass all")
    before = sheets(server) if (server.output / "proofsheet" / "sheets").is_dir() else set()
    path = file_of(server, server.run(prompt))
    drawn = path.stat().st_ino
    assert file_of(server, server.run(prompt)) == path
    assert path.stat().st_ino == drawn and sheets(server) - before == {path}
    with Image.open(path) as picture:
        assert json.loads(picture.text["prompt"]) == prompt


def test_other_picks_replace_the_file(server):
    prompt = sweep("two grey boats")
    path = file_of(server, server.run(prompt))
    drawn = path.read_bytes()
    prompt["8"]["inputs"]["picks"] = "2"
    assert file_of(server, server.run(prompt)) == path
    assert path.read_bytes() != drawn
    with Image.open(path) as picture:
        assert json.loads(picture.text["prompt"])["8"]["inputs"]["picks"] == "2"


def test_the_sheet_is_handed_on_from_the_run_in_which_it_is_linked(server):
    """Between equal posts, whoever posts them."""
    prompt = sweep("three grey boats", picks="1")
    linked = {**prompt, "30": node("PreviewImage", images=["8", 2])}
    for client in ({}, {"client_id": "somebody"}):
        entry = server.wait(server.queue(prompt, **client))
        assert "30" not in entry["outputs"]
        entry = server.wait(server.queue(linked, **client))
        [image] = entry["outputs"]["30"]["images"]
        shown = Image.open(io.BytesIO(server.view(image))).convert("RGB")
        printed = Image.open(file_of(server, server.run(linked)))
        assert np.array_equal(np.asarray(shown), np.asarray(printed))


def test_a_held_sheet_holds_its_picture_too(server):
    prompt = sweep("four grey boats")
    entry = server.run({**prompt, "30": node("PreviewImage", images=["8", 2])})
    assert "30" not in entry["outputs"] and file_of(server, entry).is_file()


def test_the_frames_go_on_before_the_sheet_is_drawn(server):
    prompt = onward(sweep("five grey boats", picks="1"))
    heard = sweeps.events_of(server, prompt)
    told = [data["node"] for kind, data in heard if kind == "executing" and data["node"]]
    assert told.index("8") < told.index("25") < told.index("8.sheet.1")
    shown = {data["display_node"] for kind, data in heard if kind == "executing" and data["node"]}
    assert shown <= prompt.keys()
    drawn = [kind for kind, data in heard if data.get("node") == "8.sheet.1"]
    assert set(drawn) <= {"executing", "progress"}


def test_a_sheet_that_went_is_drawn_again(server):
    prompt = sweep("six grey boats")
    path = file_of(server, server.run(prompt))
    path.write_bytes(path.read_bytes()[:-40])
    assert file_of(server, server.run(prompt)) == path
    with Image.open(path) as picture:
        picture.load()
    os.unlink(path)
    server.run(prompt)
    assert path.is_file()
