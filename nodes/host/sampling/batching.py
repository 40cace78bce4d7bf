"""Which rows may share a sampler call, and how many at once.

Rows share a call only if every one of them comes out as it would alone: same model, settings and
latent shape, and conditionings that stack entry by entry. When in doubt: not together.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import comfy.model_management as management
import torch
from comfy.model_patcher import ModelPatcher
from comfy.sd import VAE
from torch import Tensor

from ..store.latents import Latent
from . import noise

AUTO_ROWS = 8
"""The most rows the automatic batch size takes: beyond it throughput hardly grows, and the sheet
fills in fewer, longer waits."""

SAME_CONTENT = frozenset({"mask", "attention_mask", "concat_mask", "concat_latent_image"})
"""Tensors of a conditioning that the host reads for the whole batch at once."""

SEEDED = frozenset({"unclip_conditioning", "noise_augmentation", "concat_image"})
"""Keys whose models draw noise from the one seed of the call."""

Conditioning = list[list[Any]]
"""ComfyUI's CONDITIONING: entries of [tensor [1, tokens, width], options]."""


@dataclass(frozen=True, eq=False)
class Row:
    """Everything one frame is sampled from. `latent` has exactly one row."""

    id: str
    number: int
    model: ModelPatcher
    positive: Conditioning
    negative: Conditioning
    latent: Latent
    samples: Tensor  # the latent's samples with the channels the model wants
    vae: VAE
    seed: int
    steps: int
    cfg: float
    sampler_name: str
    scheduler: str
    denoise: float


class _Alone(Exception):
    """This row cannot share a call."""


def groups(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows that may share a call, in the order of each group's first row."""
    found: dict[Hashable, list[Row]] = {}
    for row in rows:
        try:
            key: Hashable = (
                id(row.model),
                id(row.vae),
                (row.steps, row.cfg, row.sampler_name, row.scheduler, row.denoise),
                _latent_key(row),
                _conditioning_key(row.positive),
                _conditioning_key(row.negative),
            )
        except _Alone:
            key = ("alone", row.number)
        found.setdefault(key, []).append(row)
    return list(found.values())


def batches(rows: Sequence[Row], size: int) -> list[list[Row]]:
    """A group cut into calls of at most `size` rows, as even as they can be."""
    count = math.ceil(len(rows) / size)
    base, extra = divmod(len(rows), count)
    cuts = [i * base + min(i, extra) for i in range(count + 1)]
    return [list(rows[a:b]) for a, b in zip(cuts, cuts[1:], strict=False)]


def _latent_key(row: Row) -> Hashable:
    samples, mask = row.samples, row.latent.get("noise_mask")
    coupled = noise.step_noise(row.sampler_name) is noise.StepNoise.ALONE
    masked = mask is not None
    if coupled or (masked and row.sampler_name in noise.MASK_COUPLED) or samples.is_nested:
        raise _Alone
    if masked and samples.ndim != 4:
        raise _Alone  # the host reads a mask's rows as frames of a video
    # The host shifts a latent only if anything in the whole batch is not zero.
    is_empty = torch.count_nonzero(samples).item() == 0
    return (samples.shape, samples.dtype, is_empty, one_mask(mask).shape if masked else None)


def one_mask(mask: Tensor) -> Tensor:
    """A latent's noise mask as the host reads it for one row: [1, 1, H, W]."""
    return mask.reshape((-1, 1, *mask.shape[-2:]))[:1]


def _conditioning_key(conditioning: Conditioning) -> Hashable:
    keys: list[Hashable] = []
    for tensor, options in conditioning:
        if SEEDED & options.keys():
            raise _Alone
        own = tuple((name, _option_key(name, options[name])) for name in sorted(options))
        keys.append((_tensor_key(tensor), own))
    return tuple(keys)


def _option_key(name: str, value: object) -> Hashable:
    if isinstance(value, Tensor):
        return _content_key(value) if name in SAME_CONTENT else _tensor_key(value)
    if value is None or isinstance(value, str | int | float | bool):
        return (type(value).__name__, value)
    if isinstance(value, list | tuple):
        # A list is not stacked, so rows must agree on the tensors in it.
        return tuple(
            _content_key(item) if isinstance(item, Tensor) else _option_key("", item)
            for item in value
        )
    return ("object", id(value))


def _tensor_key(tensor: object) -> Hashable:
    if not isinstance(tensor, Tensor) or tensor.ndim < 1 or tensor.shape[0] != 1:
        raise _Alone
    return ("tensor", tensor.shape, tensor.dtype, tensor.device)


def _content_key(tensor: Tensor) -> Hashable:
    data = tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy()
    return ("content", tensor.shape, tensor.dtype, hashlib.sha256(data.tobytes()).hexdigest())


def stacked_masks(rows: Sequence[Row]) -> Tensor | None:
    """Rows that share a call either all have a noise mask or none has."""
    masks = [row.latent.get("noise_mask") for row in rows]
    present = [one_mask(mask) for mask in masks if mask is not None]
    return torch.cat(present) if present else None


def stacked(conditionings: Sequence[Conditioning]) -> Conditioning:
    """One conditioning whose row i is the i-th of these: entries of [rows, tokens, width]."""
    found: Conditioning = []
    for entries in zip(*conditionings, strict=True):
        options = dict(entries[0][1])
        for name, value in options.items():
            if isinstance(value, Tensor) and name not in SAME_CONTENT:
                options[name] = torch.cat([each[name] for _, each in entries])
        found.append([torch.cat([tensor for tensor, _ in entries]), options])
    return found


def automatic_size(rows: Sequence[Row]) -> int:
    """As many rows as the host's own memory estimate lets run at once, at most AUTO_ROWS."""
    limit = min(len(rows), AUTO_ROWS)
    model, shape = rows[0].model, list(rows[0].samples.shape)
    device = model.load_device
    free: Any = management.get_free_memory(device)  # a pair only where torch's own is asked for
    if not management.is_device_cpu(device):
        # What is left once the host has loaded this model and let go of others.
        others = sum(
            loaded.model_loaded_memory()
            for loaded in management.current_loaded_models
            if loaded.device == device and loaded.model and not loaded.model.is_clone(model)
        )
        free += others - max(0, model.model_size() - model.loaded_size())
    for count in range(limit, 1, -1):
        # The host's rule (samplers.calc_cond_batch), for prompt and negative together.
        if model.model.memory_required([2 * count, *shape[1:]]) * 1.5 < free:
            return count
    return 1
