"""What a sweep is made of: the page tells it from the graph alone and has to pass the same table.

The host's classes are those of the table, so that both sides read the same choices and ranges.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path

import nodes
import pytest
from comfy_execution.graph import DynamicPrompt
from pack.nodes.core.errors import GrammarError, ProofsheetError
from pack.nodes.core.plan import cells
from pack.nodes.core.plan.sources import Unread
from pack.nodes.extension import NODES
from pack.nodes.host import settings
from pack.nodes.host.plan import sweep_plan
from pack.nodes.host.store.store import Store
from pack.nodes.host.work import sweep

TABLE = json.loads((Path(__file__).parents[2] / "data" / "axes.json").read_text("utf-8"))
SWEEP = "7"
SHOWN = 8  # labels of an axis


def class_of(name, told):
    """A node class as the host tells of it."""

    def check_lazy_status(self, switch=None, on_false=None, on_true=None, **_):
        wanted = "on_true" if switch else "on_false"
        return [wanted] if (on_true if switch else on_false) is None else []

    members = {
        "INPUT_TYPES": classmethod(lambda cls: copy.deepcopy(told["input"])),
        "RETURN_TYPES": tuple(told.get("output", ())),
        "OUTPUT_IS_LIST": tuple(told.get("output_is_list", ())),
        "OUTPUT_NODE": told.get("output_node", False),
        "INPUT_IS_LIST": told.get("is_input_list", False),
        "RELATIVE_PYTHON_MODULE": told["python_module"],
        "FUNCTION": "run",
    }
    if name == "LoadImage":  # it looks whether the file is there
        members["VALIDATE_INPUTS"] = classmethod(lambda cls, image: True)
    if "switch" in told["input"]["required"]:
        members["check_lazy_status"] = check_lazy_status
    return type(name, (), members)


@pytest.fixture(autouse=True)
def known(monkeypatch):
    ours = {each.GET_SCHEMA().node_id: each for each in NODES}
    others = {name: class_of(name, told) for name, told in TABLE["defs"].items()}
    for name, each in {**others, **ours}.items():
        monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, name, each)


def graph_of(case):
    """The graph of a case: one that several share, with nodes and inputs of its own."""
    graph = {**copy.deepcopy(TABLE["graphs"][case["graph"]]), **case.get("nodes", {})}
    for place, value in case.get("put", {}).items():
        node_id, name = place.split(".", 1)
        graph[node_id]["inputs"][name] = value
    return graph


@pytest.fixture
def planned(monkeypatch, tmp_path):
    """Plans a case: the axes in the order in which they are multiplied, what they feed, how many
    cells there are, and what is refused."""

    def plan(case):
        asked = []
        monkeypatch.setattr(cells, "sweep", lambda *given: asked.append(given) or make(*given))
        monkeypatch.setattr(settings, "max_cells", lambda: case.get("limit", 4096))
        prompt = graph_of(case)
        inputs = prompt[SWEEP]["inputs"]
        widgets = {name: [value] for name, value in inputs.items() if name != "source"}
        request = sweep.request(DynamicPrompt(prompt), SWEEP, widgets)
        try:
            made = sweep_plan.plan(request, Store(tmp_path))
        except Unread as error:
            return None, None, None, error
        except ProofsheetError as error:
            return asked[-1][0] if asked else None, None, None, error
        return asked[-1][0], made.cuts.targets, len(made.recipes), None

    make = cells.sweep
    return plan


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_what_is_planned_is_what_the_page_tells(case, planned):
    axes, targets, count, error = planned(case)
    told = case["told"]
    fault = told["fault"]
    if case["name"].startswith("unknown: ") or isinstance(error, Unread):
        assert (told["count"], fault) == (None, None)
        return
    if axes is not None:
        check_axes(told["axes"], axes, targets)
    if error is None:
        assert (told["count"], fault) == (count, None)
    else:
        check_fault(fault, error)


def check_axes(told, axes, targets):
    """The axes with their names, as long as they vary, their labels and what they feed."""
    assert [axis["key"] for axis in told] == [*axes]
    for axis in told:
        own = axes[axis["key"]]
        assert axis["count"] == len(own.labels)
        assert axis["values"] in ([], [*own.labels[:SHOWN]])
        assert axis["name"] == own.name or axis["count"] == 1
        if targets is not None and axis["key"] in targets:
            assert axis["targets"] == [".".join(target) for target in targets[axis["key"]]]


def check_fault(fault, error):
    message = error.message if isinstance(error, GrammarError) else str(error)
    if fault["kind"] == "line":
        start, end = (fault["at"] + fault[name] for name in ("start", "end"))
        assert (f"axes: {fault['message']}", start, end) == (message, error.start, error.end)
    elif fault["kind"] == "value":
        assert fault["message"] == message
    elif fault["kind"] == "savers":
        named = [f"{node['title']} (node {node['id']})" for node in fault["nodes"]]
        assert any(message.startswith(f"{name} hangs on the lists of") for name in named)
    elif fault["kind"] == "pair":
        counts = ", ".join(f"{axis['name']} has {axis['count']}" for axis in fault["lengths"])
        assert f"but {counts}. " in message
    else:
        assert fault["kind"] == "limit"
        assert f"= {fault['count']} cells; the limit is {fault['limit']}." in message


def test_the_table_has_a_case_of_every_fault():
    kinds = {case["told"]["fault"]["kind"] for case in TABLE["cases"] if case["told"]["fault"]}
    assert kinds == {"line", "value", "savers", "pair", "limit"} and len(TABLE["cases"]) >= 40
