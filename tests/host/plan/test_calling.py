"""A node of a cell makes what it makes in the host's own run."""

from __future__ import annotations

import asyncio

import comfy.model_management as management
import execution
import nodes
import pytest
import sample_nodes
from comfy_execution.graph import DynamicPrompt
from comfy_execution.graph_utils import is_link
from comfy_execution.utils import get_executing_context
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.host.plan.calling import Blocked, Caller
from sample_nodes import node


@pytest.fixture(autouse=True)
def known(monkeypatch):
    for name, each in sample_nodes.CLASSES.items():
        monkeypatch.setitem(nodes.NODE_CLASS_MAPPINGS, name, each)


class Cell:
    """A graph run node by node, under ids of its own that stand for the user's."""

    def __init__(self, graph):
        self.dynprompt = DynamicPrompt(graph)
        self.values = {}
        self.called = []
        self.caller = Caller(self.dynprompt, "prompt", {}, self.evaluate, self.values)
        for node_id, each in graph.items():
            inputs = {name: self.own(value) for name, value in each["inputs"].items()}
            own = {**each, "inputs": inputs}
            self.dynprompt.add_ephemeral_node(f"cell.{node_id}", own, "sweep", node_id)

    def own(self, value):
        return [f"cell.{value[0]}", value[1]] if is_link(value) else value

    async def evaluate(self, node_id):
        if node_id not in self.values:
            for source in self.caller.links(node_id):
                await self.evaluate(source)
            self.called.append(node_id)
            self.values[node_id] = await self.caller.call(node_id)

    async def read(self, link):
        await self.evaluate(self.own(link)[0])
        return self.caller.read(self.own(link))


def in_cell(graph, link):
    return asyncio.run(Cell(graph).read(link))


LISTED = {"list": node("Listed", value=3, count=3)}
BRANCHES = {**LISTED, "a": node("Count", value=["list", 0]), "b": node("Fail", value=1)}


@pytest.mark.parametrize(
    "graph, link",
    [
        ({"1": node("Count", value=4)}, ["1", 0]),
        ({"1": node("Rows", a=1, b=2, mine="x", other=3)}, ["1", 0]),
        ({"1": node("AnyRows", z=1, row_2=2, y=3), "2": node("Rows", c=["1", 0])}, ["2", 0]),
        ({"1": node("V3Rows", b=1, other=2)}, ["1", 0]),
        (LISTED, ["list", 0]),
        (LISTED, ["list", 1]),
        ({**LISTED, "1": node("Count", value=["list", 0])}, ["1", 0]),
        ({**LISTED, "1": node("Sum", values=["list", 0])}, ["1", 0]),
        ({**LISTED, "1": node("Rows", a=["list", 0], b=["list", 1])}, ["1", 0]),
        ({**LISTED, "1": node("Later", value=["list", 0])}, ["1", 0]),
        ({"1": node("Block", value=1, to=1)}, ["1", 1]),
        ({"1": node("Expand", value=1)}, ["1", 0]),
        ({"1": node("Expand", value=1)}, ["1", 1]),
        ({"1": node("Expand", value=1)}, ["1", 2]),
        ({**LISTED, "1": node("Expand", value=["list", 0])}, ["1", 2]),
        ({"1": node("Count", value=4), "2": node("Nest", value=["1", 0])}, ["2", 0]),
        (
            {
                "1": node("Count", value=1),
                "2": node("Count", value=["1", 0]),
                "3": node("Repeat", body=["2", 0], times=2),
            },
            ["3", 0],
        ),
        ({**BRANCHES, "1": node("Switch", take=True, first=["b", 0], third=["a", 0])}, ["1", 0]),
        ({**BRANCHES, "1": node("Switch", take=True, first=["b", 0], third=7)}, ["1", 0]),
        (
            {
                **{"e": node("Listed", value=2, count=1), "b": node("Fail", value=1)},
                "1": node("Switch", take=False, first=["e", 0], second=["e", 1], third=["b", 0]),
            },
            ["1", 0],
        ),
        (
            {**BRANCHES, "1": node("V3Switch", switch=True, on_false=["b", 0], on_true=["a", 0])},
            ["1", 0],
        ),
        (
            {**BRANCHES, "1": node("V3Switch", switch=False, on_true=["b", 0], on_false=["a", 0])},
            ["1", 0],
        ),
    ],
)
def test_as_in_the_host(graph, link):
    expected = sample_nodes.in_host(graph, link)
    got = in_cell(graph, link)
    # The host says in `prompt` what stands around a node, which is not the same in both.
    for value in (*expected, *got):
        if isinstance(value, dict):
            value.pop("prompt", None)
    assert got == expected


def test_a_node_is_told_the_id_of_the_users_node():
    got = in_cell({"7": node("Rows", a=1, b=2)}, ["7", 0])
    assert got[0]["unique_id"] == "7" and set(got[0]["prompt"]) == {"7"}
    assert in_cell({"7": node("V3Rows", b=1)}, ["7", 0]) == [{"b": 1, "told": "7"}]


def test_progress_is_that_of_the_users_node(monkeypatch):
    seen = []
    monkeypatch.setattr(
        sample_nodes.Count, "run", lambda self, value: (seen.append(get_executing_context()) or 0,)
    )
    in_cell({"7": node("Count", value=1), "8": node("Count", value=["7", 0])}, ["8", 0])
    assert [(each.prompt_id, each.node_id) for each in seen] == [("prompt", "7"), ("prompt", "8")]


def test_state_stays_from_cell_to_cell():
    cell = Cell({"7": node("Count", value=0)})
    got = []
    for _ in range(3):
        cell.values.clear()
        got += asyncio.run(cell.read(["7", 0]))
    assert got == [1, 2, 3]


def test_nothing_of_an_expansion_stays_and_it_is_made_anew():
    cell = Cell({"1": node("Count", value=4), "2": node("Nest", value=["1", 0])})
    asyncio.run(cell.read(["2", 0]))
    assert set(cell.values) == {"cell.1", "cell.2"}
    inner = [each for each in cell.called if each.startswith("cell.2.")]
    assert len(inner) == 4 and {cell.dynprompt.get_display_node_id(each) for each in inner} == {"2"}
    cell.values.pop("cell.2")
    asyncio.run(cell.read(["2", 0]))
    assert [each for each in cell.called if each.startswith("cell.2.")] == inner * 2


def test_only_what_is_asked_for_runs():
    cell = Cell({**BRANCHES, "1": node("Switch", take=True, first=["b", 0], third=["a", 0])})
    assert cell.caller.links("cell.1") == []
    asyncio.run(cell.read(["1", 0]))
    assert cell.called == ["cell.1", "cell.list", "cell.a"]


def test_a_link_that_is_taken_itself_is_waited_for():
    cell = Cell({"1": node("Fail", value=4), "2": node("Nest", value=["1", 0])})
    assert cell.caller.links("cell.2") == ["cell.1"]


@pytest.mark.parametrize(
    "graph, link, message",
    [
        ({"1": node("Block", value=1, to=0)}, ["1", 1], "it was blocked: not here"),
        ({"1": node("Block", value=1, to=9)}, ["1", 0], "it was blocked: not here"),
        (
            {"1": node("Block", value=1, to=0), "2": node("Count", value=["1", 1])},
            ["2", 0],
            "it was blocked: not here",
        ),
    ],
)
def test_a_blocker_blocks_what_reads_it(graph, link, message):
    with pytest.raises(Blocked) as caught:
        in_cell(graph, link)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "graph, message",
    [
        ({"1": node("Loop")}, "loops cannot run inside a cell"),
        ({"1": node("Nowhere")}, "ComfyUI has no node 'Nowhere': install the pack it is from"),
        ({"1": node("Switch", take=False, first=2)}, "it asks for its input second, and nothing"),
        ({"1": node("Count", value=1), "2": node("Sum", values=1)}, None),
    ],
)
def test_what_cannot_be_called(graph, message):
    link = [list(graph)[-1], 0]
    if message is None:
        link = [link[0], 4]
        message = "its output 4 was asked for; it made 1"
    with pytest.raises(ProofsheetError, match=message):
        in_cell(graph, link)


def test_what_a_node_raises_comes_out():
    with pytest.raises(RuntimeError, match="cannot do 3"):
        in_cell({**LISTED, "1": node("Fail", value=["list", 0])}, ["1", 0])
    with pytest.raises(RuntimeError, match="cannot do 2"):
        graph = {"1": node("Fail", value=2), "2": node("V3Switch", switch=True, on_true=["1", 0])}
        in_cell(graph, ["2", 0])


def test_an_interrupt_comes_out():
    nodes.interrupt_processing(True)
    try:
        with pytest.raises(management.InterruptProcessingException):
            in_cell({"1": node("Count", value=1)}, ["1", 0])
    finally:
        nodes.interrupt_processing(False)


@pytest.mark.parametrize("name", ["get_input_data", "get_output_data"])
def test_a_host_that_calls_nodes_in_another_way_is_refused(monkeypatch, name):
    monkeypatch.delattr(execution, name)
    with pytest.raises(ProofsheetError, match=rf"^ComfyUI \d.*execution\.{name}"):
        in_cell({"1": node("Expand", value=1)}, ["1", 0])


def test_a_host_with_another_keyword_is_refused(monkeypatch):
    async def get_output_data(prompt_id, unique_id, obj, input_data_all, secrets=None):
        raise AssertionError

    monkeypatch.setattr(execution, "get_output_data", get_output_data)
    with pytest.raises(ProofsheetError, match=r"get_output_data\(v3_data/hidden_inputs\)"):
        in_cell({"1": node("Count", value=1)}, ["1", 0])


def test_stock_nodes():
    graph = {
        "1": node("EmptyLatentImage", width=64, height=32, batch_size=2),
        "2": node("LatentFromBatch", samples=["1", 0], batch_index=1, length=1),
        "3": node("EmptyImage", width=8, height=8, batch_size=1, color=255),
        "4": node("ImageInvert", image=["3", 0]),
    }
    [latent] = in_cell(graph, ["2", 0])
    assert latent["samples"].shape == (1, 4, 4, 8)
    [image] = in_cell(graph, ["4", 0])
    assert image[0, 0, 0].tolist() == [1, 1, 0]
