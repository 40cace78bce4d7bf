"""Values and seeds as they are written; the page's grammars have to pass the same tables."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar.addresses import parse
from pack.nodes.core.grammar.input_types import InputType, label
from pack.nodes.core.grammar.seeds import seed_list
from pack.nodes.core.grammar.values import value_list

TABLE = json.loads((Path(__file__).parents[2] / "data" / "values.json").read_text("utf-8"))


def answer(read, head=""):
    """What is read, as the table writes it."""
    try:
        found = [label(value) for value in read()]
    except GrammarError as error:
        assert error.message.startswith(head)
        message = error.message.removeprefix(head)
        return {"error": message, "start": error.start, "end": error.end}
    except ProofsheetError as error:
        return {"error": str(error)}
    if len(found) <= 12:
        return found
    return {"count": len(found), "first": found[:3], "last": found[-1]}


@pytest.mark.parametrize("values, type, told", TABLE["values"])
def test_values(values, type, told):
    assert answer(lambda: value_list(values, type)) == told


@pytest.mark.parametrize("widgets, told", TABLE["seeds"])
def test_seeds(widgets, told):
    seed = int(widgets["seed"]) if isinstance(widgets.get("seed"), str) else widgets.get("seed", 0)
    assert answer(lambda: seed_list(**{**widgets, "seed": seed})) == told


@pytest.mark.parametrize("written, name, told", TABLE["lines"])
def test_lines(written, name, told):
    type, *rest = TABLE["kinds"][name]
    low, high, choices, is_open = (*rest, None, None, None, None)[:4]
    kind = InputType(type, low, high, tuple(choices or ()), bool(is_open))
    (line,) = parse(f"x = {written}")
    assert answer(lambda: line.values(kind, name == "seed", "x"), "axes: x: ") == told
