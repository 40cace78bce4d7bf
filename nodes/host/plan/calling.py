"""One node of a cell called as the host calls it, through the host's own helpers.

The only file that touches the host's `execution`: what a node is handed, how it is called and what
its answer means are the host's business and stay there. Messages do not name the node: whoever
runs it does.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, NoReturn

import comfyui_version
import execution
from comfy_execution.graph import DynamicPrompt
from comfy_execution.graph_utils import ExecutionBlocker, GraphBuilder, is_link

from ...core.errors import ProofsheetError
from .node_classes import class_of, hidden_kinds, is_lazy, own_method

Values = dict[str, list[list[Any]]]
"""Node id -> slot -> list of values, as the host keeps them."""

V3_DATA = "v3_data"
HIDDEN_WORDS = (V3_DATA, "hidden_inputs")
"""What the host calls that which a V3 node knows beside its inputs: newer hosts, older ones."""


class Blocked(ProofsheetError):
    """A node handed on an ExecutionBlocker in place of a value."""

    def __init__(self, blocker: ExecutionBlocker) -> None:
        super().__init__(
            f"it was blocked: {blocker.message}" if blocker.message else "it was blocked"
        )


class NewerHost(ProofsheetError):
    """The host calls nodes in a way that is not known here."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            f"ComfyUI {comfyui_version.__version__} calls nodes in a way that this version of "
            f"Proofsheet does not know (no execution.{missing}): update Proofsheet"
        )


@dataclass(frozen=True)
class Given:
    """What the host hands to a node: a list for each input, the inputs whose value is not here,
    and what a V3 node knows beside them, in the host's own shape."""

    inputs: Mapping[str, Any]
    missing: Mapping[str, bool]
    hidden: Any


class Entry(NamedTuple):
    """An entry of the host's cache, as far as it is read."""

    outputs: list[list[Any]]


@dataclass(frozen=True)
class Subject:
    """What is called: a V1 node keeps its state in the object. `follows_prompt`: it looks up nodes
    in the running prompt."""

    node: Any
    node_class: Any
    follows_prompt: bool

    @classmethod
    def of(cls, class_type: str) -> Subject:
        node_class = class_of(class_type)
        kinds = hidden_kinds(node_class).values()
        if "EXECUTION_LIST" in kinds:
            raise ProofsheetError(
                "it asks for the list of nodes that the host is about to run, as loops do, and "
                "a cell of a sweep has none: loops cannot run inside a cell"
            )
        return cls(node_class(), node_class, "DYNPROMPT" in kinds)


@dataclass(frozen=True)
class Caller:
    """Calls the nodes of one run. `evaluate` puts the outputs of a node into `values`, and fails
    where that node fails. It is also asked for nodes that an expansion has added, of which nobody
    else knows: there it evaluates `links(node_id)` and keeps what `call(node_id)` returns. These
    are taken out of `values` again as soon as the expansion is resolved.

    A node is told the id of the user's node that it stands for; only one that follows the running
    prompt (a loop that copies nodes from there) is told its own, which the prompt has.
    """

    dynprompt: DynamicPrompt
    prompt_id: str
    extra_data: Mapping[str, Any]
    evaluate: Callable[[str], Awaitable[None]]
    values: Values
    _subjects: dict[tuple[str, str], Subject] = field(default_factory=dict)
    _added: set[str] = field(default_factory=set)

    def links(self, node_id: str) -> list[str]:
        """The nodes that run before this one, as the host orders them: all but those that only a
        lazy input reads. An input that takes the link itself (`rawLink`) waits for it, too."""
        node = self.dynprompt.get_node(node_id)
        class_type, inputs = node["class_type"], node["inputs"]
        linked = (name for name, value in inputs.items() if is_link(value))
        eager = (name for name in linked if not is_lazy(class_type, name, inputs))
        return list(dict.fromkeys(inputs[name][0] for name in eager))

    def read(self, link: Sequence[Any]) -> list[Any]:
        """The values behind a link. Raises Blocked if one of them is a blocker."""
        found = self._slot(link)
        if blocker := _blocker(found):
            raise Blocked(blocker)
        return found

    def get_cache(self, source: str, _reader: str) -> Entry | None:
        """Asked by the host's get_input_data, which takes this for its list of nodes to run."""
        return Entry(self.values[source]) if source in self.values else None

    async def call(self, node_id: str) -> list[list[Any]]:
        """The outputs of a node whose `links` are in `values`; the lazy ones it asks for are
        evaluated. What it shows is dropped, and so are the savers of its expansion. Raises what
        the node raises, and Blocked if an input is a blocker or nothing but blockers came out; a
        blocker in one output of several counts only where that one is read."""
        subject = self._subject(node_id)
        given = await self._given(node_id, subject)
        returned, is_expansion = await self._returned(node_id, subject, given)
        outputs = returned
        if is_expansion:
            rows = [await self._expanded(node_id, graph, result) for graph, result in returned]
            outputs = helper("merge_result_data")(rows, subject.node_class)
        blockers = [blocker for values in outputs if (blocker := _blocker(values))]
        if blockers and len(blockers) == len(outputs):
            raise Blocked(blockers[0])
        return outputs

    def _subject(self, node_id: str) -> Subject:
        """One for each node of the user's, so that its state goes from cell to cell as it does
        from call to call in the host; a node of an expansion is called once."""
        class_type = self.dynprompt.get_node(node_id)["class_type"]
        if node_id in self._added:
            return Subject.of(class_type)
        key = class_type, self.dynprompt.get_display_node_id(node_id)
        if key not in self._subjects:
            self._subjects[key] = Subject.of(class_type)
        return self._subjects[key]

    async def _given(self, node_id: str, subject: Subject) -> Given:
        """A node's inputs, once it asks for no more of the lazy ones."""
        inputs = self.dynprompt.get_node(node_id)["inputs"]
        display_id = self.dynprompt.get_display_node_id(node_id)
        told_id = node_id if subject.follows_prompt else display_id
        known = (self, self.dynprompt, self.extra_data)
        asked: set[str] = set()
        while True:
            given = handed(subject.node_class, inputs, told_id, *known)
            names = await wanted(subject.node, given, display_id, self.prompt_id)
            if not names:
                return given
            for name in names:
                if name in asked or not is_link(inputs.get(name)):
                    raise ProofsheetError(f"it asks for its input {name}, and nothing is there")
                await self.evaluate(inputs[name][0])
            asked.update(names)

    async def _returned(self, node_id: str, subject: Subject, given: Given) -> tuple[Any, bool]:
        """The outputs; or if the node expands (True), for each of its calls the graph, None for
        none, and the results, values and links."""

        def block(blocker: ExecutionBlocker) -> NoReturn:
            raise Blocked(blocker)

        def number_call(index: int) -> None:
            GraphBuilder.set_default_prefix(node_id, index, 0)

        returned, _, is_expansion, is_pending = await helper("get_output_data")(
            self.prompt_id,
            self.dynprompt.get_display_node_id(node_id),
            subject.node,
            given.inputs,
            execution_block_cb=block,
            pre_execute_cb=number_call,
            **{hidden_word(): given.hidden},
        )
        if is_pending:
            results = await helper("resolve_map_node_over_list_results")(returned)
            returned, _, is_expansion = helper("get_output_from_returns")(
                results, subject.node_class
            )
        return returned, is_expansion

    async def _expanded(self, node_id: str, graph: Any, result: Any) -> tuple[Any, ...]:
        """The result of one call with its links followed. A list behind a link is spread over the
        slots, as the host does it."""
        if graph is None:
            return result
        for new_id, node in graph.items():
            display_id = node.get("override_display_id", node_id)
            self.dynprompt.add_ephemeral_node(new_id, node, node_id, display_id)
        self._added.update(graph)
        try:
            values: list[Any] = []
            for item in result or ():
                if is_link(item):
                    await self.evaluate(item[0])
                values.extend(self._slot(item) if is_link(item) else [item])
            return tuple(values)
        finally:
            self._added.difference_update(graph)
            for new_id in graph:
                self.values.pop(new_id, None)

    def _slot(self, link: Sequence[Any]) -> list[Any]:
        slots = self.values[link[0]]
        if link[1] >= len(slots):
            raise ProofsheetError(f"its output {link[1]} was asked for; it made {len(slots)}")
        return slots[int(link[1])]


def _blocker(values: Sequence[Any]) -> ExecutionBlocker | None:
    return next((value for value in values if isinstance(value, ExecutionBlocker)), None)


# ---- the host's helpers


def helper(name: str) -> Callable[..., Any]:
    """A function of the host's execution.py. Raises ProofsheetError if this host has none."""
    found = getattr(execution, name, None)
    if found is None:
        raise NewerHost(name)
    return found


def hidden_word() -> str:
    parameters = inspect.signature(helper("get_output_data")).parameters
    for word in HIDDEN_WORDS:
        if word in parameters:
            return word
    raise NewerHost(f"get_output_data({'/'.join(HIDDEN_WORDS)})")


def handed(node_class: Any, inputs: Mapping[str, Any], node_id: Any, *known: Any) -> Given:
    """What the host would hand to a node. `known`, in a run: where the values of links are, the
    running prompt and what was posted beside it. Links have no value without."""
    return Given(*helper("get_input_data")(inputs, node_class, node_id, *known))


async def mapped(
    subject: Any, method: str, given: Given, node_id: str, prompt_id: str | None = None
) -> list[Any]:
    """The answers of a node or of its class, one for each element of the lists that it is given.
    With a prompt id it is part of a run, which can be interrupted."""
    results = await helper("_async_map_node_over_list")(
        prompt_id or "",
        node_id,
        subject,
        given.inputs,
        method,
        allow_interrupt=prompt_id is not None,
        **{hidden_word(): given.hidden},
    )
    return await helper("resolve_map_node_over_list_results")(results)


async def wanted(
    subject: Any, given: Given, node_id: str, prompt_id: str | None = None
) -> list[str]:
    """The inputs that a node asks for before it runs, of those whose value is not here."""
    if own_method(subject, "check_lazy_status", "check_lazy_status") is None:
        return []
    if hidden_word() == V3_DATA:  # names of dynamic inputs come with their path
        given = replace(given, hidden={**given.hidden, "create_dynamic_tuple": True})
    answers = await mapped(subject, "check_lazy_status", given, node_id, prompt_id)
    names = (name for answer in answers if isinstance(answer, list) for name in answer)
    is_here = given.inputs.keys() - given.missing.keys()
    return [name for name in dict.fromkeys(names) if isinstance(name, str) and name not in is_here]
