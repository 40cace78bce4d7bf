from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.grammar.input_types import InputType
from pack.nodes.core.plan.addresses import InputAbove, NodeAbove, address_axes

LINK = InputAbove(is_link=True)
SWEPT = InputAbove(is_link=True, axis="Seed Sweep (node 20)")


def above(node_id, class_type, title="", template="", links=(), swept=(), **inputs):
    """A node with these inputs; their values are their types."""
    names = {name: InputAbove() for name in inputs}
    names |= dict.fromkeys(links, LINK) | dict.fromkeys(swept, SWEPT)
    TYPES.update({(node_id, name): kind for name, kind in inputs.items()})
    return NodeAbove(node_id, class_type, title, names, template)


TYPES: dict[tuple[str, str], InputType] = {}
INT, STEPS = InputType("INT", 0, 2**64 - 1), InputType("INT", 1, 50)
FLOAT, TEXT = InputType("FLOAT", 0.0, 100.0), InputType("STRING")
FILES = InputType("COMBO", choices=("a.png", "b.png", "c.jpg"))
MODELS = InputType("COMBO", choices=("sd.pt", "a.png"))
FIRST = above("3", "KSampler", "KSampler", links=["model", "latent_image"], seed=INT, cfg=FLOAT)
NODES = [
    FIRST,
    above("5", "KSampler", "Second pass", links=["model", "cfg"], seed=INT, steps=INT),
    above("6", "KSamplerAdvanced", "hires.fix", noise_seed=INT, cfg=INT, steps=STEPS),
    above("7", "LoadImage", "Load Image", image=FILES),
    above("8", "ImageScale", "Scale", links=["image"], width=INT),
    above("12", "ResizeImage", "Resize", **{"resize_type.width": INT, "3.x": INT}),
    above("12:3", "LoraLoader", strength=FLOAT, name=MODELS),
    above("12:3.0", "LoraLoader", "resize", strength=FLOAT, image=MODELS),
    above("20", "ProofsheetSeedSweep", "Seed Sweep", seed=INT, count=INT),
    above("21", "ProofsheetPromptBatch", "Animals", "a {animal} {prompt}", prompts=TEXT),
    above("22", "ProofsheetPromptBatch", template=r"\{x\} {prompt}{ animal }{place}", prompts=TEXT),
    above("23", "ProofsheetPromptBatch", template="{prompt}", prompts=TEXT),
    above("30", "CLIPTextEncode", "Seed Sweep", swept=["text"]),
]  # fmt: skip
TYPES |= {
    ("3", "model"): InputType("MODEL"),
    ("3", "latent_image"): InputType("LATENT"),
    ("5", "model"): InputType("MODEL"),
    ("5", "cfg"): FLOAT,
    ("8", "image"): InputType("IMAGE"),
    ("30", "text"): TEXT,
}


def type_of(node_id, name):
    return TYPES[node_id, name]


def axes(text, nodes=NODES):
    return address_axes(text, nodes, type_of)


@pytest.mark.parametrize(
    "line, targets",
    [
        ("seed = 7, 40-43", [("3", "seed"), ("5", "seed"), ("6", "noise_seed")]),
        ("noise_seed = 7", [("6", "noise_seed")]),
        ("cfg = 4, 7", [("3", "cfg"), ("5", "cfg"), ("6", "cfg")]),
        ("KSampler.cfg = 4", [("3", "cfg")]),
        ("KSamplerAdvanced.cfg = 4", [("6", "cfg")]),
        ('"Second pass".seed = 4', [("5", "seed")]),
        ('"hires.fix".steps = 4', [("6", "steps")]),
        ("Second pass.cfg = 4", [("5", "cfg")]),
        ("image = a.png", [("7", "image"), ("12:3.0", "image")]),
        ("LoadImage.image = *.png", [("7", "image")]),
        ("resize_type.width = 512", [("12", "resize_type.width")]),
        ('"resize_type.width" = 512', [("12", "resize_type.width")]),
        ("Resize.resize_type.width = 512", [("12", "resize_type.width")]),
        ("#12.resize_type.width = 512", [("12", "resize_type.width")]),
        ("#12.3.x = 512", [("12", "3.x")]),
        ("#12:3.strength = 0.5", [("12:3", "strength")]),
        ("#12:3.0.strength = 0.5", [("12:3.0", "strength")]),
        ("{animal} = cat, dog", [("21", "{animal}"), ("22", "{animal}")]),
        ("{place} = sea", [("22", "{place}")]),
    ],
)
def test_what_a_line_names(line, targets):
    (found,) = axes(line)
    assert list(found.values) == targets


NO_WORD = "No node above has this title or class, or this input: there are"
AN_AXIS = "is an axis itself: change its own values"


@pytest.mark.parametrize(
    "line, message",
    [
        ("steps.x = 1", f"{NO_WORD} "),
        ("sampler = 1", "No node above has an input of this name: there are "),
        ("denoise = 1", "No node above has an input of this name: there are "),
        ("KSampler.steps = 1", "KSampler (node 3) has no input of this name: there are "),
        ("LoadImage.seed = 1", "Load Image (node 7) has no input of this name: there are 'image'"),
        ('"Secnd pass".seed = 1', f"{NO_WORD} 'Second pass', "),
        ('"hires".fix.steps = 1', f"{NO_WORD} "),
        ("#13.seed = 1", "No node above has this id: there are "),
        ("#3.width = 1", "KSampler (node 3) has no input of this name: there are "),
        ("count = 1", "No node above has an input of this name: there are "),
        ("ProofsheetSeedSweep.count = 1", f"Seed Sweep (node 20) {AN_AXIS}"),
        ("#21.prompts = a", f"Animals (node 21) {AN_AXIS}"),
        ("text = a", "text of Seed Sweep (node 30) varies already, linked to Seed Sweep (node 20)"),
        ("#3.model = a", "model of KSampler (node 3) takes MODEL, which has to be linked"),
        ("model = a", "model of KSampler (node 3) takes MODEL, which has to be linked"),
        ("{x} = a", "No template of a Prompt Batch above has this hole"),
    ],
)  # fmt: skip
def test_what_names_nothing_is_refused_where_it_stands(line, message):
    source = f"# none\n {line}"
    with pytest.raises(GrammarError) as caught:
        axes(source)
    found = caught.value
    assert found.message.startswith(f"axes: {message}")
    target = line.partition(" = ")[0]
    assert source[found.start : found.end] == target
    assert f"(line 2)\n {line}\n {'^' * len(target)}" in str(found)


def test_what_there_is_is_told_nearest_first():
    with pytest.raises(GrammarError) as caught:
        axes("strenth = 1")
    assert "there are 'strength', '3.x', " in caught.value.message
    with pytest.raises(GrammarError, match="No Prompt Batch stands above"):
        axes("{animal} = a", [FIRST])
    with pytest.raises(GrammarError, match="there are none"):
        axes("seed = 1", [])


@pytest.mark.parametrize(
    "text, target, earlier",
    [
        ("cfg = 1, 2\n#3.cfg = 3", "#3.cfg", "'cfg'"),
        ("KSampler.seed = 1\nseed = 2", "seed", "'KSampler.seed'"),
        ("seed = 1\n\nseed = 1", "seed", "'seed'"),
        ("{animal} = a\n{ animal } = b", "{ animal }", "'{animal}'"),
    ],
)
def test_two_lines_for_one_input_are_refused(text, target, earlier):
    with pytest.raises(GrammarError, match=f"varies already, by the line {earlier}") as caught:
        axes(text)
    assert text[caught.value.start : caught.value.end] == target
    assert caught.value.start > text.index("\n")


def test_lines_for_different_inputs_are_axes_of_their_own():
    first, second = axes("KSampler.seed = 1, 2\n# x\n#5.seed = 3")
    assert first.values == {("3", "seed"): (1, 2)} and second.values == {("5", "seed"): (3,)}
    assert first.axis.labels == ("1", "2") and first.axis.name == ""


def test_inputs_vary_together_each_in_its_own_type():
    (found,) = axes("cfg = 4, 7")
    assert [tuple(map(repr, values)) for values in found.values.values()] == [
        ("4.0", "7.0"), ("4.0", "7.0"), ("4", "7"),
    ]  # fmt: skip
    assert found.axis.values == (4.0, 7.0) and found.axis.labels == ("4.0", "7.0")


def test_the_values_of_a_hole_are_texts():
    (found,) = axes('{animal} = 3, "a cat, a dog"')
    assert found.axis.name == "animal"
    assert set(found.values.values()) == {("3", "a cat, a dog")}


@pytest.mark.parametrize(
    "line, message, faulty",
    [
        ("cfg = 4, 7.5", "cfg of hires.fix (node 6): Expected a whole number from 0 to ", "7.5"),
        ("steps = 2, 60", "steps of hires.fix (node 6): Expected a whole number from 1 to ", "60"),
        ("image = a.png, b.png", "image of resize (node 12:3.0): Expected one of ", "b.png"),
        ("image = *.png", "They vary together, but are 2 for image of Load Image (node 7), 1 for "
         "image of resize (node 12:3.0)", "*.png"),
    ],
)  # fmt: skip
def test_a_value_that_one_of_them_does_not_take_is_shown(line, message, faulty):
    with pytest.raises(GrammarError) as caught:
        axes(line)
    assert caught.value.message.startswith(f"axes: {message}")
    assert line[caught.value.start : caught.value.end] == faulty


def test_types_are_asked_only_of_what_a_line_may_name():
    asked = []

    def ask(node_id, name):
        asked.append((node_id, name))
        return type_of(node_id, name)

    address_axes("steps = 20\nimage = a.png", NODES, ask)
    assert set(asked) == {
        ("5", "steps"), ("6", "steps"), ("7", "image"), ("8", "image"), ("12:3.0", "image"),
    }  # fmt: skip


WORDS = ["seed", "cfg", "KSampler", "Second pass", "#3", "#12:3", "resize_type", "width"]
WORDS += ["{animal}", ".", " ", "=", ",", '"', "4", "a.png", "*", "\n", "# ", "}", "\\"]


@given(st.lists(st.sampled_from(WORDS), max_size=12).map("".join) | st.text())
def test_any_text_gives_axes_or_an_error_with_the_place(text):
    try:
        found = axes(text)
    except GrammarError as error:
        assert error.message.startswith("axes: ") and 0 <= error.start <= error.end <= len(text)
    except ProofsheetError as error:
        assert str(error)
    else:
        targets = [target for each in found for target in each.values]
        assert len(targets) == len(set(targets))
        assert all(
            {len(v) for v in each.values.values()} == {len(each.axis.labels)} for each in found
        )
