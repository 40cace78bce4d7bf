"""Frames followed on paper: which stored ones will come out of a node, and their recipes.

So a second sweep over picked frames is planned from the graph like the first: its recipes build
upon theirs, and picking one more frame refines one more, not all of them again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from comfy_execution.graph import DynamicPrompt

from ...core import node_ids
from ...core.axes import Axis
from ...core.errors import ProofsheetError
from ...core.frames import DONE, Frame, Frames, caption
from ...core.limits import PASS_ALL
from ...core.plan import recipe
from ...core.plan.graph import Graph, Item, Lane, Literal, Node, Output, is_link, literal
from ..store import pick_lookup
from ..store.store import Store, Stored

IMAGES = 1  # the Contact Sheet's output

SLOTS = ("image", "latent", "positive", "negative", "seed", "caption", "recipe")

PlannedFrames = Callable[[str], Frames | None]
"""Sampler node id -> the frames it will make, or None if only running it can tell."""


class Follower:
    """Follows Unpack Frames, and a sheet's images, back to the frames that will come."""

    graph: Graph  # which asks this for lanes: whoever makes both sets it

    def __init__(self, dynprompt: DynamicPrompt, store: Store, planned: PlannedFrames) -> None:
        self.dynprompt = dynprompt
        self.store = store
        self.planned = planned

    def unpacked(self, node_id: str, slot: int) -> Lane | None:
        """What one output of an Unpack Frames node will carry. None if a frame must be made
        first, or if nothing will come."""
        link = self.dynprompt.get_node(node_id)["inputs"].get("frames")
        return self._lane(node_id, link, SLOTS[slot]) if is_link(link) else None

    def shown(self, node_id: str, slot: int) -> Lane | None:
        """The images that a Contact Sheet will pass on."""
        return self._lane(node_id, [node_id, 0], "image") if slot == IMAGES else None

    def _lane(self, node_id: str, link: Sequence[Any], slot: str) -> Lane | None:
        frames = self._frames(link) or ()
        items = [item for frame in frames if (item := self._item(frame, slot))]
        if not frames or len(items) < len(frames):
            return None
        source = f"{node_id}.frames"
        labels = tuple(caption(frame) or f"#{frame.id[:8]}" for frame in frames)
        self.graph.axes[source] = Axis("frame", labels, labels)
        places = tuple({source: index} for index in range(len(items)))
        return Lane(tuple(items), places, frozenset({source}))

    def _frames(self, link: Sequence[Any]) -> tuple[Frame, ...] | None:
        """The finished frames on a PROOFSHEET_FRAMES link."""
        node = self.dynprompt.get_node(link[0])
        if node["class_type"] == node_ids.SWEEP_SAMPLER:
            planned = self.planned(link[0])
            return None if planned is None else planned.frames
        inputs = node["inputs"]
        is_sheet = node["class_type"] == node_ids.CONTACT_SHEET and link[1] == 0
        if not is_sheet or not is_link(inputs.get("frames")):
            return None
        frames = self._frames(inputs["frames"])
        widgets = (self.graph.input_lane(inputs.get(name, "")) for name in ("picks", "when_empty"))
        text, when_empty = map(literal, widgets)
        if frames is None or not isinstance(text, str):
            return None
        done = tuple(replace(frame, status=DONE) for frame in frames)
        try:
            picked = tuple(pick_lookup.pick(Frames(done), text, self.store).frames)
        except ProofsheetError:
            return None  # the sheet itself will say so
        return picked or (done if when_empty == PASS_ALL else None)

    def _item(self, frame: Frame, slot: str) -> Item | None:
        stored = self.store.find(frame.id)
        if stored is None:
            return None
        if slot in ("image", "latent"):
            return _made(stored, slot)
        texts = {
            "positive": frame.positive,
            "negative": frame.negative,
            "seed": frame.seed,
            "caption": caption(frame),
            "recipe": json.dumps(stored.recipe, ensure_ascii=False),
        }
        return Literal(texts[slot])


def _made(stored: Stored, slot: str) -> Output | None:
    """The node of the frame's recipe that makes its latent, or its picture."""
    nodes = recipe.parsed(stored.recipe, stored.facts.get("fingerprints", {}))
    class_type = "KSampler" if slot == "latent" else "VAEDecode"
    found = [node for node in nodes.values() if node.class_type == class_type]
    if not found:
        return None
    node = found[-1]
    if slot == "latent" and stored.facts.get("exact"):
        return Output(node, 0)
    # Images are what the store holds, in 8 bits: a recipe's float picture comes near it.
    fingerprints = {**node.fingerprints, "frame": stored.id}
    return Output(Node(node.class_type, node.inputs, fingerprints, exact=False), 0)
