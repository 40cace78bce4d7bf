"""Prompts and their names; the page has to pass the same table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar.prompts import Names, prompt_lists

TABLE = json.loads((Path(__file__).parents[2] / "data" / "prompts.json").read_text("utf-8"))


@pytest.mark.parametrize("widgets, told", TABLE)
def test_prompts(widgets, told):
    *texts, holes = [*widgets, *("", "", "{prompt}", {})[len(widgets) :]]
    try:
        texts, _, names = prompt_lists(*texts, Names(holes))
    except GrammarError as error:
        assert {"error": error.message} == told
    except ProofsheetError as error:
        assert {"error": str(error)} == told
    else:
        assert {"count": len(texts), "names": [*names[:12]], "texts": [*texts[:12]]} == told
