"""Where the faults of prompts stand; the page has to pass the same table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pack.nodes.core.errors import GrammarError
from pack.nodes.core.grammar.prompts import prompt_lists

DATA = Path(__file__).parents[2] / "data"
FAULTS = json.loads((DATA / "prompt_faults.json").read_text("utf-8"))


@pytest.mark.parametrize("texts, message, start, end", FAULTS)
def test_the_places_of_faults(texts, message, start, end):
    with pytest.raises(GrammarError) as raised:
        prompt_lists(*texts)
    assert (raised.value.message, raised.value.start, raised.value.end) == (message, start, end)
