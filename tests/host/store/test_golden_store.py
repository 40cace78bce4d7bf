"""The store's format: what earlier releases wrote is read. Never change a golden file."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from pack.nodes.core.plan import frame_texts, recipe
from pack.nodes.core.plan.graph import Output
from pack.nodes.host.store.pick_lookup import keeper
from pack.nodes.host.store.store import Store

GOLDEN = Path(__file__).resolve().parents[2] / "golden"
STORES = sorted(GOLDEN.glob("*/store"))


@pytest.mark.parametrize("folder", STORES, ids=lambda folder: folder.parent.name)
def test_frames_of_an_earlier_release_are_read(folder, tmp_path):
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    store = Store(shutil.copytree(folder, tmp_path / "store"))
    for frame_id, said in expected.items():
        found = store.find(frame_id)
        assert found, frame_id
        assert found.facts["version"] <= frame_texts.VERSION
        assert (np.asarray(store.picture(frame_id)) == said["pixel"]).all()
        assert len(store.pictures(frame_id)) == said["pictures"]
        assert float(store.latent(frame_id)["samples"].sum()) == said["latent"]
        frame = keeper(frame_id, store)
        assert (frame.seed, frame.positive) == (said["seed"], said["positive"])
        assert store.thumb(frame_id).size == (8, 6)


@pytest.mark.parametrize("folder", STORES, ids=lambda folder: folder.parent.name)
def test_recipes_of_an_earlier_release_keep_their_ids(folder):
    """Else every store in the world would be sampled again."""
    for told in json.loads((folder.parent / "recipes.json").read_text(encoding="utf-8")):
        assert recipe.frame_id(told["graph"], told["fingerprints"]) == told["id"]
        nodes = recipe.parsed(told["graph"], told["fingerprints"])
        [decoded] = [node for node in nodes.values() if node.class_type == "VAEDecode"]
        writer = recipe.RecipeWriter(recipe.SAVE_IMAGE, {"host": told["fingerprints"]["host"]})
        again = writer.recipe(Output(decoded, 0))
        assert (again.id, again.graph) == (told["id"], told["graph"])


def test_there_are_golden_stores():
    assert STORES
