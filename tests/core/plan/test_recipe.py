"""Recipes and manifests under arbitrary input: equal things have equal ids, and what is written
reads back as it was."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.axes import Axis
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.frames import Estimate, Frame, Frames
from pack.nodes.core.grammar import file_pattern, picks
from pack.nodes.core.manifest import Picked, manifest
from pack.nodes.core.plan import frame_texts, recipe, told
from pack.nodes.core.plan.graph import Graph, Kind, Literal, Node, Output, canonical, digest, plain

TEXT = st.text(max_size=30)
NUMBER = st.integers(-(2**64), 2**64) | st.floats(allow_nan=False, allow_infinity=False)
SCALAR = st.none() | st.booleans() | NUMBER | TEXT
VALUE = SCALAR | st.lists(SCALAR, max_size=3) | st.dictionaries(TEXT, SCALAR, max_size=3)
NAMES = st.text("abcdefgh_", min_size=1, max_size=6)


@st.composite
def graphs(draw):
    """A node whose inputs are values, or outputs of nodes drawn before it."""
    nodes = []
    for _ in range(draw(st.integers(1, 8))):
        inputs = {}
        for name in draw(st.lists(NAMES, max_size=4, unique=True)):
            if nodes and draw(st.booleans()):
                inputs[name] = Output(draw(st.sampled_from(nodes)), draw(st.integers(0, 3)))
            else:
                inputs[name] = Literal(plain(draw(VALUE)))
        fingerprints = draw(st.dictionaries(NAMES, TEXT, max_size=2))
        nodes.append(Node(draw(NAMES), inputs, fingerprints))
    return nodes[-1]


def inputs_of(node):
    item = Output(node, 0)
    links = dict.fromkeys(("model", "positive", "negative", "latent_image", "vae"), item)
    widgets = {"seed": 5, "steps": 4, "cfg": 3, "sampler_name": "euler", "scheduler": "simple"}
    return {**links, **{name: Literal(v) for name, v in {**widgets, "denoise": 1}.items()}}


@given(graphs())
def test_a_recipe_reads_back_as_the_same_recipe(node):
    """Through JSON, as the store keeps it; so a recipe built upon it has the same id."""
    made = recipe.frame_recipe(inputs_of(node), {"host": "1"})
    written = json.loads(json.dumps(made.graph))
    assert frame_texts.is_recipe(written)
    nodes = recipe.parsed(written, json.loads(json.dumps(made.fingerprints)))
    last = recipe.ordered(next(reversed(nodes.values())))
    numbers = {each.key: str(number) for number, each in enumerate(last, start=1)}
    again = {numbers[each.key]: recipe.written(each, numbers) for each in last}
    assert again == written
    saved = recipe.find(written, "SaveImage")
    assert nodes[saved["inputs"]["images"][0]].class_type == "VAEDecode"
    sampled = recipe.sampled(inputs_of(node)).node
    found = [each for each in nodes.values() if each.key == sampled.key]
    assert len(found) == 1


class Host:
    """A prompt as the host holds it, under any node ids."""

    def __init__(self, prompt):
        self.prompt = prompt

    def node(self, node_id):
        return self.prompt[node_id]

    def kind(self, _class_type):
        return Kind()

    def fingerprints(self, _inputs):
        return {}, True


def prompt_of(node, names):
    """The graph in API format, its nodes called by `names`."""
    order = recipe.ordered(node)
    ids = {each.key: names[number] for number, each in enumerate(order)}

    def value(item):
        if isinstance(item, Output):
            return [ids[item.node.key], item.slot]
        return {"__value__": item.value} if isinstance(item.value, list) else item.value

    return {
        ids[each.key]: {
            "class_type": each.class_type,
            "inputs": {name: value(item) for name, item in each.inputs.items()},
        }
        for each in order
    }, ids[node.key]


def mixed(items, chance):
    return chance.sample(list(items), len(items))


@given(graphs(), st.permutations(range(8)), st.randoms(use_true_random=False))
def test_a_frame_id_knows_nothing_of_node_ids_and_orders(node, names, chance):
    found = set()
    for called in ([str(n) for n in range(8)], [f"9:{n}" for n in names]):
        prompt, last = prompt_of(node, called)
        shuffled = {
            key: {
                **one,
                "inputs": dict(chance.sample(list(one["inputs"].items()), len(one["inputs"]))),
            }
            for key, one in mixed(prompt.items(), chance)
        }
        [item] = Graph(Host(json.loads(json.dumps(shuffled))), {}).input_lane([last, 0]).items
        found.add(recipe.frame_recipe(inputs_of(item.node), {}).id)
    assert len(found) == 1


@given(VALUE)
def test_canonical_json_is_stable(value):
    once = canonical(value)
    assert canonical(json.loads(once)) == once
    assert digest(value) == digest(json.loads(json.dumps(value)))


@given(st.floats(allow_nan=False, allow_infinity=False), st.booleans())
def test_numbers_that_are_equal_are_one_and_others_are_not(number, flag):
    assert canonical(float(number)) == canonical(plain(number))
    assert canonical(flag) != canonical(int(flag))
    assert canonical(str(number)) != canonical(number)


def test_a_recipe_of_absurd_size_is_refused():
    node = Node("Text", {"text": Literal("x" * recipe.MAX_BYTES)})
    with pytest.raises(ProofsheetError, match="The recipe of a frame has 8,.* at most 8,388,608"):
        recipe.frame_recipe(inputs_of(node), {})


JSON = st.recursive(VALUE, lambda inner: st.lists(inner, max_size=3), max_leaves=6)
WRITTEN = st.dictionaries(
    NAMES | st.sampled_from("123"),
    st.fixed_dictionaries(
        {
            "class_type": st.sampled_from(("KSampler", "CLIPTextEncode", "X")),
            "inputs": st.dictionaries(
                st.sampled_from(("positive", "negative", "text", "seed", "ckpt_name")),
                JSON | st.tuples(st.sampled_from("123"), st.integers(0, 2)).map(list),
            ),
        }
    ),
    max_size=5,
)


@given(WRITTEN)
def test_any_graph_of_the_right_shape_can_be_read(written):
    """As it may come out of somebody's PNG: links to nowhere, circles, anything for a value."""
    assert frame_texts.is_recipe(written)
    recipe.parsed(written, {})
    assert all(isinstance(text, str) for text in told.prompts(written))
    assert isinstance(told.parameters_text(written, 8, 8, "1"), str)


ANY = st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.lists(st.floats())
IDS = st.text("0123456789abcdef", min_size=16, max_size=16)
COUNTS, SECONDS = st.integers(0, 2**60), st.floats(0, 1e9)


@st.composite
def sweeps(draw):
    size = draw(st.integers(1, 6))
    labels = tuple(draw(st.lists(TEXT, min_size=size, max_size=size)))
    values = tuple(draw(st.lists(ANY, min_size=size, max_size=size)))
    frames = tuple(
        Frame(
            id=draw(IDS),
            number=number,
            seed=draw(st.integers(0, 2**64 - 1)),
            positive=draw(TEXT),
            values={"cfg": draw(ANY), draw(TEXT): draw(ANY)},
            status=draw(st.sampled_from(("done", "gone", "waiting", "missing"))),
        )
        for number in range(1, size + 1)
    )
    constants = draw(st.dictionaries(TEXT, ANY, max_size=3))
    estimate = draw(
        st.none() | st.builds(Estimate, COUNTS, st.none() | SECONDS, st.none() | COUNTS)
    )
    axes = (Axis("cfg", values, labels),)
    return Frames(frames, axes, constants, "every combination", estimate)


def references(frame_id):
    file = {"filename": f"{frame_id}.png", "subfolder": "x", "type": "output"}
    return {"image": file, "thumb": file, "latent": None}


@given(sweeps(), st.integers(0, 300), st.lists(IDS, max_size=3))
def test_any_manifest_is_json_without_nan_and_of_the_schema(schema, frames, columns, gone):
    chosen = Picked("all", frames.frames[:2], frames.frames[:1], gone)
    listed = manifest(frames, references, columns, chosen)
    text = json.dumps({**listed, "held": False, "sheet": None, "notice": ""}, allow_nan=False)
    schema.validate(json.loads(text))


@pytest.fixture(scope="session")
def schema():
    from pathlib import Path

    from jsonschema import Draft202012Validator

    path = Path(__file__).resolve().parents[3] / "web" / "docs" / "manifest.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


@given(sweeps(), st.text("0123456789-,!#=abcdefnosxl \n", max_size=20))
def test_any_picks_over_any_frames_name_frames_or_raise(frames, text):
    try:
        found = picks.resolve(picks.parse(text), frames.frames)
    except ProofsheetError:
        return
    assert len(set(found.ids)) == len(found.ids)
    assert all(len(frame_id) <= 16 for frame_id in found.ids)


PATTERN = st.text("ab./\\%:~ \0cCnN\u202e*?\n", max_size=20)


@given(PATTERN | st.text(max_size=12), st.text(max_size=300), st.floats())
def test_any_pattern_makes_a_file_inside_its_folder_or_none(folder, pattern, name, number):
    """Held against a real folder: a path that can be made, and is where it says."""
    try:
        path = file_pattern.expand(pattern, {"n": name, "a": number, "c": "CON", "b": "../.."})
    except ProofsheetError:
        return
    place = (folder / path).with_name((folder / path).name + ".png")
    assert place.resolve().is_relative_to(folder.resolve())
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"x")
    assert place.resolve() == place.parent.resolve() / place.name
    place.unlink()


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("output")


def test_infinities_of_joined_axes_are_no_nan():
    frames = Frames((), (Axis("cfg", ([math.nan, math.inf], [1.0, 2]), ("a", "b")),), {})
    [axis] = manifest(frames, references)["axes"]
    assert axis["values"] == [["nan", "inf"], [1.0, 2]]
