"""Savers that would run a sweep a second time, unbatched."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from ...core.errors import ProofsheetError
from ...core.plan.axis_nodes import AXIS_NODES
from ...core.plan.graph import is_link
from ...core.plan.sources import called, nodes_above
from .host_graph import SWEEPS, HostGraph
from .node_classes import class_of


def check(host: HostGraph, links: Mapping[str, object], sources: Container[str]) -> None:
    """Raises ProofsheetError for an output node beside the sweep that a list of one of its axis
    nodes (`sources`) reaches: the host would run it once for each value, and all that stands
    between. One that hangs on the axis node itself only shows its values."""
    above = set(nodes_above(host, links, SWEEPS.__contains__))
    for node_id in host.dynprompt.get_original_prompt():
        node_class = class_of(host.node(node_id)["class_type"])
        if node_id in above or not getattr(node_class, "OUTPUT_NODE", False):
            continue
        for axis_id, nearest in _reached(host, node_id):
            if nearest != node_id and axis_id in sources:
                raise ProofsheetError(
                    f"{called(host, node_id)} hangs on the lists of {called(host, axis_id)} beside "
                    "this sweep: it would run the whole sweep a second time, one by one. Mute or "
                    "delete it; link it to the Contact Sheet, or use Save Frames, to save frames."
                )


def _reached(host: HostGraph, node_id: str) -> Iterator[tuple[str, str]]:
    """Axis nodes whose lists reach a node, each with the node that takes the list."""
    seen: set[str] = set()
    stack = [node_id]
    while stack:
        here = stack.pop()
        for value in host.node(here)["inputs"].values():
            if not is_link(value) or host.node(value[0])["class_type"] in SWEEPS:
                continue
            if host.node(value[0])["class_type"] in AXIS_NODES:
                yield value[0], here
            elif value[0] not in seen:
                seen.add(value[0])
                stack.append(value[0])
