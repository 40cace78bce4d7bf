"""How things are written, from the table that the page is tested with, too; and the types of the
manifest, held to its schema."""

import json
from pathlib import Path

import pytest
from pack.nodes.core import manifest
from pack.nodes.core.axes import Axis
from pack.nodes.core.frames import Estimate, FileReference, Frame, Frames
from pack.nodes.core.sheet.axis_labels import cut_seeds, written
from pack.nodes.core.text.difference import tokens

ROOT = Path(__file__).resolve().parents[2]
TABLE = json.loads((ROOT / "tests" / "data" / "labels.json").read_text(encoding="utf-8"))
SCHEMA = json.loads((ROOT / "web" / "docs" / "manifest.schema.json").read_text(encoding="utf-8"))
DEFINED = SCHEMA["$defs"]
LARGE = 2**64 - 1


def keys(schema):
    assert set(schema["required"]) <= set(schema["properties"])
    return set(schema["properties"])


@pytest.mark.parametrize(
    ("entry", "schema"),
    [
        (manifest.SheetManifest, SCHEMA),
        (manifest.PlacedEntry, DEFINED["frame"]),
        (manifest.AxisEntry, SCHEMA["properties"]["axes"]["items"]),
        (manifest.EstimateEntry, SCHEMA["properties"]["estimate"]["anyOf"][0]),
        (manifest.PicksEntry, SCHEMA["properties"]["picks"]),
        (FileReference, DEFINED["file"]),
    ],
)
def test_the_types_have_the_keys_of_the_schema(entry, schema):
    assert set(entry.__annotations__) == keys(schema)


def files(frame_id):
    file = {"filename": f"{frame_id}.png", "subfolder": "x", "type": "output"}
    return {"image": file, "thumb": file, "latent": None}


def test_a_manifest_has_the_keys_of_its_type():
    frames = Frames((Frame("a" * 16, 1, 7),), (Axis("seed", (7,), ("7",)),), {"cfg": 7.0})
    made = manifest.manifest(frames, files, 0, manifest.Picked("", (), frames.frames))
    assert set(made) == set(manifest.Manifest.__annotations__)
    assert set(made["frames"][0]) == set(manifest.PlacedEntry.__annotations__)
    assert set(made["picks"]["earlier"][0]) == set(manifest.FrameEntry.__annotations__)
    assert made["labels"] == {"cfg": "7.0"}


@pytest.mark.parametrize(
    ("estimate", "told"),
    [
        (None, None),
        (Estimate(4), {"missing": 4, "seconds": None, "bytes": None}),
        (Estimate(0, 0.0, 0), {"missing": 0, "seconds": 0.0, "bytes": 0}),
        (Estimate(2, 1.5, 2048), {"missing": 2, "seconds": 1.5, "bytes": 2048}),
    ],
)
def test_an_estimate_is_told_where_there_is_one(estimate, told):
    frames = Frames((Frame("a" * 16, 1, 7, volatile=True),), estimate=estimate)
    made = manifest.manifest(frames, files)
    assert made["estimate"] == told
    assert made["frames"][0]["volatile"] is True
    assert manifest.frame_entry(Frame("a" * 16, 1, 7), files)["volatile"] is False


def test_digits_above_2_53_come_as_text_too():
    frame = Frame("a" * 16, 1, LARGE, values={"seed": LARGE, "prompt": "harbour"})
    made = manifest.manifest(Frames((frame,), (), {"seed": LARGE}), files)
    assert made["labels"] == {"seed": str(LARGE)}
    entry = made["frames"][0]
    assert (entry["seed"], entry["labels"]) == (LARGE, {"seed": str(LARGE)})
    assert manifest.frame_entry(Frame("a" * 16, 1, LARGE), files)["labels"] == entry["labels"]


@pytest.mark.parametrize(("name", "value", "text"), TABLE["written"])
def test_written(name, value, text):
    assert written(value, name) == text


@pytest.mark.parametrize(("values", "labels"), TABLE["frames"])
def test_labels_of_a_frame(values, labels):
    assert manifest.frame_labels(values) == labels


@pytest.mark.parametrize(("labels", "short", "front"), TABLE["seeds"])
def test_seeds_are_shortened(labels, short, front):
    assert cut_seeds(labels) == (tuple(short), front)


@pytest.mark.parametrize(("text", "words"), TABLE["words"])
def test_words(text, words):
    assert tokens(text) == words
