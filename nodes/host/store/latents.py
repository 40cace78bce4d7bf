"""Latents, and the file that a frame's latent is kept in."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

import comfy.nested_tensor
import safetensors
import safetensors.torch
import torch

from .integrity import Damaged, errors_as_damage

log = logging.getLogger("proofsheet")

Latent = dict[str, Any]
"""ComfyUI's LATENT: `samples` [rows, channels, ...] and whatever else it carries."""

NESTED = "samples/"  # a nested latent's tensors are kept as samples/0, samples/1, ...


def row_count(latent: Mapping[str, Any]) -> int:
    samples = latent["samples"]
    return (samples.unbind()[0] if samples.is_nested else samples).shape[0]


def to_bytes(latent: Mapping[str, Any]) -> bytes:
    """A safetensors file: every tensor, and the other keys as JSON in its metadata."""
    tensors: dict[str, torch.Tensor] = {}
    other: dict[str, Any] = {}
    for name, value in latent.items():
        if getattr(value, "is_nested", False):
            tensors.update({f"{NESTED}{i}": t for i, t in enumerate(value.unbind())})
        elif isinstance(value, torch.Tensor):
            tensors[name] = value
        else:
            try:
                json.dumps(value, allow_nan=False)
                other[name] = value
            except (TypeError, ValueError):
                log.warning("the store cannot keep latent key %r: a %s", name, type(value))
    kept = {name: tensor.detach().cpu().contiguous().clone() for name, tensor in tensors.items()}
    return safetensors.torch.save(kept, metadata={"proofsheet": json.dumps(other)})


def from_file(path: str) -> Latent:
    """Raises Damaged if the file is, and OSError if it is gone."""
    with errors_as_damage(), safetensors.safe_open(path, framework="pt") as file:
        other = json.loads((file.metadata() or {}).get("proofsheet", "{}"))
        latent: Latent = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    nested = [f"{NESTED}{i}" for i in range(sum(name.startswith(NESTED) for name in latent))]
    if not latent.keys() >= set(nested):
        raise Damaged("its nested samples are not numbered")
    if nested:
        latent["samples"] = comfy.nested_tensor.NestedTensor([latent.pop(k) for k in nested])
    if "samples" not in latent:
        raise Damaged("it holds no samples")
    if not isinstance(other, dict) or other.keys() & latent.keys():
        raise Damaged("its metadata is not that of a latent")
    return {**latent, **other}
