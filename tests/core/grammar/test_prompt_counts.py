"""How many prompts a text makes; the page's count has to pass the same table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.grammar.prompts import count, parse

TABLE = json.loads((Path(__file__).parents[2] / "data" / "counts.json").read_text("utf-8"))


@pytest.mark.parametrize("prompts, negative, template, expected", TABLE)
def test_counts(prompts, negative, template, expected):
    if expected is None:
        with pytest.raises(ProofsheetError):
            count(prompts, negative, template)
    else:
        assert count(prompts, negative, template) == expected
        assert len(parse(prompts, negative, template)) == expected
