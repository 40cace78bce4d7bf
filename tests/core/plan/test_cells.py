from __future__ import annotations

import pytest
from pack.nodes.core.axes import Axis, together
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.limits import COMBINE
from pack.nodes.core.plan import cells

EVERY, PAIR = COMBINE.words

AXES = {
    "p": Axis("prompt", ("a cat", "a dog", "a fox"), ("cat", "dog", "fox")),
    "v": Axis("strength", (0.5, 1), ("0.5", "1")),
    "s": Axis("seed", (1, 2, 3, 4), ("1", "2", "3", "4")),
    "one": Axis("cfg", (7,), ("7",)),
}


def make(keys, combine=EVERY, limit=4096):
    return cells.sweep({key: AXES[key] for key in keys}, combine, limit)


def test_the_first_axis_is_outermost():
    sweep = make("pvs")
    assert [axis.name for axis in sweep.axes] == ["prompt", "strength", "seed"]
    assert [tuple(c.values.values()) for c in sweep.cells][:5] == [
        ("cat", 0.5, 1),
        ("cat", 0.5, 2),
        ("cat", 0.5, 3),
        ("cat", 0.5, 4),
        ("cat", 1, 1),
    ]
    assert [c.number for c in sweep.cells] == list(range(1, 25))
    assert sweep.cells[-1].place == {"p": 2, "v": 1, "s": 3}


def test_without_axes_there_is_one_cell():
    sweep = make("")
    assert sweep.axes == ()
    assert [(c.place, c.values) for c in sweep.cells] == [({}, {})]


def test_one_value_varies_nothing_and_is_put_in_all_the_same():
    sweep = make(["one", "v"])
    assert [axis.name for axis in sweep.axes] == ["strength"]
    assert [c.place for c in sweep.cells] == [{"one": 0, "v": 0}, {"one": 0, "v": 1}]
    assert sweep.cells[0].values == {"strength": 0.5}


def test_pair_up_zips_every_axis():
    axes = {"p": Axis("prompt", ("a cat", "a dog"), ("cat", "dog")), "v": AXES["v"]}
    sweep = cells.sweep({**axes, "one": AXES["one"]}, PAIR, 4096)
    [axis] = sweep.axes
    assert axis.name == "prompt · strength"
    assert axis.labels == ("cat · 0.5", "dog · 1")
    assert axis.values == (["a cat", 0.5], ["a dog", 1])
    assert sweep.cells[1].values == {"prompt": "dog", "strength": 1}
    assert sweep.cells[1].place == {"p": 1, "v": 1, "one": 0}


TABLE = together(
    [
        Axis("name", ("soft", "hard"), ("soft", "hard")),
        Axis("prompt", ("a cat on a mat", "a dog in a bog"), ("cat", "dog")),
        Axis("strength", (0.5, 1), ("0.5", "1")),
    ],
    ["soft", "hard"],
)


def test_each_column_of_a_table_is_a_value_of_its_own():
    sweep = cells.sweep({"t": TABLE, "v": AXES["v"]}, EVERY, 4096)
    assert [(axis.name, axis.labels) for axis in sweep.axes] == [
        ("name · prompt · strength", ("soft", "hard")),
        ("strength", ("0.5", "1")),
    ]
    assert sweep.cells[1].place == {"t": 0, "v": 1}
    assert sweep.cells[2].values["name"] == "hard" and sweep.cells[2].values["prompt"] == "dog"


def test_the_columns_of_a_table_are_paired_up_as_one():
    sweep = cells.sweep({"t": TABLE, "p": Axis("seed", (7, 9), ("7", "9"))}, PAIR, 4096)
    [axis] = sweep.axes
    assert (axis.name, axis.labels) == ("name · prompt · strength · seed", ("soft · 7", "hard · 9"))
    assert axis.values[1] == ["hard", "a dog in a bog", 1, 9]
    values = {"name": "hard", "prompt": "dog", "strength": 1, "seed": 9}
    assert sweep.cells[1].values == values


def test_pair_up_of_nothing_is_one_cell():
    assert len(make(["one"], PAIR).cells) == 1


def test_axes_of_other_lengths_are_named():
    with pytest.raises(ProofsheetError, match="prompt has 3, seed has 4"):
        make("ps", PAIR)


def test_too_many_cells_are_refused_with_the_arithmetic():
    with pytest.raises(ProofsheetError, match=r"3 prompt x 4 seed = 12 cells; the limit is 11"):
        make("ps", limit=11)


def test_an_unknown_way_to_combine_is_refused():
    with pytest.raises(
        ProofsheetError, match="combine is 'mix'; it must be 'every combination' or 'pair up'"
    ):
        make("p", "mix")
