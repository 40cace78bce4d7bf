from __future__ import annotations

import pytest
from pack.nodes.core.axes import Axis
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.limits import COMBINE
from pack.nodes.core.plan import cells
from pack.nodes.core.plan.graph import Lane, Literal

EVERY, PAIR = COMBINE.words

SOURCES = {
    "p": Axis("prompt", ("a cat", "a dog", "a fox"), ("cat", "dog", "fox")),
    "s": Axis("seed", (1, 2, 3, 4), ("1", "2", "3", "4")),
    "v": Axis("strength", (0.5, 1), ("0.5", "1")),
    "w": Axis("strength", (2, 3), ("2", "3")),
}


def lane(source, count):
    values = SOURCES[source].values if source in SOURCES else range(1, count + 1)
    items = tuple(Literal(value) for value in list(values)[:count])
    return Lane(items, tuple({source: i} for i in range(count)), frozenset({source}))


def make(combine=EVERY, limit=4096, **lanes):
    one = Lane((Literal(0),), ({},))
    return cells.sweep({**dict.fromkeys(cells.INPUTS, one), **lanes}, SOURCES, combine, limit)


def test_prompts_are_outermost_and_seeds_innermost():
    sweep = make(seed=lane("s", 2), cfg=lane("v", 2), positive=lane("p", 3), negative=lane("p", 3))
    assert [axis.name for axis in sweep.axes] == ["prompt", "strength", "seed"]
    assert [tuple(c.values.values()) for c in sweep.cells][:5] == [
        ("cat", 0.5, 1),
        ("cat", 0.5, 2),
        ("cat", 1, 1),
        ("cat", 1, 2),
        ("dog", 0.5, 1),
    ]
    assert [c.number for c in sweep.cells] == list(range(1, 13))
    assert sweep.cells[-1].index["negative"] == 2


def test_without_lists_there_is_one_cell_and_no_axis():
    sweep = make()
    assert sweep.axes == ()
    assert [c.values for c in sweep.cells] == [{}]


def test_inputs_from_one_axis_node_vary_together():
    """A LoRA strength that reaches the model and, through the text encoder, the prompts."""
    sweep = make(model=lane("v", 2), positive=lane("v", 2), seed=lane("s", 2))
    assert [axis.name for axis in sweep.axes] == ["strength", "seed"]
    assert [(c.index["model"], c.index["positive"]) for c in sweep.cells] == [
        (0, 0),
        (0, 0),
        (1, 1),
        (1, 1),
    ]


def test_two_axes_of_one_name_are_told_apart():
    sweep = make(cfg=lane("v", 2), denoise=lane("w", 2))
    assert [axis.name for axis in sweep.axes] == ["strength", "strength 2"]
    assert sweep.cells[1].values == {"strength": 0.5, "strength 2": 3}


def test_one_negative_serves_all():
    assert len(make(positive=lane("p", 3)).cells) == 3


def test_pair_up_zips_every_list():
    sweep = make(PAIR, positive=lane("p", 2), seed=lane("s", 2), cfg=lane("v", 2))
    assert len(sweep.cells) == 2
    [axis] = sweep.axes
    assert axis.name == "prompt · strength · seed"
    assert axis.labels == ("cat · 0.5 · 1", "dog · 1 · 2")
    assert axis.values == (["a cat", 0.5, 1], ["a dog", 1, 2])
    assert sweep.cells[1].values == {"prompt": "dog", "strength": 1, "seed": 2}


@pytest.mark.parametrize(
    ("combine", "lanes", "says"),
    [
        (PAIR, {"positive": ("p", 3), "seed": ("s", 2)}, "positive has 3, seed has 2"),
        (EVERY, {"positive": ("p", 3), "negative": ("n", 2)}, "positive has 3, negative has 2"),
    ],
)
def test_lists_of_other_lengths_are_named(combine, lanes, says):
    with pytest.raises(ProofsheetError, match=says):
        make(combine, **{name: lane(*value) for name, value in lanes.items()})


def test_too_many_cells_are_refused_with_the_arithmetic():
    with pytest.raises(ProofsheetError, match=r"3 prompt x 4 seed = 12 cells; the limit is 11"):
        make(limit=11, positive=lane("p", 3), seed=lane("s", 4))


def test_an_unknown_way_to_combine_is_refused():
    with pytest.raises(
        ProofsheetError, match="combine is 'mix'; it must be 'every combination' or 'pair up'"
    ):
        make("mix")


def test_a_list_from_elsewhere_is_an_axis_of_its_own():
    sweep = make(cfg=Lane((Literal(3), Literal(5.5)), ({"x": 0}, {"x": 1}), frozenset({"x"})))
    assert sweep.axes == (Axis("cfg", (3, 5.5), ("3", "5.5")),)
