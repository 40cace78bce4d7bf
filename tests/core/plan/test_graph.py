from __future__ import annotations

import math

import pytest
from pack.nodes.core.plan.axis_nodes import AXIS_NODES
from pack.nodes.core.plan.graph import Graph, Kind, Literal, canonical, plain, unwrap
from pack.nodes.core.plan.recipe import frame_recipe, ordered

KINDS = {
    "TheirList": Kind(list_outputs=(True,)),
    "TheirBatch": Kind(takes_lists=True, list_outputs=(False,)),
    "Known": Kind(inputs=frozenset({"a"})),
}


class Prompt:
    """A prompt as data; classes that are not in KINDS map over lists, as most do."""

    def __init__(self, nodes):
        self.nodes = nodes

    def node(self, node_id):
        return self.nodes[node_id]

    def kind(self, class_type):
        return KINDS.get(class_type, Kind())

    def fingerprints(self, inputs):
        return {"name": "7-abc"} if inputs.get("name") else {}, inputs.get("name") != "changed.pt"


def node(class_type, **inputs):
    changed = inputs.pop("is_changed", None)
    found = {"class_type": class_type, "inputs": inputs}
    return {**found, "is_changed": changed} if changed is not None else found


def lane_of(nodes, link):
    graph = Graph(Prompt(nodes), AXIS_NODES)
    return graph.input_lane(link), graph


PROMPTS = node("ProofsheetPromptBatch", prompts="a cat\na dog\na fox", negative="fog")


def test_a_literal_is_a_lane_of_one():
    lane, _ = lane_of({}, 7.0)
    assert lane.items == (Literal(7),)


def test_nodes_between_map_over_an_axis():
    nodes = {
        "1": PROMPTS,
        "2": node("Loader", name="model.safetensors"),
        "3": node("CLIPTextEncode", text=["1", 0], clip=["2", 1]),
    }
    lane, graph = lane_of(nodes, ["3", 0])
    assert [item.node.inputs["text"].value for item in lane.items] == ["a cat", "a dog", "a fox"]
    assert [place["1"] for place in lane.places] == [0, 1, 2]
    assert lane.sources == {"1"}
    assert len({item.node.inputs["clip"].node.key for item in lane.items}) == 1
    assert graph.axes["1"].labels == ("cat", "dog", "fox")


def test_a_shorter_list_repeats_its_last_item():
    nodes = {
        "1": PROMPTS,
        "2": node("ProofsheetValues", values="1, 2", type="int"),
        "3": node("Both", text=["1", 0], amount=["2", 0]),
    }
    lane, graph = lane_of(nodes, ["3", 0])
    assert [item.node.inputs["amount"].value for item in lane.items] == [1, 2, 2]
    assert graph.axes["2"].name == "amount"  # called after the input it feeds


def test_primitives_are_their_value():
    nodes = {
        "1": node("PrimitiveInt", value=5),
        "2": node("ProofsheetSeedSweep", seed=["1", 0], count=2, mode="consecutive", list=""),
    }
    lane, _ = lane_of(nodes, ["2", 0])
    assert [item.value for item in lane.items] == [5, 6]


@pytest.mark.parametrize(
    "nodes",
    [
        {"1": node("TheirList"), "2": node("Use", x=["1", 0])},
        {"1": node("TheirText"), "2": node("ProofsheetPromptBatch", prompts=["1", 0])},
    ],
)
def test_a_list_that_only_running_can_count_is_unknown(nodes):
    lane, _ = lane_of(nodes, ["2", 0])
    assert not lane.known
    assert lane.whole.node.exact is False


def test_a_node_that_takes_whole_lists_is_one_item_that_cannot_be_sliced():
    nodes = {"1": PROMPTS, "2": node("TheirBatch", texts=["1", 0])}
    lane, _ = lane_of(nodes, ["2", 0])
    assert len(lane.items) == 1
    assert lane.items[0].node.exact is False
    assert lane.items[0].node.inputs["texts"].node.class_type == "ProofsheetPromptBatch"


def test_what_changes_at_every_run_is_volatile_all_the_way_down():
    nodes = {"1": node("Camera", is_changed=[math.nan]), "2": node("Use", image=["1", 0])}
    lane, _ = lane_of(nodes, ["2", 0])
    assert lane.items[0].node.volatile


def test_a_file_that_changed_under_the_host_makes_frames_of_this_run_only():
    """The host may still hold what it loaded before, unless the node asks for itself."""
    plain = node("Loader", name="changed.pt")
    asking = node("LoadImage", name="changed.pt", is_changed=["abc"])
    for written, expected in ((plain, True), (asking, False)):
        assert lane_of({"1": written}, ["1", 0])[0].items[0].node.volatile is expected


def test_fingerprints_tell_equal_graphs_apart():
    def key(changed):
        nodes = {"1": node("LoadImage", image="a.png", is_changed=[changed])}
        return lane_of(nodes, ["1", 0])[0].items[0].key

    assert key("abc") != key("abd")
    assert key("abc") == key("abc")


def test_widgets_the_node_does_not_have_are_no_part_of_it():
    first, _ = lane_of({"1": node("Known", a=1, upload="image")}, ["1", 0])
    second, _ = lane_of({"1": node("Known", a=1)}, ["1", 0])
    assert first.items[0].key == second.items[0].key


@pytest.mark.parametrize(
    ("value", "expected"),
    [(7.0, 7), (7.5, 7.5), (True, True), ([1.0, {"a": 2.0}], [1, {"a": 2}]), ("7.0", "7.0")],
)
def test_equal_numbers_have_one_spelling(value, expected):
    assert canonical(plain(value)) == canonical(expected)


def test_list_widgets_come_unwrapped():
    assert unwrap({"__value__": [1, 2]}) == [1, 2]


def single_image(ids, **changes):
    """A small workflow under any node ids: loader, two prompts, latent."""
    model, positive, negative, latent = ids
    settings = {"seed": 1, "steps": 20, "cfg": 7.0, "sampler_name": "euler"}
    settings |= {"scheduler": "normal", "denoise": 1.0, **changes}
    nodes = {
        model: node("CheckpointLoaderSimple", name="model.safetensors"),
        positive: node("CLIPTextEncode", text="a cat", clip=[model, 1]),
        negative: node("CLIPTextEncode", text="", clip=[model, 1]),
        latent: node("EmptyLatentImage", width=512, height=512, batch_size=1),
    }
    graph = Graph(Prompt(nodes), AXIS_NODES)
    links = {
        "model": [model, 0],
        "positive": [positive, 0],
        "negative": [negative, 0],
        "latent_image": [latent, 0],
        "vae": [model, 2],
        **settings,
    }
    return {name: graph.input_lane(link).items[0] for name, link in links.items()}


def test_a_recipe_is_the_stock_workflow_of_one_image():
    made = frame_recipe(single_image("4567"), {"host": "0.3.75"})
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


def test_equal_workflows_give_equal_ids_whatever_their_node_ids():
    ids = {frame_recipe(single_image(names), {}).id for names in ("4567", "wxyz", "9183")}
    assert len(ids) == 1


@pytest.mark.parametrize(
    "changes", [{"seed": 2}, {"cfg": 7.1}, {"steps": 21}, {"denoise": 0.9}, {"sampler_name": "lms"}]
)
def test_every_setting_is_part_of_the_id(changes):
    assert (
        frame_recipe(single_image("4567"), {}).id
        != frame_recipe(single_image("4567", **changes), {}).id
    )


def test_the_host_version_is_part_of_the_id_but_not_of_the_recipe():
    old, new = (frame_recipe(single_image("4567"), {"host": v}) for v in ("0.3.75", "0.7"))
    assert old.graph == new.graph
    assert old.id != new.id


def test_shared_graphs_are_walked_once():
    """A ladder of forty nodes that each read the one before twice: 2^40 paths, forty nodes."""
    nodes = {"0": node("Start")}
    for i in range(1, 41):
        nodes[str(i)] = node("Merge", a=[str(i - 1), 0], b=[str(i - 1), 0])
    lane, _ = lane_of(nodes, ["40", 0])
    assert len(ordered(lane.items[0].node)) == 41
