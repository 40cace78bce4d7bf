"""A frame's texts are those of its id: whatever a recipe holds, its reader makes the same id."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.plan import recipe
from pack.nodes.core.plan.frame_texts import Damaged, read

TEXT = st.text(max_size=8) | st.sampled_from(("\ud800", "\0", "\u202e", "é", "e\u0301"))
NUMBERS = st.integers() | st.floats() | st.sampled_from((7.0, -0.0, 1e22, 1e308, 2**64))
JSON = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
NODES = st.fixed_dictionaries(
    {"class_type": TEXT, "inputs": st.dictionaries(TEXT, JSON, max_size=3)}
)
RECIPES = st.dictionaries(st.sampled_from("123"), NODES, min_size=1)
OF_NODES = st.dictionaries(st.sampled_from("123"), st.dictionaries(TEXT, JSON, max_size=2))
FINGERPRINTS = st.fixed_dictionaries({"host": TEXT}, optional={"nodes": OF_NODES, "run": TEXT})


def texts(graph, fingerprints, frame_id):
    facts = {"version": 1, "id": frame_id, "fingerprints": fingerprints}
    return {"prompt": json.dumps(graph), "proofsheet": json.dumps(facts)}


@given(RECIPES, FINGERPRINTS)
def test_every_recipe_is_read_as_that_of_its_id(graph, fingerprints):
    made = recipe.frame_id(graph, fingerprints)
    found, facts = read(texts(graph, fingerprints, made), made)
    assert recipe.frame_id(found, facts["fingerprints"]) == made
    assert (facts["files"], facts["thumb"]) == ({}, "")


@given(RECIPES, FINGERPRINTS, TEXT)
def test_a_cell_has_one_planned_id_whichever_run_makes_it(graph, fingerprints, run):
    planned = recipe.planned_id(graph, {**fingerprints, "run": run})
    assert planned == recipe.planned_id(graph, fingerprints)
    without = {name: of for name, of in fingerprints.items() if name != "run"}
    assert planned == recipe.frame_id(graph, without)
    assert planned != recipe.frame_id(graph, {**without, "run": run})


@pytest.mark.parametrize("seconds", [0, 7, 0.25, 1e308])
def test_what_a_frame_took_is_read(seconds):
    graph = {"1": {"class_type": "x", "inputs": {}}}
    made = recipe.frame_id(graph, {})
    facts = {"version": 1, "id": made, "seconds": seconds}
    told = {"prompt": json.dumps(graph), "proofsheet": json.dumps(facts)}
    assert read(told, made)[1]["seconds"] == seconds
    assert "seconds" not in read(texts(graph, {}, made), made)[1]


@given(RECIPES, RECIPES, FINGERPRINTS)
def test_no_recipe_is_read_as_that_of_another_id(graph, other, fingerprints):
    made, claimed = (recipe.frame_id(each, fingerprints) for each in (graph, other))
    if made != claimed:
        with pytest.raises(Damaged, match=f"its recipe makes frame #{made}, not this one"):
            read(texts(graph, fingerprints, claimed), claimed)
