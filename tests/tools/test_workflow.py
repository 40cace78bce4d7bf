"""Saved workflows become what POST /prompt takes; the node descriptions are the host's own."""

from __future__ import annotations

import pytest
from rig.workflow import to_prompt

INFO = {
    "Sampler": {
        "display_name": "The Sampler",
        "input": {
            "required": {
                "model": ["MODEL", {}],
                "seed": ["INT", {"default": 0, "control_after_generate": True}],
                "steps": ["INT", {"default": 20}],
                "method": [["euler", "lms"], {}],
            },
            "optional": {
                "latent": ["LATENT"],
                "cfg": ["FLOAT", {"default": 7.0}],
                "text": ["STRING", {"forceInput": True}],
            },
        },
        "input_order": {
            "required": ["model", "seed", "steps", "method"],
            "optional": ["latent", "cfg", "text"],
        },
    },
    "Loader": {
        "display_name": "Loader",
        "input": {"required": {"name": ["COMBO", {"options": ["a"]}]}},
        "input_order": {"required": ["name"]},
    },
}


def node(number, kind, values=(), inputs=(), outputs=(), **more):
    return {
        "id": number,
        "type": kind,
        "widgets_values": values if isinstance(values, dict) else list(values),
        "inputs": [{"name": name, "type": type_, "link": link} for name, type_, link in inputs],
        "outputs": [{"name": type_, "type": type_} for type_ in outputs],
        **more,
    }


def prompt_of(nodes, links=()):
    workflow = {"nodes": nodes, "links": [[*link, "any"] for link in links]}
    return to_prompt(workflow, INFO)


LOADER = node(1, "Loader", ["a"], outputs=["MODEL"])
SAMPLER = node(2, "Sampler", [5, "fixed", 9, "lms", 2.5], [("model", "MODEL", 1)])


def test_links_and_values_get_their_names():
    assert prompt_of([LOADER, SAMPLER], [(1, 1, 0, 2, 0)]) == {
        "1": {"class_type": "Loader", "inputs": {"name": "a"}, "_meta": {"title": "Loader"}},
        "2": {
            "class_type": "Sampler",
            "inputs": {"model": ["1", 0], "seed": 5, "steps": 9, "method": "lms", "cfg": 2.5},
            "_meta": {"title": "The Sampler"},
        },
    }


@pytest.mark.parametrize(
    "values, expected",
    [
        ([5, "randomize", 9, "lms", 2.5], (5, 9, "lms", 2.5)),
        ([5, 9, "lms", 2.5], (5, 9, "lms", 2.5)),  # saved without the extra widget
        ([5, "fixed", 9, "lms"], (5, 9, "lms", 7.0)),  # an older file: cfg came later
        ({"seed": 5, "steps": 9, "method": "lms", "cfg": 1, "other": 0}, (5, 9, "lms", 1)),
    ],
)
def test_widget_values(values, expected):
    inputs = prompt_of([node(2, "Sampler", values)])["2"]["inputs"]
    assert tuple(inputs[name] for name in ("seed", "steps", "method", "cfg")) == expected


def test_a_linked_widget_still_takes_its_place_among_the_values():
    seeds = node(3, "PrimitiveNode", [77, "fixed"], outputs=["INT"])
    sampler = node(2, "Sampler", [5, "fixed", 9, "lms", 2.5], [("seed", "INT", 1)])
    inputs = prompt_of([seeds, sampler], [(1, 3, 0, 2, 0)])["2"]["inputs"]
    assert (inputs["seed"], inputs["steps"]) == (77, 9)


def test_a_list_value_is_wrapped_so_that_it_does_not_read_as_a_link():
    inputs = prompt_of([node(1, "Loader", [["x", 0]])])["1"]["inputs"]
    assert inputs == {"name": {"__value__": ["x", 0]}}


@pytest.mark.parametrize(
    "middle, model",
    [
        (node(3, "Reroute", [], [("", "*", 1)], ["MODEL"]), ["1", 0]),
        (node(3, "Loader", ["a"], [("in", "MODEL", 1)], ["MODEL"], mode=4), ["1", 0]),
        (node(3, "Loader", ["a"], [("x", "INT", None)], ["MODEL"], mode=4), None),
        (node(3, "Loader", ["a"], [("in", "MODEL", 1)], ["MODEL"], mode=2), None),
    ],
)
def test_nodes_that_do_not_run(middle, model):
    sampler = node(2, "Sampler", [5, "fixed", 9, "lms"], [("model", "MODEL", 2)])
    prompt = prompt_of([LOADER, middle, sampler], [(1, 1, 0, 3, 0), (2, 3, 0, 2, 0)])
    assert "3" not in prompt
    assert prompt["2"]["inputs"].get("model") == model


def test_notes_are_left_out():
    assert prompt_of([node(1, "Note", ["hello"]), node(2, "MarkdownNote", ["# hi"])]) == {}


def test_a_node_the_host_lacks_is_named():
    with pytest.raises(ValueError, match="no node 'Nowhere'"):
        prompt_of([node(9, "Nowhere")])
