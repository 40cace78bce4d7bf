"""Cuts: the graph above a link with one value for everything that varies.

Lists are never followed: an axis is a variable, and each cell puts one of its values in. So two
axes whose links meet are multiplied wherever that is, and a cut is what one run alone would be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from .axis_nodes import AXIS_NODES
from .graph import Host, Item, Literal, Node, Output, Place, is_link, plain, unwrap
from .put_values import PutValues
from .sources import Link, Read, Source, Unread, axis_source, check_slot, list_source, primitive

Follow = Callable[[str, int], Source | None]
"""The source of a node that needs more than the graph to be followed; None: it is an ordinary
one. Raises Unread if the host must be asked first."""

Target = tuple[str, str]
"""An input: node id and name. Of a hole in a template the name is `{animal}`, braces and all."""

STAND_IN: Item = Output(Node("", {}), 0)
"""In the place of what a link carries, where only that matters."""


class Cuts:
    """Finds the axes above links, then cuts. `lines`: the sources that an *axes* text gives, whose
    items are those of the inputs it names. When found: `sources` by key, in the order in which they
    are met, and their `targets`, the inputs they feed. When cut: which node of the user's a node
    was made from (`origin`), and those that no axis reaches (`fixed`), by their keys."""

    def __init__(
        self, host: Host, follow: Follow, read: Read, lines: Mapping[str, Source] | None = None
    ) -> None:
        self.host = host
        self.follow = follow
        self.read = read
        self.lines = lines or {}
        self.addressed: dict[Target, str] = {
            target: key for key, source in self.lines.items() for target in source.items
        }
        self.holes: dict[str, dict[str, str]] = {}
        for (node_id, name), key in self.addressed.items():
            if name.startswith("{"):
                self.holes.setdefault(node_id, {})[name] = key
        self.sources: dict[str, Source] = {}
        self.targets: dict[str, list[Target]] = {}
        self.origin: dict[str, str] = {}
        self.fixed: dict[str, str] = {}
        self.unread: dict[Link, None] = {}
        self._met: dict[tuple[str, bool], tuple[str, ...]] = {}
        self._steps: list[tuple[str, bool]] = []
        self._made: dict[tuple[Any, ...], Node] = {}
        self._wholes: dict[str, Node] = {}
        self._shared: dict[tuple[str, bool], tuple[dict[str, Item], tuple[str, ...]]] = {}
        self._filled_sources: dict[tuple[str, ...], Source] = {}
        self._values = PutValues(host)
        self._answers: dict[tuple[Any, ...], frozenset[str] | None] = {}

    def find(self, links: Mapping[str, object], node_id: str = "") -> None:
        """Find every axis above these inputs of a node. Raises Unread with all that the host must
        be asked for first."""
        for name, value in links.items():
            self._depends(node_id, name, value, collected=False)
        for key, source in self.lines.items():
            self.sources.setdefault(key, source)
        self._steps = list(self._met)
        if self.unread:
            raise Unread(tuple(self.unread))

    def item(self, value: object, place: Place) -> Item:
        """What a link carries in one cell."""
        for node_id, collected in self._steps:  # each after those it reads: no deep recursion
            self._node(node_id, place, collected)
        self._steps = [made for made in self._steps if self._met[made]]
        return self._item(value, place, collected=False)

    # ---- which axes a value depends on, in the order in which they are met

    def _depends(self, node_id: str, name: str, value: object, collected: bool) -> tuple[str, ...]:
        if key := self.addressed.get((node_id, name)):
            self._meet(key, self.lines[key], (node_id, name))
            return (key,)
        value = self._plain(value)
        if not is_link(value):
            return ()
        try:
            found = self._source(value[0], int(value[1]), collected)
        except Unread as error:
            self.unread.update(dict.fromkeys(error.links))
            return ()
        if found:
            self._meet(*found, (node_id, name))
            holes = self.holes.get(value[0], {})
            for hole, key in holes.items():
                self._meet(key, self.lines[key], (value[0], hole))
            return (found[0], *holes.values())
        return self._node_depends(value[0], collected or self._is_list(*value))

    def _meet(self, key: str, source: Source, target: Target) -> None:
        known = self.sources.setdefault(key, source)
        if source is not known:  # another slot of the same node
            items, elements = {**known.items, **source.items}, {**known.elements, **source.elements}
            self.sources[key] = replace(known, items=items, elements=elements)
        targets = self.targets.setdefault(key, [])
        if target not in targets:
            targets.append(target)

    def _source(self, node_id: str, slot: int, collected: bool) -> tuple[str, Source] | None:
        class_type = self.host.node(node_id)["class_type"]
        if known := self._known(node_id, slot, collected):
            return node_id, known
        if class_type in AXIS_NODES:
            filled = self._filled(node_id, dict.fromkeys(self.lines, 0))
            check_slot(self.host, node_id, filled, slot)
            return node_id, filled
        if found := self.follow(node_id, slot):
            return node_id, found
        if collected or not self._is_list(node_id, slot):
            return None
        if self._node_depends(node_id, collected=True):
            return None  # it differs from cell to cell: a frame holds all that comes of it
        link = Link(node_id, slot)
        return node_id, list_source(self.host, link, self.whole(node_id), self.read)

    def _is_list(self, node_id: str, slot: float) -> bool:
        return self.host.kind(self.host.node(node_id)["class_type"]).is_list(int(slot))

    def _filled(self, node_id: str, place: Place) -> Source:
        """An axis node with its holes filled as in one cell."""
        holes = self.holes.get(node_id, {})
        texts = {n: self.lines[key].at((node_id, n), place[key]) for n, key in holes.items()}
        known = (node_id, *(item.key for item in texts.values()))
        if known not in self._filled_sources:
            values = {n[1:-1]: str(i.value) for n, i in texts.items() if isinstance(i, Literal)}
            self._filled_sources[known] = axis_source(self.host, node_id, self.read, values)
        return self._filled_sources[known]

    def _known(self, node_id: str, slot: int, collected: bool) -> Source | None:
        source = self.sources.get(node_id)
        is_one = source and slot in source.items and not (collected and source.is_list)
        return source if is_one else None

    def _node_depends(self, node_id: str, collected: bool) -> tuple[str, ...]:
        if (node_id, collected) not in self._met:
            node = self.host.node(node_id)
            inside = collected or self.host.kind(node["class_type"]).takes_lists
            found: dict[str, None] = {}
            for name in self._taken(node_id):
                value = node["inputs"][name]
                found.update(dict.fromkeys(self._depends(node_id, name, value, inside)))
            self._met[node_id, collected] = tuple(found)
        return self._met[node_id, collected]

    def _taken(self, node_id: str) -> list[str]:
        """Its inputs without lazy ones that it surely does not ask for, whatever the cell."""
        taken, lazy = list(self.host.taken(node_id)), self.host.lazy(node_id)
        written = self.host.node(node_id)["inputs"]
        if not lazy:
            return taken
        inputs: dict[str, Item] = {}
        for name in taken:
            if (node_id, name) in self.addressed:
                return taken
            value = written[name] if name in lazy else self._plain(written[name])
            inputs[name] = STAND_IN if is_link(value) else self._literal(node_id, name, value)
        asked = self._asked(node_id, inputs)
        if asked is None:
            return taken
        return [name for name in taken if not self._is_left_out(node_id, name, inputs, asked)]

    def _asked(self, node_id: str, inputs: Mapping[str, Item]) -> frozenset[str] | None:
        """The lazy inputs that it asks for: of those that are linked, whatever comes over them."""
        written, lazy = self.host.node(node_id)["inputs"], self.host.lazy(node_id)
        given = {**inputs, **{name: STAND_IN for name in lazy if is_link(written[name])}}
        known = (node_id, *((name, item.key) for name, item in given.items()))
        if known not in self._answers:
            self._answers[known] = self.host.asked(node_id, given)
        return self._answers[known]

    def _is_left_out(
        self, node_id: str, name: str, inputs: Mapping[str, Item], asked: frozenset[str]
    ) -> bool:
        """Whether a branch that is not taken may be empty, or the one that is may stand in."""
        if name in asked or name not in self.host.lazy(node_id):
            return False
        others = any(self.host.is_alike(node_id, name, other) for other in asked)
        return isinstance(inputs[name], Output) and (others or self.host.is_optional(node_id, name))

    def _plain(self, value: object) -> object:
        """What primitives say, unless an axis says it."""
        while is_link(value) and (value[0], "value") not in self.addressed:
            if (inner := primitive(self.host, value)) is value:
                break
            value = inner
        return value

    # ---- the cut itself

    def _item(self, value: object, place: Place, collected: bool) -> Item:
        value = self._plain(value)
        if not is_link(value):
            return Literal(unwrap(value))
        node_id, slot = value[0], int(value[1])
        if source := self._known(node_id, slot, collected):
            source = self._filled(node_id, place) if node_id in self.holes else source
            return source.at(slot, place[node_id])
        if primitive(self.host, value) is not value:
            return self._input(node_id, "value", place, collected)
        node = self.host.node(node_id)
        kind = self.host.kind(node["class_type"])
        if slot in kind.passes and kind.passes[slot] in node["inputs"]:
            return self._input(node_id, kind.passes[slot], place, collected)
        return Output(self._node(node_id, place, collected or kind.is_list(slot)), slot)

    def _input(self, node_id: str, name: str, place: Place, collected: bool) -> Item:
        if key := self.addressed.get((node_id, name)):
            return self.lines[key].at((node_id, name), place[key])
        value = self._plain(self.host.node(node_id)["inputs"][name])
        if not is_link(value):
            return self._literal(node_id, name, value)
        item = self._item(value, place, collected)
        if not isinstance(item, Literal):
            return item
        source = self.sources.get(value[0])
        fault = source.fault_at(int(value[1]), place[value[0]]) if source else None
        return self._values.put(node_id, name, item, fault)

    def _literal(self, node_id: str, name: str, value: object) -> Literal:
        """A written value. What is undeclared the node is handed as it is, wrapping and all."""
        found = unwrap(value)
        if isinstance(found, list) and not self.host.unwraps(node_id, name):
            return Literal(plain(value), is_bare=True)
        return Literal(found)

    def _node(self, node_id: str, place: Place, collected: bool) -> Node:
        depends = self._node_depends(node_id, collected)
        made = (node_id, collected, *[place[key] for key in depends])
        if made not in self._made:
            class_type = self.host.node(node_id)["class_type"]
            inside = collected or self.host.kind(class_type).takes_lists
            same, varying = self._inputs(node_id, inside)
            inputs = {**same, **{n: self._input(node_id, n, place, inside) for n in varying}}
            if self.host.lazy(node_id):
                inputs = self._without_untaken(node_id, inputs)
            reading = self.host.reading(node_id, inputs)
            found = Node(class_type, inputs, reading.fingerprints, reading.exact, reading.volatile)
            self._made[made] = found
            self.origin.setdefault(found.key, node_id)
            if not depends:
                self.fixed.setdefault(found.key, node_id)
                _ = found.order  # remembered there: all cells share it
        return self._made[made]

    def _inputs(self, node_id: str, inside: bool) -> tuple[dict[str, Item], tuple[str, ...]]:
        """Its inputs that are the same in every cell, and the names of the others."""
        if (node_id, inside) not in self._shared:
            written = self.host.node(node_id)["inputs"]
            taken = self._taken(node_id)
            varying = [n for n in taken if self._depends(node_id, n, written[n], inside)]
            same = {n: self._input(node_id, n, {}, inside) for n in taken if n not in varying}
            never = {n: STAND_IN for n in self.host.taken(node_id) if n not in taken}
            self._shared[node_id, inside] = {**same, **never}, tuple(varying)
        return self._shared[node_id, inside]

    def _without_untaken(self, node_id: str, inputs: dict[str, Item]) -> dict[str, Item]:
        """Without the branches that this cell does not take. An input that must not be empty gets
        the branch that is taken instead, where that fits; else it stays as it is."""
        lazy = self.host.lazy(node_id) & {n for n, i in inputs.items() if isinstance(i, Output)}
        asked = self._asked(node_id, inputs) if lazy else None
        if asked is None:
            return inputs
        found = dict(inputs)
        for name in lazy:
            if self._is_left_out(node_id, name, inputs, asked):
                del found[name]
                if not self.host.is_optional(node_id, name):
                    alike = (o for o in sorted(asked) if self.host.is_alike(node_id, name, o))
                    found[name] = inputs[next(alike)]
        return found

    def whole(self, node_id: str) -> Node:
        """The graph above and with this node as it stands, lists and all."""
        if node_id not in self._wholes:
            node = self.host.node(node_id)
            inputs: dict[str, Item] = {
                name: Output(self.whole(value[0]), int(value[1]))
                if is_link(value)
                else self._literal(node_id, name, value)
                for name, value in ((n, node["inputs"][n]) for n in self.host.taken(node_id))
            }
            reading = self.host.reading(node_id, inputs)
            self._wholes[node_id] = Node(
                node["class_type"], inputs, reading.fingerprints, False, reading.volatile
            )
        return self._wholes[node_id]
