"""Rows and widgets that no class lists: another value is another frame, and recipes run."""

from __future__ import annotations

import pytest
from graphs import SEED, ids, plain, swept
from sweeps import assert_recipe_runs, node, pixels, recipe_of, run, values


def row(strength):
    return {"on": True, "lora": "a.safetensors", "strength": strength}


ROWS = {
    "dict": lambda strength: {"lora_1": row(strength)},
    "second dict": lambda strength: {"lora_1": row(0.1), "lora_2": row(strength)},
    "list": lambda strength: {"lora_1": [row(strength), row(0)]},
    "number": lambda strength: {"lora_1": strength},
    "nested name": lambda strength: {"loras.first.strength": strength},
    "wrapped list": lambda strength: {"lora_1": {"__value__": [row(strength), row(0.2)]}},
}


@pytest.mark.parametrize("rows", ROWS.values(), ids=ROWS)
def test_rows_that_are_not_declared_stand_in_the_recipe(server, by_both, rows):
    frames = []
    for strength in (0.0, 0.7):
        graph = plain("a red boat", 1, "euler")
        graph["o"] = node("ForeignRows", model=["m", 0], **rows(strength))
        graph["s"]["inputs"]["model"] = ["o", 0]
        frames += run(server, by_both(graph))[0]["frames"]
    first, second = frames
    assert first["id"] != second["id"] and first["exact"]
    assert (pixels(server.view(first["image"])) != pixels(server.view(second["image"]))).any()
    [written] = [n for n in recipe_of(server, second).values() if n["class_type"] == "ForeignRows"]
    assert {*written["inputs"]} == {"model", *rows(0)}
    assert_recipe_runs(server, second)


def test_a_row_that_is_linked_to_an_axis_is_one(server, by_both):
    graph = plain("a red boat", 1, "euler")
    graph["o"] = node("ForeignRows", model=["m", 0], lora_1=["v", 0], lora_2=["w", 0])
    graph |= {"v": values("0, 0.4", "float"), "w": values("0, 0.2, 0.3", "float")}
    graph["s"]["inputs"]["model"] = ["o", 0]
    manifest, _ = run(server, by_both(graph))
    assert [axis["name"] for axis in manifest["axes"]] == ["lora_1", "lora_2"]
    assert len(set(ids(manifest))) == 6
    assert_recipe_runs(server, manifest["frames"][-1])


def test_rows_are_axes_by_address(server):
    graph = plain("a red boat", 1, "euler")
    graph["o"] = node("ForeignRows", model=["m", 0], lora_1=0.9, lora_2=0)
    graph["s"]["inputs"]["model"] = ["o", 0]
    manifest, _ = run(server, swept(graph, axes="ForeignRows.lora_1 = 0, 0.4"))
    expected = []
    for strength in (0, 0.4):
        graph["o"]["inputs"]["lora_1"] = strength
        expected += ids(run(server, swept(graph))[0])
    assert ids(manifest) == expected
    assert len(set(expected)) == 2


def nested(server, class_type):
    if class_type not in server.get("/object_info"):
        pytest.skip(f"this host has no {class_type}")


def test_the_widgets_of_what_is_chosen_stand_in_the_recipe(server):
    """DynamicCombo: another width, another frame, and by address."""
    nested(server, "ResizeImageMaskNode")
    graph = plain("a red boat", 1, "euler")
    graph["r"] = node(
        "ResizeImageMaskNode",
        **{
            "input": ["end", 0],
            "resize_type": "scale dimensions",
            "resize_type.width": 96,
            "resize_type.height": 64,
            "resize_type.crop": "disabled",
            "scale_method": "area",
        },
    )
    sizes = swept(graph, source=["r", 0], axes="resize_type.width = 96, 128")
    manifest, _ = run(server, sizes)
    assert [(f["width"], f["height"]) for f in manifest["frames"]] == [(96, 64), (128, 64)]
    assert ids(run(server, swept(graph, source=["r", 0]))[0]) == ids(manifest)[:1]
    assert_recipe_runs(server, manifest["frames"][1])
    graph["r"]["inputs"]["resize_type.width"] = ["v", 0]
    graph["v"] = values("96, 128", "int")
    linked, _ = run(server, swept(graph, source=["r", 0]))
    assert ids(linked) == ids(manifest)


def test_inputs_that_grow_stand_in_the_recipe(server):
    """Autogrow: each of its pictures counts."""
    nested(server, "BatchImagesNode")
    graph = plain("a red boat", SEED, "euler")
    graph["w"] = node("EmptyImage", width=64, height=64, batch_size=1, color=["v", 0])
    graph["v"] = values("0, 255, 65280", "int")
    graph["b"] = node("BatchImagesNode", **{"images.image0": ["end", 0], "images.image1": ["w", 0]})
    manifest, calls = run(server, swept(graph, seeds="1, 2", source=["b", 0]))
    assert [axis["name"] for axis in manifest["axes"]] == ["color", "seed"]
    assert len(set(ids(manifest))) == 6
    assert calls.rows == 2  # the picture is the same whatever stands beside it
    assert_recipe_runs(server, manifest["frames"][3])
