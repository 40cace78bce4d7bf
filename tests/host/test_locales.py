"""The nodes in every language: locales/<language>/nodeDefs.json against the real schema.

English needs no file: the host shows the schema itself.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pack.nodes.core.demo_words import WORDS
from pack.nodes.extension import NODES

LOCALES = Path(__file__).resolve().parents[2] / "locales"
LANGUAGES = sorted(folder.name for folder in LOCALES.iterdir() if folder.name != "en")

# Numbers, %patterns% and dashes: what is typed is the same in every language.
TYPED = re.compile(r"%\w+%|--\w*-?|\d(?:[\d.:-]*\d)?")
# What the host's older pages take for marks in a message, and newer ones show as they are.
COMPILED = set("{}|@")


def read(language: str, file: str) -> dict:
    return json.loads((LOCALES / language / f"{file}.json").read_text(encoding="utf-8"))


def flat(texts, *path: str) -> dict[str, object]:
    """Every text under its path: node.inputs.name.tooltip."""
    if not isinstance(texts, dict):
        return {".".join(path): texts}
    return {
        key: text for name, inner in texts.items() for key, text in flat(inner, *path, name).items()
    }


def slot(name: str, tooltip: str | None) -> dict[str, str]:
    return {"name": name, "tooltip": tooltip} if tooltip else {"name": name}


def texts_of(node) -> dict[str, object]:
    """What the host can show of a node, in the shape of nodeDefs.json."""
    schema = node.GET_SCHEMA()
    shown = {
        "display_name": schema.display_name,
        "description": schema.description,
        "inputs": {
            each.id.replace(".", "_"): slot(each.id, each.tooltip) for each in schema.inputs or ()
        },
        "outputs": {
            str(index): slot(each.display_name, each.tooltip)
            for index, each in enumerate(schema.outputs or ())
        },
    }
    return {schema.node_id.replace(".", "_"): shown}


ENGLISH = {key: text for node in NODES for key, text in flat(texts_of(node)).items()}


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture
def texts(language) -> dict[str, object]:
    return flat(read(language, "nodeDefs"))


def wrong(language: str, what: str, keys) -> str:
    """Empty if there is nothing wrong; else one line for each text."""
    return "".join(f"\nlocales/{language}/nodeDefs.json {what} {key}" for key in sorted(keys))


def test_the_schema_is_read():
    assert ENGLISH["ProofsheetSweepSampler.inputs.seed.name"] == "seed"
    assert ENGLISH["ProofsheetSeedSweep.outputs.0.name"] == "seeds"
    assert len([key for key in ENGLISH if key.endswith(".display_name")]) == len(NODES)


def test_every_text_is_there_and_none_beside(language, texts):
    faults = wrong(language, "lacks", ENGLISH.keys() - texts.keys())
    faults += wrong(language, "has the unknown", texts.keys() - ENGLISH.keys())
    assert not faults, faults


def test_no_text_is_empty(language, texts):
    empty = [key for key, text in texts.items() if not (isinstance(text, str) and text.strip())]
    assert not empty, wrong(language, "says nothing in", empty)


def test_no_text_is_changed_by_the_page(language, texts):
    changed = [key for key, text in texts.items() if COMPILED & set(str(text))]
    assert not changed, wrong(
        language, "has one of {}|@, which the page does not show, in", changed
    )


def test_what_is_typed_stays_as_it_is(language, texts):
    changed = [
        f"{key}: {typed}"
        for key, text in texts.items()
        for typed in TYPED.findall(str(ENGLISH.get(key, "")))
        if typed not in str(text)
    ]
    assert not changed, wrong(language, "lacks a text to type in", changed)


def test_the_demo_model_names_its_words(language, texts):
    description = str(texts["ProofsheetDemoModel.description"])
    assert [word for word in WORDS if word not in description] == []


@pytest.mark.parametrize(
    "text, name",
    [
        ("noSweep", "ProofsheetSweepSampler.display_name"),
        ("noSeedNode", "ProofsheetSeedSweep.display_name"),
        ("nothingBehind", "ProofsheetContactSheet.outputs.0.name"),
        ("nothingBehind", "ProofsheetContactSheet.outputs.1.name"),
    ],
)
def test_the_page_calls_nodes_by_the_names_they_show(language, texts, text, name):
    assert texts[name] in read(language, "main")["proofsheet"][text]
