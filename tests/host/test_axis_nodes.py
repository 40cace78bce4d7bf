"""Seed Sweep, Prompt Batch, Sweep Values and Sweep Rows as the host sees them."""

from __future__ import annotations

import pytest
from comfy_execution.graph_utils import ExecutionBlocker
from pack.nodes.prompts import PromptBatch
from pack.nodes.rows import SweepRows
from pack.nodes.seeds import SeedSweep
from pack.nodes.values import SweepValues

NODES = [SeedSweep, PromptBatch, SweepValues, SweepRows]


def inputs_of(node):
    """Name, type and default of every input, in the order of the widgets."""
    found = node.GET_NODE_INFO_V1()["input"]
    widgets = [*found["required"].items(), *found.get("optional", {}).items()]
    return [(name, spec[0], spec[1].get("default")) for name, spec in widgets]


TEXT, INT = "STRING", "INT"
MODES, TYPES = ["consecutive", "random", "list"], ["float", "int", "text", "boolean"]


@pytest.mark.parametrize(
    "node, name, inputs, outputs",
    [
        (
            SeedSweep,
            "ProofsheetSeedSweep",
            [("seed", INT, 0), ("count", INT, 4), ("mode", MODES, MODES[0]), ("list", TEXT, "")],
            [("seeds", INT)],
        ),
        (
            PromptBatch,
            "ProofsheetPromptBatch",
            [
                ("prompts", TEXT, ""), ("negative", TEXT, ""), ("template", TEXT, "{prompt}"),
                ("variants", ["all", "random"], "all"), ("count", INT, 8), ("seed", INT, 0),
            ],
            [("positive", TEXT), ("negatives", TEXT), ("names", TEXT)],
        ),
        (
            SweepValues,
            "ProofsheetValues",
            [("values", TEXT, "4, 5.5, 7..9:0.5"), ("type", TYPES, "float")],
            [("value", "*")],
        ),
        (
            SweepRows,
            "ProofsheetRows",
            [("table", TEXT, "")],
            [(f"column_{n}", "*") for n in range(1, 9)],
        ),
    ],
)  # fmt: skip
def test_the_public_face(node, name, inputs, outputs):
    info = node.GET_NODE_INFO_V1()
    assert info["name"] == name and info["category"] == "proofsheet"
    found = [(id, combo(type, node, id), default) for id, type, default in inputs_of(node)]
    assert found == inputs
    assert list(zip(info["output_name"], info["output"], strict=True)) == outputs
    assert info["output_is_list"] == [True] * len(outputs)


def combo(type, node, id):
    """The options of a combo, whichever way this host tells them."""
    if type != "COMBO":
        return type
    return next(each.options for each in node.define_schema().inputs if each.id == id)


@pytest.mark.parametrize("node", NODES)
def test_everything_is_explained(node):
    schema = node.GET_SCHEMA()
    assert schema.description
    assert all(each.tooltip for each in [*schema.inputs, *schema.outputs])


def test_no_prompt_is_chosen_by_the_browser():
    inputs = [*PromptBatch.define_schema().inputs, *SweepRows.define_schema().inputs]
    assert not any(getattr(each, "dynamic_prompts", False) for each in inputs)


def test_the_page_is_told_not_to_move_the_seed_of_prompts():
    """Pages give every INT of that name a control, set to randomize, unless it says no."""
    _, spec = PromptBatch.GET_NODE_INFO_V1()["input"]["optional"]["seed"]
    assert spec["control_after_generate"] is False


@pytest.mark.parametrize(
    "node, widgets, results",
    [
        (SeedSweep, {"seed": 5, "count": 2, "mode": "consecutive", "list": ""}, ([5, 6],)),
        (SeedSweep, {"seed": 5}, ([5, 6, 7, 8],)),
        (PromptBatch, {"prompts": "a {b|c} --no d"}, (["a b", "a c"], ["d", "d"], ["b", "c"])),
        (
            PromptBatch,
            {"prompts": "{a|b|c|d|e|f|g|h}", "variants": "random", "count": 2, "seed": 0},
            (["d", "h"], ["", ""], ["d", "h"]),
        ),
        (SweepValues, {"values": "euler, heun", "type": "text"}, (["euler", "heun"],)),
        (SweepValues, {"values": "1..2:0.5"}, ([1.0, 1.5, 2.0],)),
    ],
)
def test_lists_come_out(node, widgets, results):
    assert node.execute(**widgets).args == results


def test_columns_come_out_and_the_others_stop_what_is_linked_to_them():
    a, b, *others = SweepRows.execute("prompt;steps\na {cat|dog};20\n1984;8").args
    assert (a, b) == (["a {cat|dog}", "1984"], [20, 8])
    assert len(others) == 6 and all(isinstance(one, ExecutionBlocker) for [one] in others)
    assert others[0][0].message == "Sweep Rows has no such column: there are prompt, steps"


@pytest.mark.parametrize(
    "node, widgets, fault",
    [
        (SeedSweep, {"mode": "list", "list": "1-3"}, None),
        (SeedSweep, {}, None),
        (SweepValues, {"values": "x"}, "Expected a number"),
        (SeedSweep, {"mode": "list", "list": "1, x"}, "Expected a seed"),
        (SeedSweep, {"mode": "shuffle", "list": ""}, "mode: one of"),
        (PromptBatch, {"prompts": "a", "negative": None, "template": None}, None),
        (PromptBatch, {"prompts": "a {b"}, "This { is never closed"),
        (PromptBatch, {"prompts": "{a|b}" * 60}, "more than 10^15 prompts"),
        (PromptBatch, {"prompts": "{a|b}" * 60, "variants": "random"}, None),
        (PromptBatch, {"prompts": "{a|b}" * 60, "variants": None}, None),
        (PromptBatch, {"prompts": "a", "variants": "some"}, "variants: one of all, random"),
        (SweepValues, {"values": None, "type": "float"}, None),
        (SweepValues, {"values": "1, b", "type": "float"}, "Expected a number"),
        (SweepRows, {"table": "a,b\n1,2"}, None),
        (SweepRows, {"table": None}, None),
        (SweepRows, {"table": "a,b\n1,2,3"}, "(line 2)\n1,2,3\n    ^"),
        (
            SweepRows,
            {"table": "@nowhere.csv"},
            "There is no file 'nowhere.csv' in the input folder",
        ),
        (SweepRows, {"table": "@../up.csv"}, "is outside the input folder"),
    ],
)
def test_faults_are_known_before_running(node, widgets, fault):
    answer = node.validate_inputs(**widgets)
    assert answer is True if fault is None else fault in answer
