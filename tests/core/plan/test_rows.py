"""Sweep Rows above a sweep: what varies together, and what a value that does not fit says."""

from __future__ import annotations

import pytest
from on_paper import Prompt, alone, cuts_of, node, nothing
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar.input_types import InputType, typed
from pack.nodes.core.grammar.prompts import NO_NAMES
from pack.nodes.core.plan.axis_nodes import AXIS_NODES
from pack.nodes.core.plan.cuts import Cuts
from pack.nodes.core.plan.sources import Link, Unread

LORAS = "lora,strength\nink.safetensors,0.8\noil.safetensors,1"


class Files:
    def input_text(self, name):
        return {"a.csv": "name;cfg\nlow;4\nhigh;7"}[name]


def axis_of(table):
    return AXIS_NODES["ProofsheetRows"]({"table": table}, NO_NAMES, Files()).axis


@pytest.mark.parametrize(
    ("table", "name", "values", "labels"),
    [
        (LORAS, "lora · strength", (["ink.safetensors", 0.8], ["oil.safetensors", 1]),
         ("ink.safetensors · 0.8", "oil.safetensors · 1")),
        ("Name,cfg\nlow,4\n,7", "Name · cfg", (["low", 4], ["", 7]), ("low", "7")),
        ("@a.csv", "name · cfg", (["low", 4], ["high", 7]), ("low", "high")),
        ("cfg\n4\n7", "cfg", (4, 7), ("4", "7")),
        ('[{"a": true}, {"a": "7"}]', "a", (True, "7"), ("true", "7")),
    ],
)  # fmt: skip
def test_a_row_is_called_by_its_name_or_by_all_of_it(table, name, values, labels):
    found = axis_of(table)
    assert (found.name, found.values, found.labels) == (name, values, labels)
    assert " · ".join(part.name for part in found.columns) == name


def test_long_texts_are_called_by_what_tells_them_apart():
    texts = [f"a {word} on a wide mat in front of the open fire" for word in ("cat", "dog", "cat")]
    found = axis_of("prompt;seed\n" + "\n".join(f"{text};{n}" for n, text in enumerate(texts)))
    assert found.columns[0].values == (*texts,)
    assert found.columns[0].labels == ("cat", "dog", "cat")
    assert found.labels == ("cat · 0", "dog · 1", "cat · 2")


class Typed(Prompt):
    """Inputs are of the type that their name begins with."""

    kinds_of = {
        "INT": InputType("INT", 1, 100),
        "FLOAT": InputType("FLOAT", 0.0, 50.0),
        "STRING": InputType("STRING"),
        "BOOLEAN": InputType("BOOLEAN"),
        "COMBO": InputType("COMBO", choices=("20", "euler")),
        "ANY": InputType("*"),
    }

    def typed(self, node_id, name, value, is_written=False):
        kind = self.kinds_of[name.split("_")[0]]
        try:
            return typed(value, kind) if is_written or kind.type != "*" else value
        except ProofsheetError as error:
            raise ProofsheetError(f"{name}: {error}") from None


def put(table, **inputs):
    """What each input of a node gets from the columns of a table, row by row."""
    nodes = {
        "1": node("ProofsheetRows", table=table),
        "2": node("Use", **{name: ["1", slot] for name, slot in inputs.items()}),
    }
    cuts = Cuts(Typed(nodes), nothing, {})
    cuts.find({"source": ["2", 0]})
    items = [cuts.item(["2", 0], {"1": row}) for row in range(cuts.sources["1"].length)]
    return [item.node.literals() for item in items]


def test_values_have_the_type_of_each_input_that_they_reach():
    reached = {**dict.fromkeys(["INT", "FLOAT", "STRING", "COMBO", "ANY"], 0)}
    reached |= {"STRING_2": 1, "ANY_2": 1, "BOOLEAN": 2, "STRING_3": 2, "ANY_3": 2}
    [found] = put("steps;prompt;on\n20;1984;false", **reached)
    assert found == {
        **{"INT": 20, "FLOAT": 20.0, "STRING": "20", "COMBO": "20", "ANY": 20},
        **{"STRING_2": "1984", "ANY_2": 1984},
        **{"BOOLEAN": False, "STRING_3": "false", "ANY_3": False},
    }
    assert [type(found[name]) for name in ("INT", "FLOAT", "ANY")] == [int, float, int]
    assert found["BOOLEAN"] is False and found["ANY_3"] is False


def test_values_of_json_keep_their_types_where_any_is_taken():
    assert put('[{"a": "20"}, {"a": 20}, {"a": "true"}]', ANY=0, STRING=0) == [
        {"ANY": "20", "STRING": "20"},
        {"ANY": 20, "STRING": "20"},
        {"ANY": "true", "STRING": "true"},
    ]


@pytest.mark.parametrize(
    ("table", "inputs", "says"),
    [
        (
            "steps;on\n20;true\nmany;false",
            {"INT": 0},
            "column steps: INT: Expected a whole number from 1 to 100, not 'many' (line 3)\n"
            "many;false\n^^^^",
        ),
        (
            "steps;on\n20;yes",
            {"BOOLEAN": 1},
            "column on: BOOLEAN: Expected true or false, not 'yes' (line 2)\n20;yes\n   ^^^",
        ),
        ("steps;name\n;x", {"INT": 0}, "column steps: INT: Expected a whole number from 1 to 100"),
        (
            '[{"cfg": 4},\n {"cfg": 99}]',
            {"FLOAT": 0},
            "column cfg: FLOAT: Expected a number from 0 to 50, not 99 (line 2)\n"
            ' {"cfg": 99}]\n  ^^^^^',
        ),
    ],
)
def test_a_value_that_an_input_does_not_take_is_shown_in_the_table(table, inputs, says):
    with pytest.raises(GrammarError) as caught:
        put(table, **inputs)
    assert says in str(caught.value)


def test_a_column_that_is_not_there_is_an_error():
    with pytest.raises(ProofsheetError, match=r"ProofsheetRows \(node 1\) has 2 columns, and its "):
        put(LORAS, STRING=2)


def test_columns_vary_together_wherever_they_are_linked():
    nodes = {
        "1": node("ProofsheetRows", table=LORAS),
        "2": node("Loader", name_of=["1", 0], by=["1", 1]),
        "3": node("Use", model=["2", 0], by=["1", 1], seed=["4", 0]),
        "4": node("ProofsheetSeedSweep", seed=5, count=2),
    }
    cuts = cuts_of(nodes, ["3", 0])
    assert {key: source.length for key, source in cuts.sources.items()} == {"1": 2, "4": 2}
    assert cuts.targets["1"] == [("2", "name_of"), ("2", "by"), ("3", "by")]
    made = alone(cuts.item(["3", 0], {"1": 1, "4": 0}))
    loaded = ("Loader", 0, (("by", "1"), ("name_of", "oil.safetensors")))
    assert made == ("Use", 0, (("by", "1"), ("model", loaded), ("seed", 5)))


def test_a_table_that_is_computed_is_asked_for():
    nodes = {"1": node("TheirText"), "2": node("ProofsheetRows", table=["1", 0])}
    with pytest.raises(Unread):
        cuts_of(nodes, ["2", 1])
    cuts = cuts_of(nodes, ["2", 1], read={Link("1", 0): [LORAS, LORAS]})
    assert [item.value for item in cuts.sources["2"].items[1]] == ["0.8", "1"] * 2
    other = {Link("1", 0): [LORAS, "lora\nink"]}
    with pytest.raises(ProofsheetError, match="Tables that follow each other have other columns"):
        cuts_of(nodes, ["2", 1], read=other)
