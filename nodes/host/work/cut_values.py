"""The values of the nodes of cuts: made when they are asked for, let go when nothing needs them."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import comfy.model_management as management

from ...core.errors import ProofsheetError
from ...core.plan.graph import Item, Literal, Node, Output
from ...core.plan.sources import Link, called
from ..plan.calling import Caller, Values
from ..plan.node_classes import input_type
from ..plan.sweep_plan import Plan
from ..sampling.failures import describe, is_oom, without_frames

log = logging.getLogger("proofsheet")


class CellFailed(ProofsheetError):
    """A node of a cell failed: so does every cell that needs it."""


class Carried(NamedTuple):
    """What nodes are told beside their inputs: the run, and what was posted with it."""

    prompt_id: str
    extra_data: Mapping[str, Any]


class CutValues:
    """`given`: the values that arrived at the Runner, by link. Every other node of the cuts gets an
    id in the running prompt, used again once its value is gone. `show` is told which node of the
    user's runs."""

    def __init__(
        self,
        plan: Plan,
        node_id: str,
        given: Mapping[Link, list[Any]],
        show: Callable[[str], None],
        carried: Carried,
    ) -> None:
        self.plan = plan
        self.show = show
        self.node_id = node_id
        self.dynprompt = plan.host.dynprompt
        self.given = frozenset(given)
        self.held: Values = {}
        self.ids: dict[str, str] = {}
        self.nodes: dict[str, Node] = {}
        self.readers: Counter[str] = Counter()
        self.cells: Counter[str] = Counter()
        self.failed: dict[str, str] = {}
        self.done: set[str] = set()
        self.caller = Caller(self.dynprompt, *carried, self.evaluate, self.held)
        self._unused: list[str] = []
        self._floats: dict[tuple[str, str], bool] = {}
        for link, values in given.items():
            self._put(link.node_id, link.slot, values)
        elements = (e for source in plan.cuts.sources.values() for e in source.elements.items())
        self.elements = {key: element for key, element in elements if element.link in given}
        for key, (link, index) in self.elements.items():
            self._put(key, int(key.rpartition(":")[2]), [given[link][index]])

    def _put(self, node_id: str, slot: int, values: list[Any]) -> None:
        slots = self.held.setdefault(node_id, [])
        slots.extend([] for _ in range(slot + 1 - len(slots)))
        slots[slot] = values

    def is_given(self, item: Item) -> bool:
        """Whether the host has made it, or nobody has to."""
        if isinstance(item, Literal) or item.key in self.elements:
            return True
        return Link(self.plan.cuts.fixed.get(item.node.key, ""), item.slot) in self.given

    def below(self, root: Node, lazily: bool = True) -> list[Node]:
        """The nodes that the Runner makes for a cell, each after those it reads; without those
        that only a lazy input reaches, unless they may be asked for, too."""
        needed = {root.key}
        for node in reversed(root.order):
            if node.key in needed:
                needed.update(item.node.key for item in self.reads(node, lazily))
        return [node for node in root.order if node.key in needed]

    def reads(self, node: Node, lazily: bool = True) -> list[Output]:
        lazy = () if lazily else self.plan.host.lazy(self.plan.cuts.origin[node.key])
        reads = node.reads().items()
        return [item for n, item in reads if n not in lazy and not self.is_given(item)]

    def expect(self, cells: Iterable[Sequence[Output]]) -> None:
        """What the cells of the run will need: the outputs that each of them keeps."""
        seen: set[str] = set()
        for kept in cells:
            for item in kept:
                if self.is_given(item):
                    continue
                self.readers[item.node.key] += 1
                for node in self.below(item.node):
                    self.cells[node.key] += 1
                    if node.key not in seen:
                        seen.add(node.key)
                        self.readers.update({i.node.key for i in self.reads(node)})

    def reference(self, item: Item) -> Any:
        """An input as the running prompt has it."""
        if isinstance(item, Literal):
            return item.value
        if item.key in self.elements:
            return [item.key, item.slot]
        if self.is_given(item):
            return [self.plan.cuts.fixed[item.node.key], item.slot]
        return [self._id(item.node), item.slot]

    def _id(self, node: Node) -> str:
        for each in () if node.key in self.ids else self.below(node):
            if each.key not in self.ids:
                number = len(self.nodes)
                new = self._unused.pop() if self._unused else f"{self.node_id}.cell.{number}"
                self.ids[each.key] = new
                self.nodes[new] = each
                inputs = {n: self._input(each, n, item) for n, item in each.inputs.items()}
                written = {"class_type": each.class_type, "inputs": inputs}
                self.dynprompt.add_ephemeral_node(new, written, self.node_id, self.display(each))
        return self.ids[node.key]

    def _input(self, node: Node, name: str, item: Item) -> Any:
        """As the host would hand it over: 7 is 7.0 where a node takes a FLOAT."""
        value = self.reference(item)
        known = (node.class_type, name)
        if type(value) is not int:
            return value
        if known not in self._floats:
            self._floats[known] = input_type(*known, node.literals())[0] == "FLOAT"
        return float(value) if self._floats[known] else value

    def display(self, node: Node) -> str:
        """The node of the user's that it was made from."""
        origin = self.plan.cuts.origin.get(node.key, "")
        return self.dynprompt.get_display_node_id(self.plan.host.real(origin))

    async def input(self, node: Node, name: str) -> list[Any]:
        """What the host would hand to a node's input."""
        item = node.inputs[name]
        if isinstance(item, Output):
            return await self.value(item)
        return [self._input(node, name, item)]

    async def value(self, item: Output) -> list[Any]:
        """The list that the host would hand on: of one element, unless a node makes lists. Raises
        CellFailed, and the host's interrupt."""
        node_id, slot = self.reference(item)
        await self.evaluate(node_id)
        try:
            return self.caller.read([node_id, slot])
        except ProofsheetError as error:  # blocked
            raise CellFailed(self.blamed(item.node, str(error))) from None

    def is_made(self, node: Node) -> bool:
        """Whether it ran: its value may be gone again, if all that read it ran, too."""
        return node.key in self.done

    async def evaluate(self, node_id: str) -> None:
        if node_id in self.held:
            return
        node = self.nodes.get(node_id)
        if node is None:  # of an expansion
            for link in self.caller.links(node_id):
                await self.evaluate(link)
            self.held[node_id] = await self.caller.call(node_id)
            return
        for each in self.below(node, lazily=False):
            if each.key in self.failed:
                raise CellFailed(self.failed[each.key])
            if each.key not in self.done:
                try:
                    self.put(each, await self._call(self._id(each), each))
                except CellFailed as error:
                    self.failed[each.key] = str(error)
                    raise

    async def _call(self, node_id: str, node: Node) -> list[list[Any]]:
        """Run one node; on a memory shortage once more."""
        management.throw_exception_if_processing_interrupted()
        self.show(self.display(node))
        for is_last in (False, True):
            try:
                return await self.caller.call(node_id)
            except (CellFailed, management.InterruptProcessingException):
                raise
            except Exception as error:
                log.debug("a node failed", exc_info=True)
                if is_last or not is_oom(error):
                    raise CellFailed(self.blamed(node, describe(without_frames(error)))) from None
            management.soft_empty_cache()
        raise AssertionError

    def blamed(self, node: Node, message: str) -> str:
        """The message with the node it is about; a Sweep Sampler's own is its own business."""
        origin = self.plan.cuts.origin.get(node.key, "")
        if origin in self.plan.host.virtual or not origin:
            return message
        return f"{called(self.plan.host, origin)}: {message}"

    def put(self, node: Node, outputs: list[list[Any]]) -> None:
        """What a node put out; what it read is let go, if nothing else needs it."""
        self.held[self._id(node)] = outputs
        self.done.add(node.key)
        for key in {item.node.key for item in self.reads(node)}:
            self.readers[key] -= 1
            if not self.readers[key]:
                self._drop(key)

    def leave(self, kept: Sequence[Output]) -> None:
        """A cell is finished: nothing of it stays that no other cell needs."""
        for item in kept:
            if not self.is_given(item):
                for node in self.below(item.node):
                    self.cells[node.key] -= 1
                    if not self.cells[node.key]:
                        self._drop(node.key)

    def _drop(self, key: str) -> None:
        if (node_id := self.ids.get(key)) in self.held:
            del self.held[node_id]
        if not self.cells[key] and node_id is not None:
            del self.ids[key], self.nodes[node_id]
            self._unused.append(node_id)
