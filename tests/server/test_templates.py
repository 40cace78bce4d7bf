"""Graphs as the official templates have them are planned as they are, and nothing is loaded."""

from __future__ import annotations

import struct

import pytest
import template_shapes
from graphs import SEED, TEXT, swept
from PIL import Image
from sweeps import run
from template_shapes import FOLDERS, MODEL, NEGATIVE, PICTURES, SHAPES

SEEDS = [11, 12]
PROMPTS = ["a red boat", "a blue house"]
UNTOLD = (template_shapes.prompt_made_longer,)
NEGATIVES = (
    template_shapes.base_and_refiner,
    template_shapes.hires_by_hand,
    template_shapes.two_experts_to_a_clip,
)


@pytest.fixture(scope="module", autouse=True)
def files(server):
    for name in FOLDERS:
        folder = server.base / "models" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / MODEL).write_bytes(struct.pack("<Q", 2) + b"{}")
    for name in PICTURES:
        Image.new("RGB", (64, 64), "teal").save(server.base / "input" / name)


@pytest.fixture(params=SHAPES, ids=lambda shape: shape.__name__)
def shape(request, server):
    classes = {each["class_type"] for each in request.param(TEXT, SEED).values()}
    if missing := sorted(classes - server.get("/object_info").keys()):
        pytest.skip(f"this ComfyUI has no {', '.join(missing)}")
    return request.param


def planned(server, graph, **changes):
    """The manifest of a dry plan: every cell has a frame of its own, and none is there."""
    manifest, calls = run(server, swept(graph, **changes, make="none"))
    frames = manifest["frames"]
    assert {frame["status"] for frame in frames} == {"missing"}
    assert len({frame["id"] for frame in frames}) == len(frames)
    assert not calls.kinds  # nothing was loaded, encoded, sampled or decoded
    return manifest


def axes_of(manifest):
    return [(axis["name"], axis["values"]) for axis in manifest["axes"]]


def test_a_seed_axis_by_address(server, shape):
    graph = shape(PROMPTS[0], 5)
    name = "seed" if "noise_seed" not in str(graph) else "noise_seed"
    manifest = planned(server, graph, axes="seed = 11, 12")
    assert axes_of(manifest) == [(name, SEEDS)]
    for frame, seed in zip(manifest["frames"], SEEDS, strict=True):
        assert frame["seed"] == seed
        assert frame["positive"] == ("" if shape in UNTOLD else PROMPTS[0])
        assert frame["negative"] == (NEGATIVE if shape in NEGATIVES else "")


def test_prompts_seeds_and_pictures_are_multiplied(server, shape):
    graph = shape(TEXT, SEED)
    pictures = {"LoadImage.image": [*PICTURES]} if "LoadImage" in str(graph) else {}
    lines = "\n".join(f"{target} = {', '.join(names)}" for target, names in pictures.items())
    manifest = planned(server, graph, prompts="\n".join(PROMPTS), seeds="11, 12", axes=lines)
    wanted = [("prompt", PROMPTS), *(("image", names) for names in pictures.values())]
    assert axes_of(manifest) == [*wanted, ("seed", SEEDS)]
    told = [frame["positive"] for frame in manifest["frames"]]
    each = len(told) // 2
    assert told == (
        [""] * 2 * each if shape in UNTOLD else [t for t in PROMPTS for _ in range(each)]
    )
    assert len(told) == 4 * 2 ** len(pictures)
