"""Unpack Frames: frames as the lists that stock nodes take."""

from __future__ import annotations

import json
from typing import Any

from comfy_execution.graph_utils import ExecutionBlocker

from ...core.errors import ProofsheetError
from ...core.frames import Frame, Frames, caption
from ..store.store import Store, default_store
from . import contact_sheet


def unpack(frames: Frames) -> tuple[list[Any], ...]:
    """image, latent, positive, negative, seed, caption, recipe: one element a frame."""
    done = tuple(frame for frame in frames.frames if frame.is_done)
    if not done:
        raise ProofsheetError("Unpack Frames: there is no finished frame to unpack")
    kept = default_store()
    images = contact_sheet.full_images(frames.chosen(done))
    each = [_facts(frame, kept) for frame in done]
    return images, *(list(column) for column in zip(*each, strict=True))


def _facts(frame: Frame, kept: Store) -> tuple[Any, ...]:
    stored = kept.find(frame.id)
    recipe = json.dumps(stored.recipe if stored else {}, ensure_ascii=False)
    latent = _latent(frame, kept)
    return latent, frame.positive, frame.negative, frame.seed, caption(frame), recipe


def _latent(frame: Frame, kept: Store) -> Any:
    """A frame made from an image has no latent: only a node that wants one is stopped."""
    latent = contact_sheet.stored(kept.latent, frame)
    if latent is not None:
        return latent
    return ExecutionBlocker(f"Frame #{frame.id} was made from an image: it has no latent.")
