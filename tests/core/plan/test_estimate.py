"""What making cells would take, and which cells take the same."""

from __future__ import annotations

import copy

import pytest
from pack.nodes.core.frames import Estimate
from pack.nodes.core.plan.estimate import estimate, shape

RECIPE = {
    "1": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "a.safetensors"}},
    "2": {"class_type": "CLIPTextEncode", "inputs": {"clip": ["1", 1], "text": "a red boat"}},
    "3": {"class_type": "RandomNoise", "inputs": {"noise_seed": 7}},
    "4": {"class_type": "KSampler", "inputs": {"positive": ["2", 0], "seed": 1, "steps": 20}},
    "5": {"class_type": "PrimitiveInt", "inputs": {"value": 512}},
    "6": {"class_type": "PrimitiveString", "inputs": {"text": "a red boat"}},
}


def changed(number, name, value):
    graph = copy.deepcopy(RECIPE)
    graph[number]["inputs"][name] = value
    return graph


@pytest.mark.parametrize(
    ("graph", "is_alike"),
    [
        (changed("2", "text", "two blue boats, at night"), True),
        (changed("3", "noise_seed", 2**64 - 1), True),
        (changed("4", "seed", 2), True),
        (dict(reversed(RECIPE.items())), True),
        (changed("4", "steps", 40), False),
        (changed("5", "value", 1024), False),
        (changed("1", "ckpt_name", "b.safetensors"), False),
        (changed("2", "text", ["6", 0]), False),
        (changed("4", "positive", ["2", 1]), False),
        (changed("4", "seed", ["5", 0]), False),
        ({**RECIPE, "7": RECIPE["4"]}, False),
        ({**RECIPE, "7": RECIPE["3"]}, False),
        ({**RECIPE, "4": {**RECIPE["4"], "class_type": "KSamplerAdvanced"}}, False),
    ],
)
def test_seeds_and_texts_cost_nothing(graph, is_alike):
    assert (shape(graph) == shape(RECIPE)) == is_alike


@pytest.mark.parametrize(
    ("costs", "expected"),
    [
        ([], Estimate(0, 0.0, 0)),
        ([None], Estimate(1)),
        ([None, None], Estimate(2)),
        ([(2.0, 1000)], Estimate(1, 2.0, 1000)),
        ([(2.0, 1000), (4.0, 2001)], Estimate(2, 6.0, 3001)),
        ([(2.0, 1000), None, (4.0, 2000), None], Estimate(4, 12.0, 6000)),
        ([(0.0, 0), None], Estimate(2, 0.0, 0)),
    ],
)
def test_a_cell_of_unknown_cost_counts_as_the_mean_of_the_others(costs, expected):
    assert estimate(costs) == expected
