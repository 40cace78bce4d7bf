"""What a sweep node was asked to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from comfy_execution.graph import DynamicPrompt

from ...core.plan.graph import Host, is_link
from ...core.plan.sources import Link, Read, Unread, primitive

WIDGETS: Mapping[str, Any] = {
    "axes": "",
    "combine": "every combination",
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


def widget(request: Request, host: Host, value: Any) -> Any:
    """What another sweep node's widget is given. Raises Unread if only the host can tell."""
    while is_link(value):
        link = Link(value[0], int(value[1]))
        if link in request.read:
            return request.read[link][0]
        if (inner := primitive(host, value)) is value:
            raise Unread([link])
        value = inner
    return value
