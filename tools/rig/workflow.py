"""Workflow files as the browser saves them, turned into the graph that POST /prompt takes.

A saved node lists its widgets' values by position. Their names come from the running host
(/object_info); a seed widget is followed by one more value, what to do with it after a run.
Muted nodes go, with the outputs that need them; bypassed ones pass on their first input of the
same type; reroutes and primitives, which live in the browser only, dissolve.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

MUTED, BYPASSED = 2, 4
NOTES = {"Note", "MarkdownNote"}
WIDGETS = {"INT", "FLOAT", "STRING", "BOOLEAN", "COMBO"}
AFTER_GENERATE = {"fixed", "increment", "decrement", "randomize"}
SEEDS = {"seed", "noise_seed"}  # the browser gives these the extra widget unasked

Node = dict[str, Any]
Source = tuple[str, Any]  # ("link", [node id, output]) or ("value", what a primitive holds)


def to_prompt(workflow: dict[str, Any], object_info: dict[str, Any]) -> dict[str, Any]:
    """The API graph of a workflow file; raises ValueError on what only the browser can do."""
    return _Workflow(workflow, object_info).prompt()


@dataclass(frozen=True)
class _Link:
    node: int
    output: int


class _Workflow:
    def __init__(self, workflow: dict[str, Any], object_info: dict[str, Any]):
        self.nodes: dict[int, Node] = {node["id"]: node for node in workflow["nodes"]}
        self.links = {link[0]: _Link(link[1], link[2]) for link in workflow["links"]}
        self.object_info = object_info

    def prompt(self) -> dict[str, Any]:
        graph = {str(node["id"]): self.api_node(node) for node in self.running()}
        return {node: one for node, one in graph.items() if one is not None}

    def running(self) -> Iterator[Node]:
        for node in self.nodes.values():
            kind = node["type"]
            if kind in NOTES | {"Reroute", "PrimitiveNode"} or _mode(node) in (MUTED, BYPASSED):
                continue
            if kind not in self.object_info:
                raise ValueError(f"this host has no node {kind!r} (node {node['id']})")
            yield node

    def api_node(self, node: Node) -> dict[str, Any]:
        inputs = dict(named_values(node, self.object_info[node["type"]]))
        for slot in node.get("inputs") or []:
            source = self.source(slot.get("link"))
            if source is not None:
                inputs[slot["name"]] = source[1]
        title = node.get("title") or self.object_info[node["type"]]["display_name"]
        return {"class_type": node["type"], "inputs": inputs, "_meta": {"title": title}}

    def source(self, link: int | None) -> Source | None:
        """What feeds a link, past everything that does not run; None where nothing does."""
        if link is None or link not in self.links:
            return None
        at = self.links[link]
        node = self.nodes[at.node]
        if node["type"] == "PrimitiveNode":
            return "value", node["widgets_values"][0]
        if node["type"] == "Reroute":
            return self.source(node["inputs"][0].get("link"))
        if _mode(node) == BYPASSED:
            return self.source(_passed_on(node, at.output))
        if _mode(node) == MUTED:
            return None
        return "link", [str(at.node), at.output]


def _mode(node: Node) -> int:
    return node.get("mode", 0)


def _passed_on(node: Node, output: int) -> int | None:
    """The link that a bypassed node passes on: the input beside the output, else the first."""
    kind = node["outputs"][output]["type"]
    inputs = node.get("inputs") or []
    beside = inputs[output : output + 1]
    same = [slot for slot in [*beside, *inputs] if slot["type"] == kind]
    return same[0].get("link") if same else None


def named_values(node: Node, info: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The widgets of a saved node with their names, as POST /prompt takes them."""
    saved = node.get("widgets_values") or []
    if isinstance(saved, dict):
        names = {name for name, _, _ in _widgets(info)}
        yield from ((name, _plain(value)) for name, value in saved.items() if name in names)
        return
    left = list(saved)
    for name, kind, options in _widgets(info):
        if not left:
            if "default" in options:
                yield name, options["default"]
            continue
        yield name, _plain(left.pop(0))
        if left and _has_after_generate(name, kind, options) and left[0] in AFTER_GENERATE:
            left.pop(0)


def _widgets(info: dict[str, Any]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
    for part in ("required", "optional"):
        for name in info["input_order"].get(part, []):
            kind, *rest = info["input"][part][name]
            options = rest[0] if rest else {}
            if (isinstance(kind, list) or kind in WIDGETS) and not options.get("forceInput"):
                yield name, kind, options


def _has_after_generate(name: str, kind: Any, options: dict[str, Any]) -> bool:
    return bool(options.get("control_after_generate")) or (kind == "INT" and name in SEEDS)


def _plain(value: Any) -> Any:
    """A list would read as a link, so the host takes it wrapped."""
    return {"__value__": value} if isinstance(value, list) else value
