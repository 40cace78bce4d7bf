"""Frames followed on paper: which ones will come out of a node, and their recipes.

So a second sweep over picked frames is planned like the first, without running that: its recipes
build upon theirs, and picking one more frame refines one more, not all of them again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ...core import node_ids
from ...core.axes import Axis
from ...core.frames import DONE, Frame, Frames, caption
from ...core.limits import PASS_ALL
from ...core.plan import recipe
from ...core.plan.graph import Item, Literal, Node, Output, is_link
from ...core.plan.recipe import Recipe
from ...core.plan.sources import Element, Link, Read, Source, Unread
from ..store import pick_lookup
from ..store.store import Store
from .host_graph import SWEEPS, HostGraph

IMAGES = 1  # the Contact Sheet's output

SLOTS = ("image", "latent", "positive", "negative", "seed", "caption", "recipe")


@dataclass(frozen=True)
class Planned:
    """A frame that will come, with its recipe: empty if it was a picture."""

    frame: Frame
    recipe: Recipe
    fingerprints: Mapping[str, Any]
    exact: bool


PlanOf = Callable[[str], Sequence[Planned]]
"""The frames that a sweep node will make. Raises Unread if the host must be asked first."""


class Follower:
    """Follows Unpack Frames, and a sheet's images, back to the frames that will come."""

    def __init__(self, host: HostGraph, store: Store, read: Read, plan_of: PlanOf) -> None:
        self.host = host
        self.store = store
        self.read = read
        self.plan_of = plan_of

    def __call__(self, node_id: str, slot: int) -> Source | None:
        """The source of what comes out of a node that hands on frames; None for any other."""
        node = self.host.node(node_id)
        if node["class_type"] == node_ids.CONTACT_SHEET and slot == IMAGES:
            return self._source(Link(node_id, 0), node_id, slot, "image")
        link = node["inputs"].get("frames")
        if node["class_type"] == node_ids.UNPACK_FRAMES and is_link(link) and slot < len(SLOTS):
            return self._source(Link(link[0], int(link[1])), node_id, slot, SLOTS[slot])
        return None

    def _source(self, link: Link, node_id: str, slot: int, name: str) -> Source:
        frames = self._frames(link)
        if frames is None:
            raise Unread([link])
        elements: dict[str, Element] = {}
        items: list[Item] = []
        for index, planned in enumerate(frames):
            items.append(_item(planned, name))
            if isinstance(items[-1], Output):
                elements[items[-1].key] = Element(Link(node_id, slot), index)
        labels = tuple(caption(one.frame) or f"#{one.frame.id[:8]}" for one in frames)
        return Source(Axis("frame", labels, labels), {slot: items}, elements)

    def _frames(self, link: Link) -> Sequence[Planned] | None:
        """The frames on a PROOFSHEET_FRAMES link; None: only running it can tell."""
        if link in self.read:
            [frames] = self.read[link]
            return [self._stored(frame) for frame in frames.frames if frame.is_done]
        node = self.host.node(link.node_id)
        if node["class_type"] in SWEEPS:
            return self.plan_of(link.node_id)
        above = node["inputs"].get("frames")
        if node["class_type"] != node_ids.CONTACT_SHEET or link.slot or not is_link(above):
            return None
        frames = self._frames(Link(above[0], int(above[1])))
        text, when_empty = (node["inputs"].get(name, "") for name in ("picks", "when_empty"))
        if frames is None or not isinstance(text, str):
            return None
        done = tuple(replace(one.frame, status=DONE) for one in frames)
        known = {one.frame.id: one for one in frames}
        picked = pick_lookup.pick(Frames(done), text, self.store).frames
        found = [known.get(frame.id) or self._stored(frame) for frame in picked]
        return found or (frames if when_empty == PASS_ALL else None)

    def _stored(self, frame: Frame) -> Planned:
        stored = self.store.find(frame.id)
        facts: Mapping[str, Any] = stored.facts if stored else {}
        fingerprints = facts.get("fingerprints", {})
        return Planned(frame, stored.recipe if stored else {}, fingerprints, frame.exact)


def _item(planned: Planned, name: str) -> Item:
    if name in ("image", "latent"):
        return _made(planned, name)
    if name == "recipe":
        return Literal(json.dumps(planned.recipe, ensure_ascii=False))
    if name == "caption":
        return Literal(caption(planned.frame))
    return Literal(getattr(planned.frame, name))  # positive, negative, seed


DECODERS = frozenset({"VAEDecode", "VAEDecodeTiled"})
"""What makes a picture of a latent; the latent is then kept with it."""


def _made(planned: Planned, name: str) -> Output:
    """The output of the frame's recipe that is its latent, or its picture."""
    nodes = recipe.parsed(planned.recipe, planned.fingerprints)
    ending = next(reversed(nodes.values()), None)
    saved = next(iter(ending.reads().values()), None) if ending else None
    if saved is None:  # it was a picture
        return Output(Node("LoadImage", {}, {"frame": planned.frame.id}, exact=False), 0)
    if name == "latent" and saved.node.class_type in DECODERS:
        latent = saved.node.reads().get("samples")
        if latent and planned.exact:
            return latent
    # Pictures are what the store holds, in 8 bits: a recipe's own picture comes near it.
    node = saved.node
    fingerprints = {**node.fingerprints, "frame": planned.frame.id}
    return Output(Node(node.class_type, node.inputs, fingerprints, exact=False), saved.slot)
