"""What the host's node classes say of themselves, V1 and V3 alike."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

import nodes
from comfy_api.internal import _ComfyNodeInternal, first_real_override
from comfy_api.latest import _io
from comfy_execution.graph import DynamicPrompt, TopologicalSort, get_input_info

from ...core.errors import ProofsheetError


def class_of(class_type: str) -> Any:
    found = nodes.NODE_CLASS_MAPPINGS.get(class_type)
    if found is None:
        raise ProofsheetError(f"ComfyUI has no node {class_type!r}: install the pack it is from")
    return found


def own_method(subject: Any, v1: str, v3: str) -> str | None:
    """The name of the method by which a node, or its class, answers a question of the host's;
    None if it has none of its own."""
    node_class = subject if inspect.isclass(subject) else type(subject)
    if not issubclass(node_class, _ComfyNodeInternal):
        return v1 if getattr(subject, v1, None) is not None else None
    return v3 if first_real_override(node_class, v3) is not None else None


def hidden_kinds(node_class: Any) -> dict[str, Any]:
    """What a class asks of the host beside its inputs: UNIQUE_ID, PROMPT, ..., by its own names."""
    hidden = node_class.INPUT_TYPES().get("hidden") or {}
    return {name: kind if isinstance(kind, str) else kind[0] for name, kind in hidden.items()}


def declared(node_class: Any, inputs: Mapping[str, Any]) -> Any:
    """INPUT_TYPES; for a V3 class those of a node with these inputs, as newer hosts have it: rows
    that it grows, and the widgets of what is chosen."""
    types = node_class.INPUT_TYPES()
    finalize = getattr(_io, "get_finalized_class_inputs", None)
    if finalize is None or not issubclass(node_class, _ComfyNodeInternal):
        return types
    return finalize(types, inputs)[0]


def declared_names(node_class: Any, inputs: Mapping[str, Any]) -> list[str]:
    """The inputs that a class lists, in their order."""
    types = declared(node_class, inputs)
    groups = [types.get(group) for group in ("required", "optional")]
    # What only says yes to any name need not be a dict, and may never end.
    names = (name for group in groups if isinstance(group, Mapping) for name in group)
    return list(dict.fromkeys(names))


def input_type(class_type: str, name: str, inputs: Mapping[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The type and the options of an input of a node with these inputs. The type of older combos
    is the list of choices; None if the class does not declare it. The options say `optional` of
    one that may be left out."""
    node_class = class_of(class_type)
    kind, category, options = get_input_info(node_class, name, declared(node_class, inputs))
    if category not in ("required", "optional"):
        return None, {}
    return kind, {**(options or {}), "optional": category == "optional"}


def is_lazy(class_type: str, name: str, inputs: Mapping[str, Any]) -> bool:
    """Whether the host runs what is linked there only if the node asks for it. The host's own
    scheduling is asked: some classes answer by who calls them."""
    prompt = DynamicPrompt({"": {"class_type": class_type, "inputs": inputs}})
    _, _, options = TopologicalSort(prompt).get_input_info("", name)
    return isinstance(options, Mapping) and bool(options.get("lazy"))


def passes(class_type: str) -> dict[int, str]:
    """The input that each output hands on, of the host's own savers and previews."""
    node_class = class_of(class_type)
    module = getattr(node_class, "RELATIVE_PYTHON_MODULE", None) or "nodes"
    is_stock = module == "nodes" or module.startswith("comfy_extras.")
    if not getattr(node_class, "OUTPUT_NODE", False) or not is_stock:
        return {}
    types = node_class.INPUT_TYPES()
    groups = (types.get(group, {}) for group in ("required", "optional"))
    taken = {name: info[0] for group in groups for name, info in group.items()}
    found: dict[int, str] = {}
    for slot, kind in enumerate(getattr(node_class, "RETURN_TYPES", ()) or ()):
        same = [name for name, of in taken.items() if of == kind and name not in found.values()]
        if same:
            found[slot] = same[0]
    return found
