"""The running prompt, as core/plan asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from comfy_execution.graph import DynamicPrompt

from ...core import node_ids
from ...core.errors import ProofsheetError
from ...core.grammar.input_types import WIDGETS, InputType, typed
from ...core.plan.graph import Item, JsonValue, Kind, Literal, Reading, plain
from ...core.plan.sources import called
from . import asking, input_files
from .fingerprints import file_fingerprints
from .node_classes import class_of, declared_names, input_type, is_lazy, passes
from .wildcards import WildcardLists

ROWS = "(rows)"
"""The rows of a Sweep Sampler's latents, as if a node put out their numbers."""

LAST_ROW = 63  # the highest row that LatentFromBatch takes from a workflow

SWEEPS = frozenset({node_ids.SWEEP, node_ids.SWEEP_SAMPLER})

STANDING = SWEEPS | {node_ids.CONTACT_SHEET}
"""Their fingerprint says that they must look at the store again, not that they make another."""

OF_FRAMES = STANDING | {node_ids.UNPACK_FRAMES}
"""What comes out of these hangs on the store, and what stands above them is another sweep's."""


class HostGraph:
    """Answers the questions of core/plan/graph.Host. `virtual` are nodes that stand in no prompt:
    those that a Sweep Sampler stands for, under its own id and a word."""

    def __init__(self, dynprompt: DynamicPrompt) -> None:
        self.dynprompt = dynprompt
        self.wildcards = WildcardLists()
        self.virtual: dict[str, Mapping[str, Any]] = {}
        self._kinds: dict[str, Kind] = {}
        self._taken: dict[str, tuple[str, ...]] = {}
        self._lazy: dict[str, frozenset[str]] = {}
        self._types: dict[tuple[str, str], InputType] = {}
        self._files: dict[tuple[str, str], tuple[Mapping[str, str], bool]] = {}

    def node(self, node_id: str) -> Mapping[str, Any]:
        return self.virtual.get(node_id) or self.dynprompt.get_node(node_id)

    def real(self, node_id: str) -> str:
        """The node of the user's that it stands for."""
        return self.virtual[node_id]["of"] if node_id in self.virtual else node_id

    def kind(self, class_type: str) -> Kind:
        if class_type == ROWS:
            return Kind(list_outputs=(True,))
        if class_type not in self._kinds:
            node_class = class_of(class_type)
            lists = tuple(getattr(node_class, "OUTPUT_IS_LIST", None) or ())
            takes_lists = bool(getattr(node_class, "INPUT_IS_LIST", False))
            handed_on = {} if class_type in STANDING else passes(class_type)
            self._kinds[class_type] = Kind(takes_lists, lists, handed_on)
        return self._kinds[class_type]

    def taken(self, node_id: str) -> Sequence[str]:
        if node_id not in self._taken:
            node = self.node(node_id)
            written = node["inputs"]
            self._taken[node_id] = asking.taken(node["class_type"], written) if written else ()
        return self._taken[node_id]

    def unwraps(self, node_id: str, name: str) -> bool:
        node = self.node(node_id)
        return name in declared_names(class_of(node["class_type"]), node["inputs"])

    def lazy(self, node_id: str) -> frozenset[str]:
        if node_id not in self._lazy:
            class_type, inputs = self.node(node_id)["class_type"], self.node(node_id)["inputs"]
            names = (n for n in self.taken(node_id) if is_lazy(class_type, n, inputs))
            self._lazy[node_id] = frozenset(names)
        return self._lazy[node_id]

    def asked(self, node_id: str, inputs: Mapping[str, Item]) -> frozenset[str] | None:
        return asking.asked(self.node(node_id)["class_type"], node_id, written(inputs))

    def is_alike(self, node_id: str, name: str, other: str) -> bool:
        return self._declared(node_id, name)[0] == self._declared(node_id, other)[0]

    def is_optional(self, node_id: str, name: str) -> bool:
        return bool(self._declared(node_id, name)[1].get("optional"))

    def typed(
        self, node_id: str, name: str, value: JsonValue, is_written: bool = False
    ) -> JsonValue:
        if name == "batch_index" and node_id in self.virtual:
            return value  # rows that no workflow can name are cut all the same
        class_type, inputs = self.node(node_id)["class_type"], self.node(node_id)["inputs"]
        where = f"{called(self, node_id)}: {name}"
        kind = self.input_type(node_id, name)
        found: JsonValue = value
        try:
            if is_written or kind.type in WIDGETS:
                found = plain(typed(value, kind))
        except ProofsheetError as error:
            raise ProofsheetError(f"{where}: {error}") from None
        if wrong := asking.validate(class_type, name, found, inputs):
            raise ProofsheetError(f"{where} is {repr(value)[:80]}; {wrong}")
        return found

    def input_text(self, name: str) -> str:
        return input_files.text(name)

    def input_type(self, node_id: str, name: str) -> InputType:
        """What an input takes, as its class declares it."""
        if (node_id, name) not in self._types:
            kind, options = self._declared(node_id, name)
            is_open = asking.checks_itself(self.node(node_id)["class_type"], name)
            found = InputType(str(kind), options.get("min"), options.get("max"), is_open=is_open)
            if isinstance(kind, list | tuple) or kind == "COMBO":
                listed = kind if isinstance(kind, list | tuple) else options.get("options") or ()
                found = InputType("COMBO", choices=tuple(listed), is_open=is_open)
            self._types[node_id, name] = found
        return self._types[node_id, name]

    def _declared(self, node_id: str, name: str) -> tuple[Any, dict[str, Any]]:
        node = self.node(node_id)
        return input_type(node["class_type"], name, node["inputs"])

    def reading(self, node_id: str, inputs: Mapping[str, Item]) -> Reading:
        files: dict[str, JsonValue] = {}
        is_certain = True
        for name, item in inputs.items():
            if isinstance(item, Literal) and isinstance(item.value, str):
                known = (name, item.value)
                if known not in self._files:
                    self._files[known] = file_fingerprints({name: item.value})
                found, sure = self._files[known]
                files.update(found)
                is_certain = is_certain and sure
        row = inputs.get("batch_index")
        is_far = isinstance(row, Literal) and isinstance(row.value, int) and row.value > LAST_ROW
        exact = not (is_far and node_id in self.virtual)
        class_type = self.node(node_id)["class_type"]
        changed = None
        if class_type not in STANDING:
            changed = asking.fingerprint(class_type, self.real(node_id), written(inputs))
        if changed is None or class_type == node_ids.PROMPT_BATCH and changed.answers == [""]:
            return Reading(files, not is_certain, exact)
        answers: list[JsonValue] = [
            v if isinstance(v, str | int | bool | None) else repr(v) for v in changed.answers
        ]
        files["changed"] = "NaN" if changed.volatile else answers
        return Reading(files, changed.volatile, exact)


def written(inputs: Mapping[str, Item]) -> dict[str, Any]:
    """Inputs as a prompt has them: values, and links to nodes by their keys."""
    return {
        name: item.value if isinstance(item, Literal) else [item.node.key, item.slot]
        for name, item in inputs.items()
    }
