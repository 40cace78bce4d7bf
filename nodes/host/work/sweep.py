"""One run of a sweep node: plan it, make the frames that are missing, say what there is.

A sweep node never makes anything itself. What only the host can tell, and what no axis reaches, is
linked to one internal node that it expands into, and that goes on here with the values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from comfy_api.v0_0_2 import io
from comfy_execution.graph_utils import GraphBuilder

from ...core import limits, node_ids
from ...core.errors import ProofsheetError
from ...core.frames import Frames
from ...core.plan import make
from ...core.plan.sources import Link, Unread
from ..plan import endings, needed, read_values, sweep_plan
from ..plan.request import WIDGETS, Request
from ..sockets import SAMPLERS, SCHEDULERS
from ..store.store import default_store
from .making import Making

ALLOWED = {"combine": limits.COMBINE, "batch_size": limits.BATCH_SIZE}
WORDS = {
    "combine": limits.COMBINE,
    "sampler_name": limits.Words(SAMPLERS),
    "scheduler": limits.Words(SCHEDULERS),
}
"""What the widgets allow."""


@dataclass(frozen=True)
class Answer:
    """All frames of the sweep, as they are."""

    frames: Frames

    def output(self) -> io.NodeOutput:
        return io.NodeOutput(self.frames)


@dataclass(eq=False)
class Job:
    """What the internal node does with the values that its links bring."""

    request: Request = field(repr=False)
    links: Sequence[Link]
    making: Making | None = field(default=None, repr=False)

    def output(self) -> io.NodeOutput:
        """The frames as they will come, and the graph that makes them: the internal node with its
        links. The host caches nothing of it: a job equals no other."""
        graph = GraphBuilder(prefix=f"{self.request.node_id}.")
        linked = {f"value_{n}": [*link] for n, link in enumerate(self.links)}
        node = graph.node(node_ids.RUNNER, id=self.name, job=self, **linked)
        return io.NodeOutput(node.out(0), expand=graph.finalize())

    @property
    def name(self) -> str:
        return "cells" if self.making else f"read{len(self.request.read)}"

    async def run(self, values: Mapping[str, Sequence[Any]], hidden: Any) -> Answer | Job:
        arrived = {link: [*values[f"value_{n}"]] for n, link in enumerate(self.links)}
        if self.making:
            node_id = f"{self.request.node_id}.{self.name}"
            extra = {name: getattr(hidden, name, None) for name in CARRIED}
            return Answer(await self.making.run(node_id, arrived, extra))
        read_values.remember(self.request, arrived, default_store())
        return begin(replace(self.request, read={**self.request.read, **arrived}))


def request(dynprompt: Any, node_id: str, inputs: Mapping[str, Sequence[Any]]) -> Request:
    """The widgets as they arrived. Raises ProofsheetError for a value that is not allowed."""
    widgets = {n: limits.one(n, inputs.get(n) or [value]) for n, value in WIDGETS.items()}
    for name, allowed in ALLOWED.items():
        limits.check(name, [widgets[name]], allowed)
    return Request(dynprompt, node_id, widgets)


def begin(request: Request) -> Answer | Job:
    """All frames of the sweep, or what has to run before they are there."""
    store = default_store()
    try:
        plan = sweep_plan.plan(request, store)
    except Unread as unread:
        if make.is_none(request.widgets["make"]):
            if known := read_values.remembered(request, unread.links, store):
                return begin(replace(request, read={**request.read, **known}))
            if dear := needed.dear(request, unread.links):
                notice = f"{dear} must run before this sweep can be planned"
                return Answer(Frames((), notice=notice))
        return Job(request, unread.links)
    making = Making(request, plan, store)
    if not making.cells:
        return Answer(making.finished())
    if (kind := endings.kind_of(plan.roots[0])) != "IMAGE":
        raise ProofsheetError(
            f"This Sweep ends in {kind}, and frames are pictures in this version: link the images "
            "that go into it. With make none it is planned as it is"
        )
    return Job(request, needed.links(plan, making.cells), making)


CARRIED = [
    name
    for name in ("extra_pnginfo", "auth_token_comfy_org", "api_key_comfy_org", "comfy_usage_source")
    if hasattr(io.Hidden, name)  # the last is a newer host's
]
"""What a request carries beside its graph, for nodes that ask for it."""


class SweepNode(io.ComfyNode):
    """What the sweep nodes have in common: nothing that is linked to them is run for them."""

    @classmethod
    def fingerprint_inputs(cls, **_inputs) -> int:
        return default_store().losses  # a frame that was lost or failed is looked for again

    @classmethod
    def check_lazy_status(cls, **_inputs) -> list[str]:
        return []

    @classmethod
    def execute(cls, **inputs) -> io.NodeOutput:
        return begin(request(cls.hidden.dynprompt, cls.hidden.unique_id, inputs)).output()


def make_input() -> io.String.Input:
    return io.String.Input(
        "make",
        default="all",
        optional=True,
        tooltip="Which cells may be made: all, none (a plan: nothing runs), 1-4 to try a few "
        "first, cfg=7, #<frame id>. The others are shown as missing.",
    )


def check_words(inputs: Mapping[str, Sequence[Any]]) -> None:
    """Raises ProofsheetError for a word that is none of those allowed."""
    limits.check_written(inputs, WORDS)
