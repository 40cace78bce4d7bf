"""What the page writes into a Prompt Batch and into the text *axes* reads back as what it was. The
page is tested with the same tables, tests/data/literals.json and axis_lines.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pack.nodes.core.grammar import addresses, prompts
from pack.nodes.core.grammar.input_types import InputType
from pack.nodes.core.grammar.seeds import consecutive

DATA = Path(__file__).parents[2] / "data"
LITERALS = json.loads((DATA / "literals.json").read_text("utf-8"))
LINES = json.loads((DATA / "axis_lines.json").read_text("utf-8"))


@pytest.mark.parametrize("text, written, said", LITERALS)
def test_a_text_of_several_lines_is_one_prompt(text, written, said):
    found = prompts.parse(written) if written else [("", "")]
    assert [prompt[:2] for prompt in found] == [(said, "")]


@pytest.mark.parametrize("row", LINES, ids=lambda row: row["address"])
def test_a_line_names_its_input_and_gives_its_values(row):
    lines = addresses.parse(row["after"])
    [line] = [each for each in lines if each.target.value == row["address"]]
    is_seed = row["type"] == "INT"
    values = line.values(InputType(row["type"]), is_seed)
    if is_seed:
        first, count = row["values"]
        assert values == consecutive(int(first), count)
    else:
        assert [*values] == row["values"]
    before = [each.target.value for each in addresses.parse(row["axes"])]
    assert [each.target.value for each in lines] == [
        *before,
        *([] if row["address"] in before else [row["address"]]),
    ]
