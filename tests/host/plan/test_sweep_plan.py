"""Sweeps planned on the host's own node classes: ids, cells, and what is refused."""

from __future__ import annotations

import folder_paths
import nodes
import pytest
from comfy_api.latest import io
from comfy_execution.graph import DynamicPrompt
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.plan.sources import Unread
from pack.nodes.extension import NODES
from pack.nodes.host.plan import sweep_plan
from pack.nodes.host.store.store import Store
from pack.nodes.host.work import sweep
from PIL import Image
from sample_nodes import node


class Brightened:
    """A V1 class with a fingerprint that looks at its widget."""

    INPUT_TYPES = classmethod(
        lambda cls: {"required": {"image": ("IMAGE",), "amount": ("FLOAT", {"max": 4.0})}}
    )
    IS_CHANGED = classmethod(lambda cls, amount, image=None: f"by {amount:g}")
    RETURN_TYPES, FUNCTION = ("IMAGE",), "run"

    def run(self, image, amount):
        return (image * amount,)


class Shaded(io.ComfyNode):
    """The same of the newer kind."""

    @classmethod
    def define_schema(cls):
        return io.Schema(
            node_id="Shaded",
            category="",
            inputs=[io.Image.Input("image"), io.Float.Input("amount", max=4.0)],
            outputs=[io.Image.Output()],
        )

    @classmethod
    def fingerprint_inputs(cls, amount, image=None):
        return f"by {amount:g}"

    @classmethod
    def execute(cls, image, amount):
        return io.NodeOutput(image * amount)


class Clock:
    """Answers something else whenever it is asked."""

    INPUT_TYPES = classmethod(lambda cls: {"required": {"image": ("IMAGE",)}})
    RETURN_TYPES, FUNCTION, ticks = ("IMAGE",), "run", iter(range(10**9))
    IS_CHANGED = classmethod(lambda cls, image=None: next(cls.ticks))

    def run(self, image):
        return (image,)


@pytest.fixture(autouse=True)
def known(monkeypatch, tmp_path):
    """The host knows these classes and ours, and two pictures."""
    for each in NODES:
        monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, each.GET_SCHEMA().node_id, each)
    for each in (Brightened, Shaded, Clock):
        monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, each.__name__, each)
    monkeypatch.setattr(folder_paths, "get_input_directory", lambda: str(tmp_path))
    for name in ("one", "two"):
        Image.new("RGB", (8, 8), "teal" if name == "one" else "navy").save(tmp_path / f"{name}.png")


def graph(class_type="Brightened", amount=0.5, **changes):
    return {
        "1": node("LoadImage", image="one.png"),
        "2": node(class_type, image=["1", 0], amount=amount),
        "7": node("ProofsheetSweep", source=["2", 0]),
        **changes,
    }


def plan(prompt, tmp_path, **widgets):
    request = sweep.request(DynamicPrompt(prompt), "7", {n: [v] for n, v in widgets.items()})
    return sweep_plan.plan(request, Store(tmp_path / "store"))


def ids(*args, **widgets):
    return [made.id for made in plan(*args, **widgets).recipes]


@pytest.mark.parametrize("class_type", ["Brightened", "Shaded"])
def test_a_value_is_the_same_typed_linked_and_by_address(class_type, tmp_path):
    typed = ids(graph(class_type, 2), tmp_path) + ids(graph(class_type, 0.5), tmp_path)
    values = node("ProofsheetValues", values="2, 0.5", type="float")
    linked = ids({**graph(class_type, ["3", 0]), "3": values}, tmp_path)
    addressed = ids(graph(class_type), tmp_path, axes="amount = 2, 0.5")
    assert typed == linked == addressed and len(set(typed)) == 2


def test_a_picture_is_the_same_typed_and_by_address(tmp_path):
    other = {"1": node("LoadImage", image="two.png")}
    typed = ids(graph(), tmp_path) + ids({**graph(), **other}, tmp_path)
    assert ids(graph(), tmp_path, axes="LoadImage.image = *.png") == typed
    (tmp_path / "two.png").write_bytes((tmp_path / "one.png").read_bytes())
    assert ids({**graph(), **other}, tmp_path) != typed[1:]


def test_what_the_host_ignores_is_no_part_of_an_id(tmp_path):
    """Files of the page carry values for inputs that no class has."""
    written = graph()
    written["1"]["inputs"] |= {"upload": "image", "choose": 1}
    assert ids(written, tmp_path) == ids(graph(), tmp_path)


def test_an_answer_that_differs_at_once_is_volatile(tmp_path):
    prompt = graph(**{"5": node("Clock", image=["2", 0])})
    prompt["7"] = node("ProofsheetSweep", source=["5", 0])
    made = plan(prompt, tmp_path, axes="amount = 1, 2")
    assert all(each.volatile for each in made.recipes)
    again = plan(prompt, tmp_path, axes="amount = 1, 2")
    assert [each.id for each in made.recipes] == [each.id for each in again.recipes]


@pytest.mark.parametrize(
    ("axes", "says"),
    [
        ("amount = 1, 9", "Expected a number up to 4, not 9"),
        ("image = three.png", "three.png"),
        ("nothing = 1", "No node above has an input of this name"),
        ("#1.image = one.png\nLoadImage.image = two.png", "varies already"),
        ("amount =", "Expected"),
    ],
)
def test_a_fault_in_a_line_is_shown_where_it_is(axes, says, tmp_path):
    with pytest.raises(GrammarError, match=says) as error:
        plan(graph(), tmp_path, axes=axes)
    assert "^" in str(error.value)


def test_a_value_over_a_link_is_held_against_the_input(tmp_path):
    values = node("ProofsheetValues", values="1, 9", type="float")
    with pytest.raises(ProofsheetError, match=r"Brightened \(node 2\): amount: Expected a number"):
        plan({**graph(amount=["3", 0]), "3": values}, tmp_path)


def test_a_text_of_numbers_is_a_number_where_one_belongs(tmp_path):
    texts = node("ProofsheetValues", values="2, 0.5", type="text")
    linked = ids({**graph(amount=["3", 0]), "3": texts}, tmp_path)
    assert linked == ids(graph(), tmp_path, axes="amount = 2, 0.5")


def test_a_saver_beside_the_sweep_is_refused_by_name(tmp_path):
    values = node("ProofsheetValues", values="1, 2", type="float")
    prompt = {**graph(amount=["3", 0]), "3": values, "9": node("SaveImage", images=["2", 0])}
    with pytest.raises(ProofsheetError, match=r"SaveImage \(node 9\) hangs on the lists of"):
        plan(prompt, tmp_path)
    by_address = {**graph(), "9": node("SaveImage", images=["2", 0])}
    assert len(ids(by_address, tmp_path, axes="amount = 1, 2")) == 2


def test_axes_are_told_apart_by_the_nodes_they_feed(tmp_path):
    one, two = (node("ProofsheetValues", values="1, 2", type="float") for _ in "12")
    again = {**node("Shaded", image=["2", 0], amount=["4", 0]), "_meta": {"title": "Again"}}
    prompt = {**graph(amount=["3", 0]), "3": one, "4": two, "5": again}
    prompt["7"] = node("ProofsheetSweep", source=["5", 0])
    made = plan(prompt, tmp_path)
    assert [axis.name for axis in made.frames.axes] == ["Brightened.amount", "Again.amount"]
    assert len(made.recipes) == 4


def test_a_text_that_only_the_host_can_tell_is_asked_for(tmp_path):
    prompt = graph(amount=["3", 0])
    prompt["3"] = node("ProofsheetValues", values=["6", 0], type="float")
    prompt["6"] = node("StringConcatenate", string_a="1", string_b="2", delimiter=", ")
    with pytest.raises(Unread) as unread:
        plan(prompt, tmp_path)
    assert unread.value.links == (("6", 0),)


def test_a_branch_that_no_cell_takes_is_no_part_of_a_recipe(tmp_path, monkeypatch):
    logic = pytest.importorskip("comfy_extras.nodes_logic", reason="this ComfyUI has no switch")
    monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, "ComfySwitchNode", logic.SwitchNode)
    prompt = graph(**{"3": node("LoadImage", image="two.png")})
    prompt["5"] = node("ComfySwitchNode", switch=True, on_false=["3", 0], on_true=["2", 0])
    prompt["7"] = node("ProofsheetSweep", source=["5", 0])
    [made] = plan(prompt, tmp_path).recipes
    assert "two.png" not in str(made.graph)
