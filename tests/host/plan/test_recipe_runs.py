"""A recipe is taken by the host that wrote it."""

from __future__ import annotations

import asyncio
import importlib

import execution
import nodes
import pytest
from comfy_execution.graph import DynamicPrompt
from pack.nodes.host.plan import request, sweep_plan
from pack.nodes.host.store.store import Store
from pack.nodes.sweep import Sweep
from sample_nodes import node

EXTRAS = {
    "nodes_logic": "SwitchNode",
    "nodes_primitive": "Int",
    "nodes_images": "GetImageSize",
}


@pytest.fixture(autouse=True)
def known(monkeypatch):
    monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, "ProofsheetSweep", Sweep)
    for file, name in EXTRAS.items():
        try:
            found = getattr(importlib.import_module(f"comfy_extras.{file}"), name)
        except ModuleNotFoundError:
            pytest.skip(f"this ComfyUI has no comfy_extras/{file}.py")
        monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, found.GET_SCHEMA().node_id, found)


def image(width):
    return node("EmptyImage", width=width, height=64, batch_size=1, color=0)


@pytest.mark.parametrize("is_on, width", [(True, 128), (False, ["2", 0])])
def test_a_switch_between_a_number_and_a_node(tmp_path, is_on, width):
    graph = {
        "1": image(256),
        "2": node("GetImageSize", image=["1", 0]),
        "3": node("PrimitiveInt", value=128),
        "4": node("ComfySwitchNode", switch=is_on, on_false=["2", 0], on_true=["3", 0]),
        "5": image(["4", 0]),
        "6": node("ProofsheetSweep", source=["5", 0]),
    }
    asked = request.Request(DynamicPrompt(graph), "6", request.WIDGETS)
    [made] = sweep_plan.plan(asked, Store(tmp_path)).recipes
    [switch] = [n["inputs"] for n in made.graph.values() if n["class_type"] == "ComfySwitchNode"]
    assert switch["on_true" if is_on else "on_false"] == width
    is_valid, error, _, faults = asyncio.run(execution.validate_prompt("", dict(made.graph), None))
    assert is_valid and not error and not faults
