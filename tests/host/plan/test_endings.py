"""The node that ends a recipe is one that this host takes."""

from __future__ import annotations

import asyncio
import importlib

import execution
import nodes
import pytest
from pack.nodes.core.plan.graph import Literal, Node, Output
from pack.nodes.core.plan.recipe import RecipeWriter
from pack.nodes.host.plan import endings


@pytest.fixture(autouse=True)
def known(monkeypatch):
    """Stock classes that the host loads from files of their own."""
    video = importlib.import_module("comfy_extras.nodes_video")
    for each in (video.SaveVideo, video.CreateVideo):
        monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, each.GET_SCHEMA().node_id, each)


def clip():
    image = Node(
        "EmptyImage",
        {name: Literal(value) for name, value in (("width", 64), ("height", 64), ("color", 0))}
        | {"batch_size": Literal(2)},
    )
    inputs = {"images": Output(image, 0), "fps": Literal(24.0)}
    return Output(Node("CreateVideo", inputs), 0)


def test_a_clip_is_saved_with_the_hosts_own_defaults():
    made = clip()
    ending = endings.ending(made)
    assert (ending.class_type, ending.input) == ("SaveVideo", "video")
    assert ending.widgets["filename_prefix"] == "proofsheet"
    assert ending.widgets["format"] == ending.widgets["codec"] == "auto"
    graph = dict(RecipeWriter(ending, {}).recipe(made).graph)
    is_valid, error, _, faults = asyncio.run(execution.validate_prompt("", graph, None))
    assert is_valid and not error and not faults


@pytest.mark.parametrize("end, kind", [(clip(), "VIDEO"), (clip().node.inputs["images"], "IMAGE")])
def test_the_kind_of_what_is_made(end, kind):
    assert endings.kind_of(end) == kind
