"""A class is asked as the host asks it, and what it cannot tell is not told."""

from __future__ import annotations

import asyncio
import importlib
import itertools
import math
import random
import time

import comfy.model_management as management
import execution
import folder_paths
import nodes
import pytest
import sample_nodes
from comfy_execution.graph import DynamicPrompt
from comfy_execution.graph_utils import ExecutionBlocker
from pack.nodes.host.plan import asking
from pack.nodes.host.plan.node_classes import input_type, is_lazy
from PIL import Image

EXTRAS = {
    **{"ComfySwitchNode": "SwitchNode", "ComfySoftSwitchNode": "SoftSwitchNode"},
    **{"ComfyAndNode": "AndNode", "CustomCombo": "CustomComboNode", "DCTestNode": "DCTestNode"},
}


@pytest.fixture(autouse=True)
def known(monkeypatch):
    for name, each in sample_nodes.CLASSES.items():
        monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, name, each)
    video = importlib.import_module("comfy_extras.nodes_video")
    monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, "LoadVideo", video.LoadVideo)


@pytest.fixture
def newer(monkeypatch):
    """Node classes of newer hosts: switches, inputs that grow or depend on a choice."""
    try:
        logic = importlib.import_module("comfy_extras.nodes_logic")
    except ModuleNotFoundError:
        pytest.skip("this ComfyUI has no comfy_extras/nodes_logic.py")
    for name, each in EXTRAS.items():
        monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, name, getattr(logic, each))


@pytest.fixture
def put(monkeypatch):
    """Makes a class known whose method, IS_CHANGED unless named, is this."""

    def known(method, name="IS_CHANGED", **more):
        made = type("Made", (sample_nodes.Switch,), {name: method, **more})
        monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, "Made", made)
        return "Made"

    return known


@pytest.fixture
def pictures(tmp_path, monkeypatch):
    Image.new("RGB", (4, 4)).save(tmp_path / "here.png")
    (tmp_path / "here.mp4").write_bytes(b"film")
    monkeypatch.setattr(folder_paths, "input_directory", str(tmp_path))
    return tmp_path


LINK = ["9", 0]


# ---- taken


@pytest.mark.parametrize(
    "class_type, inputs, names",
    [
        ("Rows", {"a": 1, "b": 2}, ("b", "a")),
        ("Rows", {"z": LINK, "y": 1, "x": LINK, "a": 1, "b": 2}, ("b", "a", "x", "z")),
        ("Rows", {"mine": "x", "unique_id": "7", "prompt": {}, "b": 2}, ("b", "mine")),
        ("AnyRows", {"row_2": 1, "y": LINK, "row_1": 1, "z": 1}, ("z", "y", "row_1", "row_2")),
        ("V3Rows", {"a": 1, "b": [], "c": 1, "unique_id": "7", "d": LINK}, ("b", "a", "d")),
        ("KSampler", {"seed": 1, "model": LINK, "upload": "image"}, ("model", "seed")),
    ],
)
def test_taken(class_type, inputs, names):
    assert asking.taken(class_type, inputs) == names


@pytest.mark.parametrize(
    "class_type, inputs, names",
    [
        (
            "ComfyAndNode",
            {"values.value1": LINK, "values.value0": True, "values.x": 1},
            ("values.value0", "values.value1"),
        ),
        ("CustomCombo", {"option2": "b", "choice": "b", "a": 1}, ("choice", "a", "option2")),
        ("DCTestNode", {"combo": "option1", "combo.string": "a"}, ("combo.string", "combo")),
        ("DCTestNode", {"combo": "option2", "combo.string": "a"}, ("combo",)),
        (
            "DCTestNode",
            {
                **{"combo.subcombo.float_x": 1.0, "combo.subcombo": "opt1"},
                **{"combo": "option4", "combo.subcombo.mask1": 1},
            },
            ("combo.subcombo.float_x", "combo.subcombo", "combo"),
        ),
    ],
)  # fmt: skip
def test_taken_of_inputs_that_depend_on_others(newer, class_type, inputs, names):
    assert asking.taken(class_type, inputs) == names


class Stackwise(sample_nodes.Rows):
    """Rows of which only who schedules is told, as one popular pack does it."""

    @classmethod
    def INPUT_TYPES(cls):
        import inspect

        lazy = ("INT", {"lazy": True})
        rows = {"row1": lazy}
        if inspect.stack()[2].function == "get_input_info":
            everything = {"__contains__": lambda _, name: True, "__getitem__": lambda _, name: lazy}
            rows = type("Everything", (), everything)()
        return {"required": {}, "optional": rows}


@pytest.mark.parametrize(
    "class_type, name, lazy",
    [
        ("Switch", "first", True),
        ("Switch", "take", False),
        ("Switch", "other", False),
        ("V3Switch", "on_true", True),
        ("Rows", "unique_id", False),
        ("Stackwise", "row1", True),
        ("Stackwise", "row7", True),
    ],
)
def test_lazy(monkeypatch, class_type, name, lazy):
    monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, "Stackwise", Stackwise)
    assert is_lazy(class_type, name, {}) is lazy
    assert asking.taken("Stackwise", {"row2": LINK, "row1": LINK}) == ("row1", "row2")


def test_input_types():
    kind, options = input_type("KSampler", "steps", {})
    assert (kind, options["min"], options["max"], options["optional"]) == ("INT", 1, 10000, False)
    assert "euler" in input_type("KSampler", "sampler_name", {})[0]
    assert input_type("KSampler", "nothing", {}) == (None, {})
    assert input_type("Rows", "unique_id", {}) == (None, {})
    assert input_type("V3Rows", "a", {})[1]["optional"] is True
    assert input_type("AnyRows", "row", {}) == ("*", {"optional": True})


def test_input_types_that_depend_on_others(newer):
    assert input_type("DCTestNode", "combo.integer", {"combo": "option2"})[0] == "INT"
    assert input_type("DCTestNode", "combo.integer", {"combo": "option1"}) == (None, {})


# ---- at_once


def test_at_once():
    async def now():
        await asyncio.sleep(0) if False else None
        return 7

    closed = []

    async def later():
        try:
            await asyncio.sleep(0)
        finally:
            closed.append(True)

    assert asking.at_once(now()) == 7
    with pytest.raises(asking.Waits):
        asking.at_once(later())
    assert closed == [True]


# ---- fingerprint


async def late(**_):
    return 1


def failing(**_):
    raise OSError("no such file")


NUMBERS = itertools.count()
ANSWERS = [
    (lambda **_: "same", ["same"], False),
    (lambda **inputs: sorted(map(str, inputs.items())), None, False),
    (lambda **_: float("nan"), None, True),
    (lambda **_: math.nan, None, True),
    (lambda **_: {"a": [1, math.nan]}, None, True),
    (lambda **_: random.random(), None, True),
    (lambda **_: time.perf_counter(), None, True),
    (lambda **_: next(NUMBERS), None, True),
    (lambda **_: object(), None, True),
    (lambda **_: ExecutionBlocker("no"), [None], False),
    (late, [], True),
    (failing, [], True),
]


@pytest.mark.parametrize("method, answers, volatile", ANSWERS)
def test_fingerprint(put, method, answers, volatile):
    told = asking.fingerprint(put(staticmethod(method)), "7", {"take": True, "first": LINK})
    assert told.volatile is volatile
    assert answers is None or told.answers == answers


def test_an_interrupt_is_no_answer(put):
    def stop(**_):
        raise management.InterruptProcessingException

    with pytest.raises(management.InterruptProcessingException):
        asking.fingerprint(put(staticmethod(stop)), "7", {"take": True})


def hosts_answer(class_type, inputs):
    prompt = DynamicPrompt({"7": {"class_type": class_type, "inputs": inputs}})
    return asyncio.run(execution.IsChangedCache("prompt", prompt, None).get("7"))


def said(**inputs):
    return repr(sorted(inputs.items()))


class V3Told(sample_nodes.V3Rows):
    fingerprint_inputs = classmethod(lambda cls, **inputs: f"{said(**inputs)} {cls.hidden.prompt}")


@pytest.mark.parametrize(
    "class_type, inputs",
    [
        ("Made", {"first": LINK, "take": True, "other": 2}),
        ("Made", {"take": False}),
        ("V3Told", {"b": 1, "a": LINK}),
        ("V3Told", {"b": 1, "other": 2}),
        ("LoadImage", {"image": "here.png"}),
        ("LoadVideo", {"file": "here.mp4"}),
    ],
)
def test_the_host_is_answered_the_same(put, pictures, monkeypatch, class_type, inputs):
    put(staticmethod(said))
    monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, "V3Told", V3Told)
    told = asking.fingerprint(class_type, "7", inputs)
    assert not told.volatile
    assert told.answers == hosts_answer(class_type, inputs) != []


@pytest.mark.parametrize("class_type", ["KSampler", "V3Rows", "EmptyLatentImage"])
def test_most_classes_say_nothing(class_type):
    assert asking.fingerprint(class_type, "7", {}) is None


# ---- asked


@pytest.mark.parametrize(
    "class_type, inputs, names",
    [
        ("Switch", {"take": True, "first": LINK, "third": LINK}, {"third"}),
        ("Switch", {"take": True, "first": LINK, "third": 3}, set()),
        ("Switch", {"take": False, "first": LINK, "second": LINK}, None),  # by its value
        ("Switch", {"take": False, "first": 2, "second": LINK, "third": LINK}, {"second"}),
        ("Switch", {"take": False, "first": 3, "second": LINK, "third": LINK}, set()),
        ("Switch", {"take": LINK, "first": LINK}, None),
        ("Switch", {"take": True, "first": LINK}, None),  # asks for what is not there
        ("Switch", {"take": False, "first": "x", "second": LINK}, None),  # it raises
        ("V3Switch", {"switch": True, "on_true": LINK, "on_false": LINK}, {"on_true"}),
        ("V3Switch", {"switch": False, "on_true": LINK, "on_false": LINK}, {"on_false"}),
        ("V3Switch", {"switch": LINK, "on_true": LINK, "on_false": LINK}, None),
        ("KSampler", {"seed": 1, "steps": 2}, set()),
    ],
)
def test_asked(class_type, inputs, names):
    got = asking.asked(class_type, "7", inputs)
    assert got == names and (names is None or isinstance(got, frozenset))


@pytest.mark.parametrize("switch, name", [(True, "on_true"), (False, "on_false")])
def test_asked_of_the_hosts_own_switches(newer, switch, name):
    both = {"switch": switch, "on_true": LINK, "on_false": LINK}
    assert asking.asked("ComfySwitchNode", "7", both) == {name}
    assert asking.asked("ComfySoftSwitchNode", "7", both) == {name}
    assert asking.asked("ComfySoftSwitchNode", "7", {"switch": switch, name: LINK}) == {name}


def wants(decide):
    return lambda self, take, first=None, second=None: decide(first) or ["second"]


@pytest.mark.parametrize(
    "decide",
    [
        lambda first: ["first"] if first is None else bool(first),
        lambda first: ["first"] if first is None else first == 2,
        lambda first: ["first"] if first is None else first in (1, 2),
        lambda first: ["first"] if first is None else len(first),
        lambda first: ["first"] if first is None else hasattr(first, "shape"),
        lambda first: ["first"] if first is None else f"{first}",
        lambda first: ["first"] if first is None else [first for _ in {first}],
    ],
)
def test_what_hangs_on_a_value_is_not_told(put, decide):
    put(wants(decide), "check_lazy_status")
    inputs = {"take": True, "first": LINK, "second": LINK}
    assert asking.asked("Made", "7", inputs) is None


def test_what_hangs_on_the_graph_or_on_a_list_or_is_late_is_not_told(put):
    inputs = {"take": True, "first": LINK}
    hidden = {"hidden": {"graph": "PROMPT"}, "required": {"first": ("INT", {"lazy": True})}}
    types = {"INPUT_TYPES": classmethod(lambda cls: hidden)}

    def by_graph(self, graph, first=None):
        return ["first"] if "8" in graph else []

    def by_none(self, graph, first=None):
        return ["first"] if first is None else []

    async def awaited(self, **_):
        return ["first"]

    assert asking.asked(put(by_graph, "check_lazy_status", **types), "7", inputs) is None
    assert asking.asked(put(by_none, "check_lazy_status", **types), "7", inputs) == {"first"}
    assert asking.asked(put(awaited, "check_lazy_status"), "7", inputs) is None
    several = put(lambda self, **_: ["first"], "check_lazy_status", INPUT_IS_LIST=True)
    assert asking.asked(several, "7", inputs) is None
    never = put(lambda self, **_: None, "check_lazy_status", INPUT_IS_LIST=True)
    assert asking.asked(never, "7", inputs) == frozenset()


def test_a_lazy_input_that_no_method_asks_for_is_never_made(put):
    assert asking.asked(put(None, "check_lazy_status"), "7", {"first": LINK}) == frozenset()


# ---- validate


@pytest.mark.parametrize(
    "class_type, name, value, fault",
    [
        ("LoadImage", "image", "here.png", None),
        ("LoadImage", "image", "gone.png", "Invalid image file: gone.png"),
        ("LoadVideo", "file", "here.mp4", None),
        ("LoadVideo", "file", "gone.mp4", "Invalid video file: gone.mp4"),
        ("KSampler", "steps", -1, None),
    ],
)
def test_validate(pictures, class_type, name, value, fault):
    assert asking.validate(class_type, name, value, {}) == fault
    assert asking.checks_itself(class_type, name) is (class_type != "KSampler")


def small(take, first=0):
    return True if take < 5 and first is not None else f"{take} is too much beside {first}"


@pytest.mark.parametrize(
    "method, value, others, fault",
    [
        (small, 4, {}, None),
        (small, 6, {"first": 3}, "6 is too much beside 3"),
        (small, 4, {"first": LINK, "other": 1}, "4 is too much beside None"),
        (lambda **inputs: sorted(inputs) == ["take"] or str(inputs), 4, {"other": 1}, None),
        (lambda take: False, 4, {}, "its node does not allow that"),
        (lambda take: ExecutionBlocker(None), 4, {}, None),
        (lambda take, first: False, 4, {}, None),  # it needs one that is not there
        (lambda take, input_types: "types", 4, {}, None),
        (late, 4, {}, None),
        (failing, 4, {}, None),
    ],
)
def test_what_a_class_finds_wrong(put, method, value, others, fault):
    put(staticmethod(method), "VALIDATE_INPUTS")
    assert asking.validate("Made", "take", value, others) == fault


def test_a_class_that_takes_all_checks_all(newer):
    assert asking.checks_itself("CustomCombo", "option2")
    assert asking.validate("CustomCombo", "choice", "new", {"index": 1}) is None
    nothing = asking.validate("ComfySoftSwitchNode", "switch", True, {})
    assert nothing == "At least one of on_false or on_true must be connected to Switch node"
    assert asking.validate("ComfySoftSwitchNode", "switch", True, {"on_true": LINK}) is None


class V3Checked(sample_nodes.V3Rows):
    validate_inputs = classmethod(lambda cls, b: b != 3 or "not three")


def test_v3_classes_check(monkeypatch):
    monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, "V3Checked", V3Checked)
    assert asking.validate("V3Checked", "b", 3, {"a": LINK}) == "not three"
    assert asking.validate("V3Checked", "b", 4, {}) is None
    assert not asking.checks_itself("V3Checked", "a")
