from __future__ import annotations

import pytest
from on_paper import cuts_of, node
from pack.nodes.core.plan.graph import Node, canonical, plain, unwrap
from pack.nodes.core.plan.recipe import SAVE_IMAGE, RecipeWriter, frame_id


@pytest.mark.parametrize(
    ("value", "expected"),
    [(7.0, 7), (7.5, 7.5), (True, True), ([1.0, {"a": 2.0}], [1, {"a": 2}]), ("7.0", "7.0")],
)
def test_equal_numbers_have_one_spelling(value, expected):
    assert canonical(plain(value)) == canonical(expected)


def test_list_widgets_come_unwrapped():
    assert unwrap({"__value__": [1, 2]}) == [1, 2]


def test_fingerprints_tell_equal_nodes_apart():
    keys = {Node("LoadImage", {}, {"image": mark}).key for mark in ("abc", "abd", "abc")}
    assert len(keys) == 2


def single_image(ids, **changes):
    """A small workflow under any node ids: loader, two prompts, latent, sampler, decoder."""
    model, positive, negative, latent, sampler, picture = ids
    settings = {"seed": 1, "steps": 20, "cfg": 7.0, "sampler_name": "euler"}
    settings |= {"scheduler": "normal", "denoise": 1.0, **changes}
    nodes = {
        model: node("CheckpointLoaderSimple", name="model.safetensors"),
        positive: node("CLIPTextEncode", text="a cat", clip=[model, 1]),
        negative: node("CLIPTextEncode", text="", clip=[model, 1]),
        latent: node("EmptyLatentImage", width=512, height=512, batch_size=1),
        sampler: node(
            "KSampler",
            model=[model, 0],
            positive=[positive, 0],
            negative=[negative, 0],
            latent_image=[latent, 0],
            **settings,
        ),
        picture: node("VAEDecode", samples=[sampler, 0], vae=[model, 2]),
    }
    return cuts_of(nodes, [picture, 0]).item([picture, 0], {})


def recipe_of(made, **extra):
    return RecipeWriter(SAVE_IMAGE, extra).recipe(made)


def test_a_recipe_is_the_stock_workflow_of_one_image():
    made = recipe_of(single_image("456789"), host="0.3.75")
    assert [n["class_type"] for n in made.graph.values()] == [
        "EmptyLatentImage",
        "CheckpointLoaderSimple",
        "CLIPTextEncode",
        "CLIPTextEncode",
        "KSampler",
        "VAEDecode",
        "SaveImage",
    ]
    assert list(made.graph) == ["1", "2", "3", "4", "5", "6", "7"]
    assert made.graph["5"]["inputs"]["latent_image"] == ["1", 0]
    assert made.graph["5"]["inputs"]["cfg"] == 7
    assert made.exact and not made.volatile


def test_the_id_is_that_of_the_written_recipe():
    made = recipe_of(single_image("456789"), host="0.3.75")
    assert made.id == frame_id(made.graph, made.fingerprints)


def test_equal_workflows_give_equal_ids_whatever_their_node_ids():
    ids = {recipe_of(single_image(names)).id for names in ("456789", "wxyzab", "918340")}
    assert len(ids) == 1


@pytest.mark.parametrize(
    "changes", [{"seed": 2}, {"cfg": 7.1}, {"steps": 21}, {"denoise": 0.9}, {"sampler_name": "lms"}]
)
def test_every_setting_is_part_of_the_id(changes):
    changed = recipe_of(single_image("456789", **changes))
    assert recipe_of(single_image("456789")).id != changed.id


def test_the_host_version_is_part_of_the_id_but_not_of_the_recipe():
    old, new = (recipe_of(single_image("456789"), host=v) for v in ("0.3.75", "0.7"))
    assert old.graph == new.graph
    assert old.id != new.id


def test_what_recipes_share_is_written_the_same_in_all_of_them():
    """One writer for a whole sweep gives the ids that one for each recipe gives."""
    writer = RecipeWriter(SAVE_IMAGE, {"host": "1"})
    for seed in (1, 2, 1):
        made = single_image("456789", seed=seed)
        assert writer.recipe(made) == recipe_of(made, host="1")
