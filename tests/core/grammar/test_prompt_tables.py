"""Prompts and their names; the page has to pass the same table. Prompts with lists, and drawn ones.
Every form on the help page stands in one of the tables."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar.prompts import Names, Variants, prompt_lists

ROOT = Path(__file__).parents[3]
TABLE = json.loads((ROOT / "tests" / "data" / "prompts.json").read_text("utf-8"))
WITH_LISTS = json.loads((ROOT / "tests" / "data" / "wildcards.json").read_text("utf-8"))
HELP = (ROOT / "web" / "docs" / "ProofsheetPromptBatch.md").read_text("utf-8")


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


@pytest.mark.parametrize("text, told", WITH_LISTS["read"])
def test_prompts_with_lists(text, told):
    try:
        texts, negatives, _ = prompt_lists(text, names=Names(lists=WITH_LISTS["lists"]))
    except GrammarError as error:
        assert {"error": error.message, "at": error.source[error.start : error.end]} == told
    else:
        assert {"texts": [*texts], "negatives": [*negatives]} == told


@pytest.mark.parametrize("text, count, seed, told", WITH_LISTS["drawn"])
def test_prompts_that_are_drawn(text, count, seed, told):
    names = Names(lists=WITH_LISTS["lists"])
    texts = prompt_lists(text, names=names, variants=Variants("random", count, int(seed)))[0]
    assert [*texts] == told


def forms_of(help_page):
    """What stands as code in the first column of its tables of what is written."""
    for table in re.findall(r"^\| (?:written|there) \|.*\n(?:\|.*\n)+", help_page, re.MULTILINE):
        for row in table.splitlines()[2:]:
            first = re.split(r"(?<!\\)\|", row)[1]
            yield from (form.replace(r"\|", "|") for form in re.findall("`([^`]+)`", first))


def test_every_form_of_the_help_page_is_held():
    texts = [text for widgets, _ in TABLE for text in widgets[:3]]
    texts += [text for text, *_ in WITH_LISTS["read"] + WITH_LISTS["drawn"]]
    texts += ["\n".join(lines) for lines in WITH_LISTS["lists"].values()]
    held = {line for text in texts for line in (text, *text.split("\n"))}
    forms = [*forms_of(HELP)]
    assert len(forms) > 40
    assert [form for form in forms if form not in held] == []
