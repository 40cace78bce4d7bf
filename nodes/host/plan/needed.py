"""What the host must run for a sweep: the nodes that no axis reaches, and what only they tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...core.plan.chunks import STAGES
from ...core.plan.graph import Node, Output
from ...core.plan.sources import Link, called, nodes_above
from .followed_frames import DECODERS
from .host_graph import HostGraph
from .node_classes import class_of, input_type
from .request import Request
from .sweep_plan import Plan


def kept(root: Output) -> list[Output]:
    """The outputs that a frame holds: its picture, and the latent it was decoded from."""
    latent = root.node.inputs.get("samples") if root.node.class_type in DECODERS else None
    return [root, *([latent] if isinstance(latent, Output) else [])]


def links(plan: Plan, cells: Iterable[int]) -> list[Link]:
    """The links that the Runner needs for its cells: the outputs, nearest to their ends, of nodes
    that no axis reaches. What only a lazy input reaches is not among them: the Runner runs it
    when it is asked for."""
    elements = {k: e.link for s in plan.cuts.sources.values() for k, e in s.elements.items()}
    found: dict[Link, None] = {}
    seen: set[tuple[str, bool]] = set()
    stack = [(item, False) for cell in cells for item in kept(plan.roots[cell])]
    while stack:
        item, is_lazy = stack.pop()
        node = item.node
        if item.key in elements:  # only the host has them, whoever asks
            found[elements[item.key]] = None
        elif is_fixed(plan, node):
            if not is_lazy:
                found[Link(plan.cuts.fixed[node.key], item.slot)] = None
        elif (node.key, is_lazy) not in seen:
            seen.add((node.key, is_lazy))
            lazy = plan.host.lazy(plan.cuts.origin[node.key])
            reads = node.reads().items()
            stack.extend((each, is_lazy or name in lazy) for name, each in reads)
    return list(found)


def is_fixed(plan: Plan, node: Node) -> bool:
    """Whether the host itself runs a node. A sweep of one cell is sampled by the Runner all the
    same."""
    outer = plan.cuts.fixed.get(node.key)
    if outer is None or outer in plan.host.virtual:
        return False
    return bool(plan.cuts.sources) or all(each.class_type not in STAGES for each in node.order)


def dear(request: Request, wanted: Sequence[Link]) -> str:
    """The first node above these links that samples, takes a model, or is a partner's; "" if
    there is none."""
    host = HostGraph(request.dynprompt)
    ends = {str(number): [*link] for number, link in enumerate(wanted)}
    for node_id in nodes_above(host, ends, lambda _class_type: False):
        node = host.node(node_id)
        class_type, inputs = node["class_type"], node["inputs"]
        types = [input_type(class_type, name, inputs)[0] for name in host.taken(node_id)]
        is_partner = getattr(class_of(class_type), "API_NODE", False)
        if "MODEL" in types or "CLIP" in types or class_type in STAGES or is_partner:
            return called(host, node_id)
    return ""
