"""Any graph of axis nodes and of nodes that map over lists: what stands at one place of a lane,
made alone, is what the host makes at that place of the whole graph."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from pack.nodes.core.errors import ProofsheetError
from pack.nodes.core.limits import COMBINE
from pack.nodes.core.plan import cells
from pack.nodes.core.plan.axis_nodes import AXIS_NODES
from pack.nodes.core.plan.graph import Graph, Kind, Literal, is_link

LENGTHS = st.integers(1, 4)


class Prompt:
    """A prompt as data. All but the axis nodes map over lists, as most nodes of the host do."""

    def __init__(self, nodes):
        self.nodes = nodes

    def node(self, node_id):
        return self.nodes[node_id]

    def kind(self, class_type):
        return Kind(list_outputs=(class_type in AXIS_NODES,) * 3)

    def fingerprints(self, _inputs):
        return {}, True


def node(class_type, **inputs):
    return {"class_type": class_type, "inputs": inputs}


@st.composite
def axis_nodes(draw):
    length, first = draw(LENGTHS), draw(st.integers(0, 9))
    kind = draw(st.sampled_from(("seeds", "prompts", "values")))
    if kind == "seeds":
        return node("ProofsheetSeedSweep", seed=first, count=length)
    if kind == "prompts":
        lines = (f"a {word} --no {word}s" for word in ("cat", "dog", "fox", "owl")[:length])
        return node("ProofsheetPromptBatch", prompts="\n".join(lines))
    return node("ProofsheetValues", values=f"{first}..{first + length - 1}", type="int")


@st.composite
def prompts(draw):
    """Axis nodes, then nodes that read from those before them. A link reads any output."""
    nodes = {str(n): draw(axis_nodes()) for n in range(draw(st.integers(1, 4)))}
    for number in range(len(nodes), len(nodes) + draw(st.integers(1, 6))):
        inputs = {name: draw(values(nodes)) for name in draw(st.sampled_from(("a", "ab", "abc")))}
        nodes[str(number)] = node(draw(st.sampled_from("XY")), **inputs)
        if draw(st.integers(0, 4)) == 0:
            nodes[str(number)] = node("PrimitiveInt", value=inputs["a"])
    return nodes


@st.composite
def values(draw, nodes):
    if draw(st.integers(0, 3)) == 0:
        return draw(st.integers(0, 3))
    source = draw(st.sampled_from(sorted(nodes)))
    slots = 3 if nodes[source]["class_type"] == "ProofsheetPromptBatch" else 1
    return [source, draw(st.integers(0, slots - 1))]


def by_the_host(nodes, value, only=None):
    """What arrives over a link: index by index, a shorter list repeating its last item. `only`
    leaves the axis nodes it names one value each."""
    if not is_link(value):
        return [value]
    source, slot = value
    class_type, inputs = nodes[source]["class_type"], nodes[source]["inputs"]
    if class_type in AXIS_NODES:
        found = AXIS_NODES[class_type](inputs).outputs[slot]
        return [found[only[source]]] if source in (only or {}) else list(found)
    lists = {name: by_the_host(nodes, link, only) for name, link in inputs.items()}
    if class_type == "PrimitiveInt":
        return lists["value"]
    made = []
    for index in range(max(map(len, lists.values()))):
        taken = {name: each[min(index, len(each) - 1)] for name, each in sorted(lists.items())}
        made.append((class_type, slot, tuple(taken.items())))
    return made


def alone(item):
    """What an item makes alone."""
    if isinstance(item, Literal):
        return item.value
    inputs = sorted(item.node.inputs.items())
    return item.node.class_type, item.slot, tuple((name, alone(each)) for name, each in inputs)


@given(prompts(), st.data())
def test_every_item_of_a_lane_is_what_the_host_makes_there(nodes, data):
    link = data.draw(values(nodes))
    lane = Graph(Prompt(nodes), AXIS_NODES).input_lane(link)
    assert [alone(item) for item in lane.items] == by_the_host(nodes, link)
    for item, place in zip(lane.items, lane.places, strict=True):
        assert by_the_host(nodes, link, place) == [alone(item)]


@given(prompts(), st.sampled_from(COMBINE.words), st.data())
def test_every_cell_takes_from_each_input_what_its_place_on_the_axes_says(nodes, combine, data):
    graph = Graph(Prompt(nodes), AXIS_NODES)
    names = data.draw(st.lists(st.sampled_from(cells.INPUTS), max_size=4, unique=True))
    links = {name: data.draw(values(nodes)) if name in names else 0 for name in cells.INPUTS}
    lanes = {name: graph.input_lane(link) for name, link in links.items()}
    try:
        sweep = cells.sweep(lanes, graph.axes, combine, 10**6)
    except ProofsheetError as error:
        assert "the same number of values" in str(error)
        return
    places = [place_of(cell, lanes) for cell in sweep.cells]
    assert len({tuple(sorted(place.items())) for place in places}) == len(places)
    for cell, place in zip(sweep.cells, places, strict=True):
        for name, item in cells.cell_items(cell, lanes).items():
            assert [alone(item)] == by_the_host(nodes, links[name], place)


def place_of(cell, lanes):
    """Where the cell stands on every axis; no two inputs may say it differently."""
    place = {}
    for name in cells.INPUTS:
        for source, index in lanes[name].places[cell.index[name]].items():
            assert place.setdefault(source, index) == index
    return place


def test_what_is_compared_here_has_more_than_one_item():
    nodes = {"0": node("ProofsheetSeedSweep", seed=5, count=3), "1": node("X", a=["0", 0])}
    assert by_the_host(nodes, ["1", 0]) == [("X", 0, (("a", seed),)) for seed in (5, 6, 7)]
    assert by_the_host(nodes, ["1", 0], {"0": 1}) == [("X", 0, (("a", 6),))]
