"""Pictures of any size as an axis, by address: the host refuses them over a link."""

from __future__ import annotations

import pytest
from graphs import SEED, TEXT, ids, ksampler, plain, swept
from PIL import Image, ImageDraw
from rig.server import Refused, RunFailed
from sweeps import assert_recipe_runs, node, run, values

PICTURES = {
    "axis-one.png": (64, 64),
    "axis-two.png": (96, 64),
    "axis-three.png": (64, 128),
}


@pytest.fixture(scope="module", autouse=True)
def pictures(server):
    for name, size in PICTURES.items():
        picture = Image.new("RGB", size, "teal")
        ImageDraw.Draw(picture).rectangle([8, 8, 24, 40], fill="white")
        picture.save(server.base / "input" / name)


def from_picture(image):
    graph = plain(TEXT, SEED, "euler")
    graph["e"] = node("VAEEncode", pixels=["i", 0], vae=["m", 2])
    graph["s"] = ksampler(("e", 0), SEED, "euler", denoise=0.6)
    return {**graph, "i": node("LoadImage", image=image)}


@pytest.mark.parametrize(
    "line",
    [
        "LoadImage.image = axis-one.png, axis-two.png, axis-three.png",
        'image = "axis-one.png", "axis-two.png", "axis-three.png"',
        "#i.image = axis-one.png, axis-t*.png",
    ],
)
def test_pictures_of_any_size_are_an_axis_by_address(server, line):
    prompt = swept(from_picture("axis-one.png"), "a red boat\na house", "1, 2", axes=line)
    manifest, _ = run(server, prompt)
    names = {axis["name"]: axis["labels"] for axis in manifest["axes"]}
    assert [*names] == ["prompt", "image", "seed"]
    assert sorted(names["image"]) == sorted(PICTURES)
    frames = manifest["frames"]
    assert len(set(ids(manifest))) == 12 and all(frame["exact"] for frame in frames)
    for frame in frames:
        assert (frame["width"], frame["height"]) == PICTURES[frame["values"]["image"]]
    assert_recipe_runs(server, frames[-1])
    alone = run(server, swept(from_picture(frames[-1]["values"]["image"]), "a house", "2"))[0]
    assert ids(alone) == ids(manifest)[-1:]


def test_a_picture_alone_is_an_axis_too(server):
    """Nothing is sampled: the end of the graph is the picture, turned over."""
    graph = {
        "i": node("LoadImage", image="axis-one.png"),
        "end": node("ImageInvert", image=["i", 0]),
    }
    manifest, calls = run(server, swept(graph, axes="image = axis-*.png"))
    assert len(set(ids(manifest))) == 3 and calls.rows == 0
    assert_recipe_runs(server, manifest["frames"][2])


def test_a_picture_that_is_not_there_is_refused_with_its_place(server):
    prompt = swept(from_picture("axis-one.png"), "a boat", "1", axes="image = axis-one.png, no.png")
    with pytest.raises((Refused, RunFailed), match=r"(?s)no\.png.*\^"):
        server.run(prompt)


def test_pictures_over_a_link_are_refused_by_the_host(server):
    """Which checks that the file is there before it runs anything: hence the address."""
    graph = {**from_picture(["v", 0]), "v": values("axis-one.png, axis-two.png", "text")}
    with pytest.raises(Refused):
        server.run(swept(graph, "a boat", "1"))


def test_a_picture_of_a_folder_that_the_widget_does_not_list_is_taken(server):
    """Its class looks for the file itself."""
    (server.base / "input" / "axis-sub").mkdir()
    Image.new("RGB", (128, 64), "navy").save(server.base / "input" / "axis-sub" / "four.png")
    line = 'image = axis-one.png, "axis-sub/four.png"'
    manifest, _ = run(server, swept(from_picture("axis-one.png"), "a boat", "1", axes=line))
    assert [(f["width"], f["height"]) for f in manifest["frames"]] == [(64, 64), (128, 64)]
    assert_recipe_runs(server, manifest["frames"][1])


def test_pictures_and_their_masks_vary_together(server):
    graph = from_picture("axis-one.png")
    for name, box in (("left", (0, 0, 32, 64)), ("right", (32, 0, 64, 64))):
        picture = Image.new("RGBA", (64, 64), "teal")
        picture.paste((0, 0, 0, 0), box)
        picture.save(server.base / "input" / f"mask-{name}.png")
    graph["k"] = node("SetLatentNoiseMask", samples=["e", 0], mask=["i", 1])
    graph["s"]["inputs"]["latent_image"] = ["k", 0]
    manifest, calls = run(server, swept(graph, "a boat", "1, 2", axes="image = mask-*.png"))
    assert len(set(ids(manifest))) == 4
    assert calls.samples == [4]
    for frame in manifest["frames"]:
        assert_recipe_runs(server, frame)
