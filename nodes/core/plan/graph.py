"""What the graph says before anything runs: the items that every link will carry.

ComfyUI maps a node over list inputs, index by index, and a shorter list repeats its last item.
The axis nodes' lists are pure functions of their widgets, so the same rule can be followed on
paper: a link becomes a *lane*, one *item* for each element that will arrive, and an item says
which nodes, with which literals, make that one element alone.

    Lane    what a link carries: items in order, and which axis nodes put them apart
    Item    Literal (a value) or Output (one slot of a Node)
    Node    a node whose every input is one Item: a list-free piece of graph
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, TypeGuard

from ..axes import Axis

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None"


def canonical(value: object) -> str:
    """JSON with one spelling for equal values: sorted keys, no spaces, 7.0 written as 7."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(value: Any) -> JsonValue:
    """`value` with whole floats as integers: browsers write 7.0 as 7, Python does not."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def digest(value: object) -> str:
    return hashlib.sha256(canonical(value).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Literal:
    value: JsonValue

    @property
    def key(self) -> str:
        return canonical(self.value)


@dataclass(frozen=True, eq=False)
class Node:
    """A node with one item for each input. `fingerprints` tell what it reads
    from outside the graph (files, `is_changed`). Not `exact`: it could not be sliced out of a list.
    `volatile`: the host says its result changes at every run."""

    class_type: str
    inputs: Mapping[str, Item]
    fingerprints: Mapping[str, JsonValue] = field(default_factory=dict)
    exact: bool = True
    volatile: bool = False
    key: str = ""

    def __post_init__(self) -> None:
        inputs = {name: item.key for name, item in self.inputs.items()}
        object.__setattr__(
            self, "key", digest([self.class_type, inputs, self.fingerprints, self.exact])
        )
        for item in self.inputs.values():
            if isinstance(item, Output):
                object.__setattr__(self, "exact", self.exact and item.node.exact)
                object.__setattr__(self, "volatile", self.volatile or item.node.volatile)


@dataclass(frozen=True)
class Output:
    node: Node
    slot: int

    @property
    def key(self) -> str:
        return f"{self.node.key}:{self.slot}"


Item = Literal | Output
Place = Mapping[str, int]
"""Where an item stands on each axis it depends on: source name -> index."""


@dataclass(frozen=True)
class Lane:
    """What a link carries. `items` is None when only running the graph can tell how many there
    are; `whole` is then the graph that makes them all. `sources` names what the items depend on."""

    items: tuple[Item, ...] | None
    places: tuple[Place, ...] = ()
    sources: frozenset[str] = frozenset()
    whole: Output | None = None

    @property
    def known(self) -> bool:
        return self.items is not None


def single(item: Item) -> Lane:
    return Lane((item,), ({},))


@dataclass(frozen=True)
class Kind:
    """What the host says of a node class. `inputs` None: any name may be an input."""

    takes_lists: bool = False
    list_outputs: tuple[bool, ...] = ()
    inputs: frozenset[str] | None = None

    def is_list(self, slot: int) -> bool:
        return slot < len(self.list_outputs) and self.list_outputs[slot]


AxisNode = Callable[[Mapping[str, Any]], "AxisLists"]
Follow = Callable[[str, int], "Lane | None"]
"""The lane of a node that needs more than the graph to be followed; None: it cannot be."""


@dataclass(frozen=True)
class AxisLists:
    """The lists an axis node puts out, slot by slot, and the axis they are values of."""

    outputs: tuple[tuple[JsonValue, ...], ...]
    axis: Axis


class Host(Protocol):
    """The questions that only the host can answer about a graph. `fingerprints` are those of the
    files that widgets name, and whether these are certainly the files the host has loaded."""

    def node(self, node_id: str) -> Mapping[str, Any]: ...
    def kind(self, class_type: str) -> Kind: ...
    def fingerprints(
        self, inputs: Mapping[str, JsonValue]
    ) -> tuple[Mapping[str, JsonValue], bool]: ...


PRIMITIVES = frozenset(
    "Primitive" + name for name in ("Int", "Float", "Boolean", "String", "StringMultiline")
)


def is_link(value: object) -> TypeGuard[list[Any]]:
    return (
        isinstance(value, list)
        and len(value) == 2
        and isinstance(value[0], str)
        and isinstance(value[1], int | float)
        and not isinstance(value[1], bool)
    )


class Graph:
    """The prompt as the host sees it, with every link followed to its lane."""

    def __init__(
        self,
        host: Host,
        axis_nodes: Mapping[str, AxisNode],
        followed: Mapping[str, Follow] | None = None,
    ) -> None:
        self.host = host
        self.axis_nodes = axis_nodes
        self.followed = followed or {}
        self.axes: dict[str, Axis] = {}
        self._lanes: dict[tuple[str, int], Lane] = {}
        self._wholes: dict[str, Node] = {}

    def input_lane(self, value: object) -> Lane:
        """The lane of one input as written in the prompt: a link or a literal."""
        if not is_link(value):
            return single(Literal(unwrap(value)))
        node_id, slot = value[0], int(value[1])
        if (node_id, slot) not in self._lanes:
            self._lanes[node_id, slot] = self._output_lane(node_id, slot)
        return self._lanes[node_id, slot]

    def name_axis(self, source: str, name: str) -> None:
        """Call an axis by what it feeds, unless its node already says what it is."""
        axis = self.axes.get(source)
        if axis is not None and not axis.name:
            self.axes[source] = Axis(name, axis.values, axis.labels)

    def whole(self, node_id: str) -> Node:
        """The graph above and with this node as it stands, lists and all."""
        if node_id not in self._wholes:
            node = self.host.node(node_id)
            inputs = {
                name: Output(self.whole(value[0]), int(value[1]))
                if is_link(value)
                else Literal(unwrap(value))
                for name, value in self._inputs(node).items()
            }
            self._wholes[node_id] = self._node(node, inputs, exact=False)
        return self._wholes[node_id]

    def _output_lane(self, node_id: str, slot: int) -> Lane:
        node = self.host.node(node_id)
        class_type = node["class_type"]
        follow = self.followed.get(class_type)
        if follow and (lane := follow(node_id, slot)):
            return lane
        kind = self.host.kind(class_type)
        lanes = {name: self.input_lane(value) for name, value in self._inputs(node).items()}
        for name, lane in lanes.items():
            for source in lane.sources:
                self.name_axis(source, name)
        if class_type in PRIMITIVES and "value" in lanes:
            return lanes["value"]
        if class_type in self.axis_nodes:
            return self._axis_lane(node_id, slot, lanes)
        if not kind.takes_lists and not kind.is_list(slot) and all(x.known for x in lanes.values()):
            return self._mapped_lane(node, slot, lanes)
        whole = Output(self.whole(node_id), slot)
        if kind.takes_lists and not kind.is_list(slot):
            return Lane((whole,), ({},))
        return Lane(None, (), frozenset({node_id}), whole)

    def _axis_lane(self, node_id: str, slot: int, lanes: Mapping[str, Lane]) -> Lane:
        widgets = {name: literal(lane) for name, lane in lanes.items()}
        if any(value is _UNKNOWN for value in widgets.values()):
            return Lane(None, (), frozenset({node_id}), Output(self.whole(node_id), slot))
        lists = self.axis_nodes[self.host.node(node_id)["class_type"]](widgets)
        self.axes.setdefault(node_id, lists.axis)
        items = tuple(Literal(plain(value)) for value in lists.outputs[slot])
        places = tuple({node_id: index} for index in range(len(items)))
        return Lane(items, places, frozenset({node_id}))

    def _mapped_lane(self, node: Mapping[str, Any], slot: int, lanes: Mapping[str, Lane]) -> Lane:
        length = max((len(lane.items or ()) for lane in lanes.values()), default=1)
        items, places = [], []
        for index in range(length):
            inputs, place = {}, {}
            for name, lane in lanes.items():
                inputs[name], where = at(lane, index)
                place.update(where)
            items.append(Output(self._node(node, inputs, exact=True), slot))
            places.append(place)
        sources = frozenset().union(*(lane.sources for lane in lanes.values()))
        return Lane(tuple(items), tuple(places), sources)

    def _inputs(self, node: Mapping[str, Any]) -> dict[str, object]:
        known = self.host.kind(node["class_type"]).inputs
        return {
            name: value
            for name, value in node["inputs"].items()
            if known is None or name in known or is_link(value)
        }

    def _node(self, node: Mapping[str, Any], inputs: Mapping[str, Item], exact: bool) -> Node:
        values = {name: item.value for name, item in inputs.items() if isinstance(item, Literal)}
        files, is_certain = self.host.fingerprints(values)
        if node.get("is_changed") is None:
            return Node(node["class_type"], inputs, files, exact, volatile=not is_certain)
        answer = node["is_changed"]
        answers = answer if isinstance(answer, list) else [answer]
        volatile = any(isinstance(value, float) and math.isnan(value) for value in answers)
        shown = [v if isinstance(v, str | int | bool | None) else repr(v) for v in answers]
        fingerprints = {**files, "changed": "NaN" if volatile else shown}
        return Node(node["class_type"], inputs, fingerprints, exact, volatile)


def at(lane: Lane, index: int) -> tuple[Item, Place]:
    """Element `index` as the host's mapping takes it: a shorter list repeats its last item."""
    assert lane.items, "an empty list cannot be mapped"
    index = min(index, len(lane.items) - 1)
    return lane.items[index], lane.places[index]


_UNKNOWN = object()


def literal(lane: Lane) -> Any:
    """The one value a lane carries, or _UNKNOWN."""
    if lane.items is not None and len(lane.items) == 1 and isinstance(lane.items[0], Literal):
        return lane.items[0].value
    return _UNKNOWN


def unwrap(value: object) -> JsonValue:
    """A list-valued widget travels as {"__value__": [...]} so that it does not look like a link."""
    if isinstance(value, Mapping) and set(value) == {"__value__"}:
        value = value["__value__"]
    return plain(value)
