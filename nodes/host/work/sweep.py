"""One run of a sweep node: plan it, make the frames that are missing, say what there is.

A sweep node never makes anything itself. What only the host can tell, and what no axis reaches, is
linked to one internal node that it expands into, and that goes on here with the values.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

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

log = logging.getLogger("proofsheet")

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

    def expand(self) -> tuple[Frames, Any]:
        return self.frames, None


@dataclass(eq=False)
class Job:
    """What the internal node does with the values that its links bring."""

    request: Request = field(repr=False)
    links: Sequence[Link]
    making: Making | None = field(default=None, repr=False)

    def expand(self) -> tuple[Any, Any]:
        """The frames as they will come, and the graph that makes them: the internal node with its
        links. The host caches nothing of it: a job equals no other."""
        graph = GraphBuilder(prefix=f"{self.request.node_id}.")
        linked = {f"value_{n}": [*link] for n, link in enumerate(self.links)}
        node = graph.node(node_ids.RUNNER, id=self.name, job=self, **linked)
        return node.out(0), graph.finalize()

    @property
    def name(self) -> str:
        return "cells" if self.making else f"read{len(self.request.read)}"

    async def run(self, values: Mapping[str, Sequence[Any]], extra: dict[str, Any]) -> Answer | Job:
        """`extra`: what a request carries beside its graph, for nodes that ask for it."""
        arrived = {link: [*values[f"value_{n}"]] for n, link in enumerate(self.links)}
        if self.making:
            node_id = f"{self.request.node_id}.{self.name}"
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
        if request.widgets["make"].strip() == "none":
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


def carried(hidden: Any) -> dict[str, Any]:
    """What a request carries beside its graph, as the host hands it to nodes that ask for it."""
    names = ("extra_pnginfo", "auth_token_comfy_org", "api_key_comfy_org", "comfy_usage_source")
    return {name: getattr(hidden, name, None) for name in names}


def check_words(inputs: Mapping[str, Sequence[Any]]) -> None:
    """Raises ProofsheetError for a word that is none of those allowed."""
    limits.check_written(inputs, WORDS)


def check_make(text: object) -> None:
    """Raises GrammarError for a text that cannot be read; None is a link."""
    if text is not None:
        make.check(str(text))
