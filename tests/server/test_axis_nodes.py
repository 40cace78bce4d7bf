"""Seed Sweep, Prompt Batch and Sweep Values through POST /prompt."""

from __future__ import annotations

import pytest
from rig.server import Refused


def shown(node, inputs, output=0, **others):
    """A graph that shows what a node puts out, item by item."""
    return {
        "1": {"class_type": node, "inputs": inputs},
        "2": {"class_type": "PreviewAny", "inputs": {"source": ["1", output]}},
        **others,
    }


SEEDS, PROMPTS, VALUES = "ProofsheetSeedSweep", "ProofsheetPromptBatch", "ProofsheetValues"
LARGEST = 2**64 - 1


@pytest.mark.parametrize(
    "node, inputs, output, items",
    [
        (SEEDS, {"seed": 5}, 0, ["5", "6", "7", "8"]),
        (SEEDS, {"seed": LARGEST, "count": 2}, 0, [str(LARGEST), "0"]),
        (SEEDS, {"seed": 0, "count": 1, "mode": "random"}, 0, ["7956156453446585"]),
        (SEEDS, {"seed": 0, "mode": "list", "list": "7, 2-1"}, 0, ["7", "2", "1"]),
        (
            PROMPTS,
            {"prompts": "a {b|c}, 'x' --no d\n灯台 🐈"},
            0,
            ["a b, 'x'", "a c, 'x'", "灯台 🐈"],
        ),
        (PROMPTS, {"prompts": "a\nb --no d", "negative": "n"}, 1, ["n", "n, d"]),
        (PROMPTS, {"prompts": "x a\nx b", "template": "{prompt}!"}, 2, ["a", "b"]),
        (VALUES, {"values": "0.1..0.3:0.1"}, 0, ["0.1", "0.2", "0.3"]),
        (VALUES, {"values": "euler, heun", "type": "text"}, 0, ["euler", "heun"]),
    ],
)
def test_lists_reach_the_next_node(server, node, inputs, output, items):
    entry = server.run(shown(node, inputs, output))
    assert entry["outputs"]["2"]["text"] == items


def test_values_fit_widgets_of_any_type(server):
    entry = server.run(
        {
            "sizes": {"class_type": VALUES, "inputs": {"values": "8, 16", "type": "int"}},
            "ways": {"class_type": VALUES, "inputs": {"values": "area, bilinear", "type": "text"}},
            "image": {
                "class_type": "EmptyImage",
                "inputs": {"width": ["sizes", 0], "height": 8, "batch_size": 1, "color": 0},
            },
            "scale": {
                "class_type": "ImageScale",
                "inputs": {
                    "image": ["image", 0],
                    "upscale_method": ["ways", 0],
                    "width": 4,
                    "height": 4,
                    "crop": "disabled",
                },
            },
            "shown": {"class_type": "PreviewImage", "inputs": {"images": ["scale", 0]}},
        }
    )
    assert len(entry["outputs"]["shown"]["images"]) == 2


def test_a_text_may_come_from_another_node(server):
    text = {"class_type": "PrimitiveString", "inputs": {"value": "photo of {prompt}"}}
    graph = shown(PROMPTS, {"prompts": "a\nb", "template": ["3", 0]}, **{"3": text})
    assert server.run(graph)["outputs"]["2"]["text"] == ["photo of a", "photo of b"]


@pytest.mark.parametrize(
    "node, inputs, name, details",
    [
        (SEEDS, {"seed": 0, "mode": "list", "list": "7, x"}, "list", "Expected a seed, a whole"),
        (SEEDS, {"seed": 0, "mode": "shuffle"}, "mode", "mode: one of consecutive, random, list"),
        (PROMPTS, {"prompts": "a {b"}, "prompts", "write \\{ for a brace itself\na {b\n  ^"),
        (PROMPTS, {"prompts": ""}, "prompts", "Expected a prompt"),
        (PROMPTS, {"prompts": "a", "template": "b"}, "template", "template: Expected {prompt}"),
        (VALUES, {"values": "7..x"}, "values", "the number that ends the range\n7..x\n   ^"),
    ],
)  # fmt: skip
def test_faults_are_refused_with_the_place(server, node, inputs, name, details):
    with pytest.raises(Refused) as caught:
        server.queue(shown(node, inputs))
    assert caught.value.status == 400
    errors = caught.value.answer["node_errors"]["1"]["errors"]
    (error,) = [error for error in errors if error["extra_info"]["input_name"] == name]
    assert error["type"] == "custom_validation_failed" and details in error["details"]


@pytest.mark.parametrize(
    "inputs, type",
    [
        ({"seed": -1}, "value_smaller_than_min"),
        ({"seed": 2**64}, "value_bigger_than_max"),
        ({"seed": 0, "count": 0}, "value_smaller_than_min"),
        ({"seed": 0, "count": 10_001}, "value_bigger_than_max"),
    ],
)
def test_the_host_still_checks_the_numbers(server, inputs, type):
    with pytest.raises(Refused, match=type):
        server.queue(shown(SEEDS, inputs))
