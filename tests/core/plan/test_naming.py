from __future__ import annotations

import pytest
from pack.nodes.core.axes import Axis, together
from pack.nodes.core.plan import naming
from pack.nodes.core.plan.graph import Literal
from pack.nodes.core.plan.sources import Source

TITLES = {"1": "KSampler", "2": "Refine", "3": "KSampler"}


def axis(name=""):
    return Axis(name, (1, 2), ("1", "2"))


@pytest.mark.parametrize(
    ("axes", "targets", "expected"),
    [
        ({"a": ""}, {"a": [("1", "cfg")]}, ["cfg"]),
        ({"a": "prompt"}, {"a": [("1", "text")]}, ["prompt"]),
        ({"a": "seed", "b": "seed"}, {"a": [("1", "seed")], "b": [("2", "noise_seed")]},
         ["KSampler.seed", "Refine.seed"]),
        ({"a": "", "b": ""}, {"a": [("1", "cfg")], "b": [("3", "cfg")]},
         ["KSampler.cfg", "KSampler.cfg 2"]),
        ({"a": "", "b": "", "c": ""},
         {"a": [("1", "cfg")], "b": [("2", "cfg")], "c": [("2", "steps")]},
         ["KSampler.cfg", "Refine.cfg", "steps"]),
    ],
)  # fmt: skip
def test_an_axis_is_called_by_what_it_is_or_feeds(axes, targets, expected):
    found = naming.named({key: axis(name) for key, name in axes.items()}, targets, TITLES.get)
    assert [each.name for each in found.values()] == expected


def test_each_column_has_a_name_of_its_own():
    """One that a column shares with another axis has the title of the table's node before it."""
    table = together([axis("name"), axis("seed")], ["one", "two"])
    axes = {"2": table, "s": axis("seed")}
    found = naming.named(axes, {"2": [("1", "seed")], "s": [("3", "noise_seed")]}, TITLES.get)
    assert found["2"].name == "name · Refine.seed" and found["2"].labels == ("one", "two")
    assert [part.name for part in found["2"].columns] == ["name", "Refine.seed"]
    assert found["s"].name == "KSampler.seed"


def test_prompts_are_outermost_and_seeds_innermost():
    sources = {key: Source(axis(), {0: [Literal(1)]}) for key in "sxtq"}
    sources["p"] = Source(axis("prompt"), {0: [Literal("a")]})
    targets = {
        "s": [("1", "seed"), ("2", "noise_seed")],
        "x": [("1", "cfg")],
        "t": [("2", "text")],
        "q": [("1", "seed"), ("1", "steps")],  # not only seeds
        "p": [("2", "text")],
    }
    found = naming.ordered(sources, targets, {"t", "p"})
    assert found == ["t", "p", "x", "q", "s"]
