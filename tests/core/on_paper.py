"""A prompt as data, in the place of a running one: core plans from either."""

from __future__ import annotations

from pack.nodes.core.plan.axis_nodes import AXIS_NODES
from pack.nodes.core.plan.cuts import Cuts
from pack.nodes.core.plan.graph import Kind, Literal, Output, Reading


def node(class_type, **inputs):
    return {"class_type": class_type, "inputs": inputs}


class Prompt:
    """Classes of other names take one value each. `Switch` is lazy: `use` says which branch."""

    kinds = {
        **dict.fromkeys(AXIS_NODES, Kind(list_outputs=(True,) * 8)),
        "TheirList": Kind(list_outputs=(True,)),
        "TheirBatch": Kind(takes_lists=True),
        "Preview": Kind(passes={0: "images"}),
    }

    files = {}

    def __init__(self, nodes, wildcards=None):
        self.nodes = nodes
        self.wildcards = wildcards or {}

    def node(self, node_id):
        return self.nodes[node_id]

    def real(self, node_id):
        return node_id

    def kind(self, class_type):
        return self.kinds.get(class_type, Kind())

    def taken(self, node_id):
        known = {"Known": {"a"}}.get(self.nodes[node_id]["class_type"])
        return [n for n in self.nodes[node_id]["inputs"] if known is None or n in known]

    def unwraps(self, node_id, name):
        return self.nodes[node_id]["class_type"] != "Rows"

    def lazy(self, node_id):
        is_lazy = self.nodes[node_id]["class_type"] in ("Switch", "Optional")
        return frozenset({"no", "yes"}) if is_lazy else frozenset()

    def asked(self, node_id, inputs):
        use = inputs.get("use")
        if not isinstance(use, Literal):
            return None
        name = "yes" if use.value else "no"
        return frozenset({name}) if isinstance(inputs.get(name), Output) else frozenset()

    def is_alike(self, node_id, name, other):
        return True

    def is_optional(self, node_id, name):
        return self.nodes[node_id]["class_type"] == "Optional"

    def typed(self, node_id, name, value, is_written=False):
        return value

    def input_text(self, name):
        return self.files[name]

    def reading(self, node_id, inputs):
        name = inputs.get("name")
        files = {"name": "7-abc"} if name else {}
        if changed := inputs.get("changed"):
            return Reading({"changed": changed.value}, changed.value == "NaN")
        return Reading(files)


def nothing(_node_id, _slot):
    """Nothing but the graph is there to be followed."""
    return


def cuts_of(nodes, *links, read=None, lines=None):
    """Cuts above these links, found."""
    cuts = Cuts(Prompt(nodes), nothing, read or {}, lines)
    cuts.find({f"input {n}": link for n, link in enumerate(links)})
    return cuts


def alone(item):
    """What an item makes alone."""
    if isinstance(item, Output):
        inputs = sorted(item.node.inputs.items())
        return item.node.class_type, item.slot, tuple((name, alone(each)) for name, each in inputs)
    return item.value
