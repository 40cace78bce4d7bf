"""Sources: where the axes of a sweep come from.

An axis node anywhere above the link, a line of the *axes* text, a list of another pack's node whose
items would reach the link one by one, the frames of another sweep. What the graph alone does not
tell, a text that comes over a link or another pack's list, is `Unread` until the host was asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from ..axes import Axis, one_after_another
from ..errors import ProofsheetError
from ..grammar.input_types import Scalar, label
from ..grammar.prompts import Names
from .axis_nodes import AXIS_NODES, AxisLists, Fault
from .graph import PRIMITIVES, Host, Item, JsonValue, Literal, Node, Output, is_link, plain, unwrap


class Link(NamedTuple):
    node_id: str
    slot: int


class Element(NamedTuple):
    """One element of the list that the host puts out at a link."""

    link: Link
    index: int


Read = Mapping[Link, Sequence[Any]]
"""What the host was asked for: link -> the list that arrives over it."""


@dataclass(frozen=True)
class Source:
    """An axis, and the item that each output (a slot, or an input by address) has at each of its
    places. `elements`: where the host has the value of an item that is no literal, by its key.
    A `list` of another node is no axis where it is collected again on the way. `fault`: the error
    that says where a value is written."""

    axis: Axis
    items: Mapping[Any, Sequence[Item]]
    elements: Mapping[str, Element] = field(default_factory=dict)
    is_list: bool = False
    fault: Fault | None = None

    @property
    def length(self) -> int:
        return len(self.axis.labels)

    def at(self, name: Any, index: int) -> Item:
        items = self.items[name]
        return items[min(index, len(items) - 1)]

    def fault_at(self, slot: int, index: int) -> Callable[[str], ProofsheetError] | None:
        """The error to raise for a value, if it can be told where that is written."""
        return partial(self.fault, slot, index) if self.fault else None


class Unread(Exception):
    """The links whose values the plan needs and only the host can tell."""

    def __init__(self, links: Sequence[Link]) -> None:
        super().__init__(links)
        self.links = tuple(links)


def axis_source(host: Host, node_id: str, read: Read, holes: Mapping[str, str]) -> Source:
    """What an axis node puts out, with these texts in the holes of its template. Raises Unread for
    texts that come over a link."""
    node = host.node(node_id)
    widgets = _widgets(host, node_id, read)
    several = [name for name, values in widgets.items() if len(values) > 1]
    if len(several) > 1:
        raise ProofsheetError(
            f"{called(host, node_id)}: {several[0]} and {several[1]} are both linked to lists, "
            "which ComfyUI would pair up. Link one of them to a single text"
        )
    count = len(widgets[several[0]]) if several else 1
    make = AXIS_NODES[node["class_type"]]
    names = Names(holes, host.wildcards)
    found = _joined(
        [
            make({n: v[min(i, len(v) - 1)] for n, v in widgets.items()}, names, host)
            for i in range(count)
        ]
    )
    items = {
        slot: [Literal(plain(value), is_written=found.is_written) for value in values]
        for slot, values in enumerate(found.outputs)
    }
    return Source(found.axis, items, fault=found.fault)


def _widgets(host: Host, node_id: str, read: Read) -> dict[str, Sequence[Any]]:
    """What each widget is given. Raises Unread with all links that only the host can tell."""
    written = host.node(node_id)["inputs"]
    widgets: dict[str, Sequence[Any]] = {}
    unread: list[Link] = []
    for name in host.taken(node_id):
        try:
            widgets[name] = given(host, written[name], read)
        except Unread as error:
            unread.extend(error.links)
    if unread:
        raise Unread(unread)
    return widgets


def check_slot(host: Host, node_id: str, source: Source, slot: int) -> None:
    """Raises ProofsheetError for a link to a column that a table does not have."""
    if slot not in source.items:
        has = f"has {len(source.items)} columns, and its output {slot + 1} is linked"
        raise ProofsheetError(f"{called(host, node_id)} {has}")


def given(host: Host, value: object, read: Read) -> Sequence[Any]:
    """What a widget is given, through primitives. Raises Unread if only the host can tell."""
    while is_link(value):
        link = Link(value[0], int(value[1]))
        if link in read:
            return read[link]
        if (inner := primitive(host, value)) is value:
            raise Unread([link])
        value = inner
    return [unwrap(value)]


def primitive(host: Host, value: list[Any]) -> object:
    """What a primitive node that is linked says; any other link as it is."""
    node = host.node(value[0])
    is_one = node["class_type"] in PRIMITIVES and "value" in node["inputs"]
    return node["inputs"]["value"] if is_one else value


def behind_primitives(host: Host, value: object) -> object:
    """What an input takes behind the primitives that it is linked to."""
    while is_link(value) and (inner := primitive(host, value)) is not value:
        value = inner
    return value


def _joined(lists: Sequence[AxisLists]) -> AxisLists:
    """As the host joins what a node puts out for each text of a list."""
    first = lists[0]
    if len(lists) == 1:
        return first
    named = [[part.name for part in each.axis.parts] for each in lists]
    if any(names != named[0] for names in named):
        raise ProofsheetError(f"Tables that follow each other have other columns: {named}"[:300])
    outputs = tuple(
        tuple(value for each in lists for value in each.outputs[slot])
        for slot in range(len(first.outputs))
    )
    axis = one_after_another([each.axis for each in lists])
    return AxisLists(outputs, axis, all(each.is_written for each in lists))


def list_source(host: Host, link: Link, whole: Node, read: Read) -> Source:
    """A list of another node: texts and numbers as if typed, other values told apart by their
    position. Raises Unread until the host was asked."""
    if link not in read:
        raise Unread([link])
    values = read[link]
    if not values:
        where = called(host, link.node_id)
        raise ProofsheetError(f"{where} puts out an empty list: nothing to sweep")
    items: list[Item] = []
    elements: dict[str, Element] = {}
    for index, value in enumerate(values):
        if isinstance(value, Scalar):
            items.append(Literal(plain(value)))
            continue
        place = {**whole.fingerprints, "position": index}
        one = Node(whole.class_type, whole.inputs, place, False, whole.volatile)
        items.append(Output(one, link.slot))
        elements[items[-1].key] = Element(link, index)
    shown: list[JsonValue] = [
        item.value if isinstance(item, Literal) else number
        for number, item in enumerate(items, start=1)
    ]
    axis = Axis("", tuple(shown), tuple(map(label, shown)))
    return Source(axis, {link.slot: items}, elements, is_list=True)


def nodes_above(
    host: Host, links: Mapping[str, object], is_end: Callable[[str], bool]
) -> Iterator[str]:
    """Every node above these inputs that a line of *axes* may name, depth first: axis nodes, too,
    but no end, and nothing above those."""
    seen: set[str] = set()
    stack = [value[0] for value in reversed([*links.values()]) if is_link(value)]
    while stack:
        node_id = stack.pop()
        node = host.node(node_id)
        if node_id in seen or is_end(node["class_type"]):
            continue
        seen.add(node_id)
        yield node_id
        if node["class_type"] not in AXIS_NODES:
            inputs = [node["inputs"][name] for name in reversed(host.taken(node_id))]
            stack.extend(value[0] for value in inputs if is_link(value))


def title(host: Host, node_id: str) -> str:
    """The node's own title, else its class."""
    node = host.node(node_id)
    meta = node.get("_meta")
    found = meta.get("title") if isinstance(meta, Mapping) else None
    return found if isinstance(found, str) and found else node["class_type"]


def called(host: Host, node_id: str) -> str:
    """A node as errors name it."""
    return f"{title(host, node_id)} (node {host.real(node_id)})"
