"""Unpack Frames: frames as the lists that stock nodes take."""

from __future__ import annotations

import json
from typing import NamedTuple

import torch
from comfy_execution.graph_utils import ExecutionBlocker

from ...core.errors import ProofsheetError
from ...core.frames import Frames, caption
from ..store.latents import Latent
from ..store.store import default_store
from . import contact_sheet


class Unpacked(NamedTuple):
    """The node's outputs: one element a frame."""

    image: list[torch.Tensor]
    latent: list[Latent | ExecutionBlocker]
    positive: list[str]
    negative: list[str]
    seed: list[int | None]
    caption: list[str]
    recipe: list[str]
    video: list[ExecutionBlocker]
    audio: list[ExecutionBlocker]


def unpack(frames: Frames) -> Unpacked:
    done = tuple(frame for frame in frames.frames if frame.is_done)
    if not done:
        raise ProofsheetError("Unpack Frames: there is no finished frame to unpack")
    store = default_store()
    pictures = contact_sheet.full_images(frames.chosen(done))
    unpacked = Unpacked(pictures, [], [], [], [], [], [], _none("a video"), _none("sound"))
    for frame in done:
        stored = store.find(frame.id)
        latent = contact_sheet.stored(store.latent, frame)
        # A frame made from an image has no latent: only a node that wants one is stopped.
        none = f"Frame #{frame.id} was made from an image: it has no latent."
        unpacked.latent.append(ExecutionBlocker(none) if latent is None else latent)
        unpacked.positive.append(frame.positive)
        unpacked.negative.append(frame.negative)
        unpacked.seed.append(frame.seed)
        unpacked.caption.append(caption(frame))
        recipe = stored.recipe if stored else {}
        unpacked.recipe.append(json.dumps(recipe, ensure_ascii=False))
    return unpacked


def _none(what: str) -> list[ExecutionBlocker]:
    """What no frame is. An empty list would fail the run in the node that takes it."""
    return [ExecutionBlocker(f"None of these frames is {what}.")]
