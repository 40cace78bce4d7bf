"""What a sweep node was asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from comfy_execution.graph import DynamicPrompt

from ...core.limits import EVERY_COMBINATION
from ...core.plan.sources import Read

WIDGETS: Mapping[str, Any] = {
    "axes": "",
    "combine": EVERY_COMBINATION,
    "batch_size": 0,
    "make": "all",
}
"""Of the sweep nodes, and what they are where a program leaves them out."""


@dataclass(frozen=True)
class Request:
    """One run of a sweep node: where it stands in the graph, and its widgets' values. `read` is
    what the host was asked for so far."""

    dynprompt: DynamicPrompt
    node_id: str
    widgets: Mapping[str, Any]
    read: Read = field(default_factory=dict)
