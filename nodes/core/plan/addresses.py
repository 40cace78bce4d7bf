"""What the lines of an *axes* text name, among the nodes above a link."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .. import node_ids
from ..axes import Axis
from ..grammar.addresses import AddressLine, parse
from ..grammar.cursor import few, short
from ..grammar.input_types import TEXT, InputType, Scalar, label
from ..grammar.prompts import has_hole
from .axis_nodes import AXIS_NODES
from .cuts import Target
from .graph import Host, is_link
from .naming import SEEDS
from .sources import Read, behind_primitives, given, title
from .sources import called as named

TypeOf: TypeAlias = Callable[[str, str], InputType]
"""What an input takes, by node id and name."""


@dataclass(frozen=True)
class InputAbove:
    """`axis`: what the axis node that it is linked to is called, if it is."""

    is_link: bool = False
    axis: str = ""


@dataclass(frozen=True)
class NodeAbove:
    """A node above the link, with every input that the host hands to it. `template`: what a Prompt
    Batch's says."""

    node_id: str
    class_type: str
    title: str = ""
    inputs: Mapping[str, InputAbove] = field(default_factory=dict)
    template: str = ""

    @property
    def called(self) -> str:
        return f"{self.title or self.class_type} (node {self.node_id})"

    @property
    def is_axis(self) -> bool:
        return self.class_type in AXIS_NODES


@dataclass(frozen=True)
class AddressAxis:
    """The axis of a line. Its inputs vary together; each has the values in its own type."""

    line: AddressLine
    axis: Axis
    values: Mapping[Target, tuple[Scalar, ...]]


def address_axes(text: str, nodes: Sequence[NodeAbove], type_of: TypeOf) -> tuple[AddressAxis, ...]:
    """The axes of an *axes* text, a line each. Raises GrammarError, with the place, for a line that
    names nothing, or an input that has an axis already, or gives a value that is not allowed."""
    above = _Above(nodes, type_of)
    taken: dict[Target, AddressLine] = {}
    found: list[AddressAxis] = []
    for line in parse(text):
        targets = above.targets(line)
        for target in targets:
            if target in taken:
                earlier = short(taken[target].target.value)
                message = f"{above.called(target)} varies already, by the line {earlier}"
                raise line.wrong_target(message)
            taken[target] = line
        found.append(above.axis(line, targets))
    return tuple(found)


def node_above(host: Host, node_id: str, read: Read | None = None) -> NodeAbove:
    """A node as lines name it; with `read`, what was read from the host, its template, too. Raises
    Unread where that comes over a link."""
    node = host.node(node_id)
    inputs = {name: node["inputs"][name] for name in host.taken(node_id)}
    called = title(host, node_id)
    template = inputs.get("template")
    if read is not None and node["class_type"] == node_ids.PROMPT_BATCH:
        template = given(host, template, read)[0]
    return NodeAbove(
        node_id,
        node["class_type"],
        "" if called == node["class_type"] else called,
        {name: InputAbove(is_link(v), axis_behind(host, v)) for name, v in inputs.items()},
        template if isinstance(template, str) else "",
    )


def axis_behind(host: Host, value: object) -> str:
    """What the axis node is called that an input is linked to; "": to none."""
    value = behind_primitives(host, value)
    if is_link(value) and host.node(value[0])["class_type"] in AXIS_NODES:
        return named(host, value[0])
    return ""


class _Above:
    """Looks up what lines name."""

    def __init__(self, nodes: Sequence[NodeAbove], type_of: TypeOf) -> None:
        self._by_id = {node.node_id: node for node in nodes}
        self._nodes = [node for node in nodes if not node.is_axis]
        self._type_of = type_of

    def called(self, target: Target) -> str:
        return f"{target[1]} of {self._by_id[target[0]].called}"

    def axis(self, line: AddressLine, targets: Sequence[Target]) -> AddressAxis:
        values: dict[Target, tuple[Scalar, ...]] = {}
        for node_id, name in targets:
            kind = TEXT if line.address.hole else self._type_of(node_id, name)
            where = self.called((node_id, name))
            values[node_id, name] = line.values(kind, name in SEEDS, where)
        first = values[targets[0]]
        for target, own in values.items():
            if len(own) != len(first):
                counts = f"{len(first)} for {self.called(targets[0])}, {len(own)} for "
                raise line.wrong_value(f"They vary together, but are {counts}{self.called(target)}")
        axis = Axis(line.address.hole, first, tuple(map(label, first)))
        return AddressAxis(line, axis, values)

    def targets(self, line: AddressLine) -> list[Target]:
        """The inputs that a line names, at least one."""
        if line.address.hole:
            return self._holes(line)
        nodes, names = self._named(line)
        found = [(node, name) for node in nodes for name in node.inputs if name in names]
        if not found:
            raise line.wrong_target(self._missing(line, nodes))
        targets: list[Target] = []
        for node, name in found:
            target = (node.node_id, name)
            above = node.inputs[name]
            if above.is_link and not self._type_of(*target).takes_values:
                continue  # a model, a picture: another input of that name is meant
            if above.axis:
                message = f"{self.called(target)} varies already, linked to {above.axis}"
                raise line.wrong_target(message)
            targets.append(target)
        if not targets:
            node, name = found[0]
            kind = self._type_of(node.node_id, name).type
            message = f"{self.called((node.node_id, name))} takes {kind}, which has to be linked"
            raise line.wrong_target(message)
        return targets

    def _named(self, line: AddressLine) -> tuple[Sequence[NodeAbove], frozenset[str]]:
        """The nodes that a line names, and the names of their inputs."""
        address = line.address
        if address.path:
            fitting = [i for i in self._by_id if address.path.startswith(f"{i}.")]
            if not fitting:
                ids = few(f"#{address.path}", [f"#{node_id}" for node_id in self._by_id])
                raise line.wrong_target(f"No node above has this id: there are {ids or 'none'}")
            node_id = max(fitting, key=len)
            nodes, names = [self._by_id[node_id]], frozenset({address.path[len(node_id) + 1 :]})
        elif nodes := self._called(address.word) if address.word else []:
            names = frozenset({address.input})
        else:
            nodes = self._nodes
            names = SEEDS if address.name == "seed" else frozenset({address.name})
        if nodes and all(node.is_axis for node in nodes):
            raise line.wrong_target(f"{nodes[0].called} is an axis itself: change its own values")
        return [node for node in nodes if not node.is_axis], names

    def _called(self, word: str) -> Sequence[NodeAbove]:
        """The nodes of this title, else those of this class."""
        nodes = self._by_id.values()
        titled = [node for node in nodes if node.title == word]
        return titled or [node for node in nodes if node.class_type == word]

    def _holes(self, line: AddressLine) -> list[Target]:
        hole = line.address.hole
        batches = [n for n in self._by_id.values() if n.class_type == node_ids.PROMPT_BATCH]
        found = [n for n in batches if has_hole(n.template, hole)]
        if not found:
            which = "No template of a Prompt Batch above has this hole"
            raise line.wrong_target(which if batches else "No Prompt Batch stands above")
        return [(node.node_id, f"{{{hole}}}") for node in found]

    def _missing(self, line: AddressLine, nodes: Sequence[NodeAbove]) -> str:
        """That there is no such input, and what there is."""
        address = line.address
        if address.word and not self._called(address.word):
            words = [word for n in nodes for word in (n.title, n.class_type) if word]
            there = few(address.word, words)
            return f"No node above has this title or class, or this input: there are {there}"
        which = nodes[0].called if address.path or address.word else "No node above"
        has = "has no input" if address.path or address.word else "has an input"
        inputs = sorted((i.is_link, name) for n in nodes for name, i in n.inputs.items())
        there = few(address.input or address.name, [name for _, name in inputs])
        return f"{which} {has} of this name: there are {there or 'none'}"
