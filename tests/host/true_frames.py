"""Frames whose ids are true: the store believes no other."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from pack.nodes.core.plan.recipe import frame_id
from pack.nodes.host.store.images import picture_id
from pack.nodes.host.store.store import NewFrame


def recipe(seed: int = 1, text: str = "a red boat") -> dict[str, Any]:
    """A small graph that tells its seed and its prompt."""
    return {
        "1": {"class_type": "CLIPTextEncode", "inputs": {"text": text}},
        "2": {"class_type": "KSampler", "inputs": {"positive": ["1", 0], "seed": seed}},
    }


def id_of(graph: dict[str, Any], /, **fingerprints: Any) -> str:
    return frame_id(graph, fingerprints)


def pixels(seed: int = 0, size: tuple[int, ...] = (8, 8), channels: int = 3) -> np.ndarray:
    shape = (*size, channels)
    return np.random.default_rng(seed).integers(0, 256, shape, dtype=np.uint8)


def latent(value: float = 0.0) -> dict[str, Any]:
    return {"samples": torch.full((1, 2, 4, 4), value)}


def sampled(graph: dict[str, Any], *pictures: np.ndarray, **facts: Any) -> NewFrame:
    """A frame of a sweep, with a latent."""
    made = frame_id(graph, facts.get("fingerprints", {}))
    kept = latent(int(made[:2], 16))
    return NewFrame(made, pictures or (pixels(),), kept, graph, "", {"rows": 4, **facts})


def from_picture(values: np.ndarray) -> NewFrame:
    """As the Contact Sheet keeps an IMAGE that was linked to it."""
    return NewFrame(picture_id(values), [values], None, {}, "", {"exact": False, "rows": 1})
