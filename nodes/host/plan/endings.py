"""What a link carries at the end of a graph, and the stock node that saves it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import nodes

from ...core.errors import ProofsheetError
from ...core.plan.graph import Output
from ...core.plan.recipe import SAVE_IMAGE, Ending
from .node_classes import class_of

SAVERS = {"VIDEO": ("SaveVideo", "video"), "AUDIO": ("SaveAudio", "audio")}
PREFIX = "proofsheet"


def ending(made: Output) -> Ending:
    """Raises ProofsheetError for what this host has no saver for."""
    kind = kind_of(made)
    if kind not in SAVERS:
        return SAVE_IMAGE
    saver, name = SAVERS[kind]
    if saver not in nodes.NODE_CLASS_MAPPINGS:
        raise ProofsheetError(f"This ComfyUI has no {saver}: it cannot save what is swept here")
    widgets = {**dict(_widgets(class_of(saver).INPUT_TYPES())), "filename_prefix": PREFIX}
    return Ending(saver, name, widgets)


def kind_of(made: Output) -> str:
    """IMAGE, VIDEO or AUDIO: what the class says, or where it hands anything on, what that is."""
    types = getattr(class_of(made.node.class_type), "RETURN_TYPES", ())
    kind = types[made.slot] if made.slot < len(types) else "*"
    if kind in ("IMAGE", *SAVERS):
        return kind
    kinds = (kind_of(item) for item in made.node.reads().values())
    return next((each for each in kinds if each in SAVERS), "IMAGE")


def _widgets(types: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Every widget at its default, and those that a choice brings with it under its own name."""
    infos = {**types.get("required", {}), **types.get("optional", {})}
    for name, info in infos.items():
        options = info[1] if len(info) > 1 else {}
        listed = info[0] if isinstance(info[0], list) else options.get("options") or [None]
        value = options.get("default", listed[0])
        if isinstance(value, Mapping):
            yield name, value["key"]
            yield from ((f"{name}.{inner}", each) for inner, each in _widgets(value["inputs"]))
        elif value is not None:
            yield name, value
