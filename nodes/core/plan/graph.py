"""Graphs on paper: nodes whose every input is a value or one output of another node.

Item    what one input gets: Literal (a value) or Output (one slot of a Node)
Node    a node of a cut: a piece of graph in which nothing varies any more
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, TypeAlias, TypeGuard

JsonValue: TypeAlias = "dict[str, JsonValue] | list[JsonValue] | str | int | float | bool | None"

AS_IS = frozenset({str, int, bool, type(None)})
"""Types of values that are plain already: most are, and they are many."""


def canonical(value: object) -> str:
    """JSON with one spelling for equal values: sorted keys, no spaces, 7.0 written as 7."""
    return json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(value: Any) -> JsonValue:
    """`value` with whole floats as integers: browsers write 7.0 as 7, Python does not.
    What recipes are made of comes first: thousands are hashed at a look-up."""
    kind = type(value)
    if kind is list or kind is tuple:
        return [each if type(each) in AS_IS else plain(each) for each in value]
    if kind is dict:
        return {str(k): v if type(v) in AS_IS else plain(v) for k, v in value.items()}
    if kind in AS_IS:
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, list | tuple):
        return plain([*value])
    return plain(dict(value)) if isinstance(value, Mapping) else value


def digest(value: object) -> str:
    return sha256(canonical(value))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Literal:
    """`is_bare`: a list that the host takes as it is written; any other travels wrapped.
    `is_written`: a text that has the type of whatever input it reaches."""

    value: JsonValue
    is_bare: bool = False
    is_written: bool = False

    @cached_property
    def key(self) -> str:
        return canonical(self.value)

    @property
    def is_wrapped(self) -> bool:
        return isinstance(self.value, list) and not self.is_bare


@dataclass(frozen=True, eq=False)
class Node:
    """A node with one item for each input; equal nodes have equal keys. `fingerprints` tell what
    it reads from outside the graph (files, `is_changed`). Not `exact`: its value is an element of
    a list that only a run can tell. `volatile`: its result may change at every run. `links`: its
    linked inputs' items, in the order of their names."""

    class_type: str
    inputs: Mapping[str, Item]
    fingerprints: Mapping[str, JsonValue] = field(default_factory=dict)
    exact: bool = True
    volatile: bool = False
    key: str = ""
    links: tuple[Output, ...] = ()

    def __post_init__(self) -> None:
        read = canonical(self.fingerprints) if self.fingerprints else "{}"
        inputs = {name: self.inputs[name] for name in sorted(self.inputs)}
        parts = [f"{name}={item.key}" for name, item in inputs.items()]
        links = tuple(item for item in inputs.values() if isinstance(item, Output))
        key = sha256("\0".join((self.class_type, read, str(self.exact), *parts)))
        set_field = object.__setattr__
        set_field(self, "inputs", inputs)
        set_field(self, "links", links)
        set_field(self, "key", key)
        set_field(self, "exact", self.exact and all(link.node.exact for link in links))
        set_field(self, "volatile", self.volatile or any(link.node.volatile for link in links))

    @cached_property
    def order(self) -> tuple[Node, ...]:
        """Every node above it and itself once, each after the nodes it reads."""
        found: dict[str, Node] = {}
        self._collect(found)
        return tuple(found.values())

    def _collect(self, found: dict[str, Node]) -> None:
        known = self.__dict__.get("order")
        if known is not None:
            for node in known:
                found.setdefault(node.key, node)
        elif self.key not in found:
            for link in self.links:
                link.node._collect(found)
            found[self.key] = self

    def literals(self) -> dict[str, JsonValue]:
        return {n: item.value for n, item in self.inputs.items() if isinstance(item, Literal)}

    def reads(self) -> dict[str, Output]:
        """Its linked inputs by name."""
        return {n: item for n, item in self.inputs.items() if isinstance(item, Output)}


@dataclass(frozen=True)
class Output:
    node: Node
    slot: int

    @cached_property
    def key(self) -> str:
        return f"{self.node.key}:{self.slot}"


Item = Literal | Output
Place = Mapping[str, int]
"""Where a cell stands on each axis: the axis' source -> index of its value."""


@dataclass(frozen=True)
class Kind:
    """What the host says of a node class. `passes`: for a node that saves or shows what goes
    through it, the input that each output slot hands on."""

    takes_lists: bool = False
    list_outputs: tuple[bool, ...] = ()
    passes: Mapping[int, str] = field(default_factory=dict)

    def is_list(self, slot: int) -> bool:
        return slot < len(self.list_outputs) and self.list_outputs[slot]


@dataclass(frozen=True)
class Reading:
    """What a node reads from outside the graph, by name, and whether it may change at every run.
    Not `exact`: a stock host does not take it as it is."""

    fingerprints: Mapping[str, JsonValue] = field(default_factory=dict)
    volatile: bool = False
    exact: bool = True


class Host(Protocol):
    """The questions that only the host can answer about a graph."""

    @property
    def wildcards(self) -> Mapping[str, Sequence[str]]:
        """The lines of each list in its folders of wildcards, by name."""
        ...

    def node(self, node_id: str) -> Mapping[str, Any]:
        """The node as it is written in the prompt."""
        ...

    def real(self, node_id: str) -> str:
        """The node of the user's that this one is, or stands for."""
        ...

    def kind(self, class_type: str) -> Kind: ...

    def taken(self, node_id: str) -> Sequence[str]:
        """The inputs that the node would be handed: declared ones in their order, others after
        them by name."""
        ...

    def unwraps(self, node_id: str, name: str) -> bool:
        """Whether a list travels wrapped to this input: the class declares it."""
        ...

    def lazy(self, node_id: str) -> frozenset[str]:
        """Its lazy inputs."""
        ...

    def asked(self, node_id: str, inputs: Mapping[str, Item]) -> frozenset[str] | None:
        """The lazy inputs it will ask for; None if that cannot be told."""
        ...

    def is_alike(self, node_id: str, name: str, other: str) -> bool:
        """Whether one input may take what is linked to another."""
        ...

    def is_optional(self, node_id: str, name: str) -> bool:
        """Whether an input may be left out."""
        ...

    def typed(
        self, node_id: str, name: str, value: JsonValue, is_written: bool = False
    ) -> JsonValue:
        """A value that is put into an input, in its type; where that is not declared, one that
        `is_written` is a number, true or false if it reads as one. Raises ProofsheetError if the
        input does not allow it."""
        ...

    def input_text(self, name: str) -> str:
        """The text of a file of the input folder. Raises ProofsheetError."""
        ...

    def reading(self, node_id: str, inputs: Mapping[str, Item]) -> Reading: ...


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


def unwrap(value: object) -> JsonValue:
    """A list-valued widget travels as {"__value__": [...]} so that it does not look like a link."""
    if isinstance(value, Mapping) and set(value) == {"__value__"}:
        value = value["__value__"]
    return plain(value)
