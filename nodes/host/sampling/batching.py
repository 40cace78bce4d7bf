"""Which rows may share a sampler call, and how many at once.

Rows share a call only if every one of them comes out as it would alone: same node class, model,
settings and latent shape, and conditionings that stack entry by entry. When in doubt: not together.
"""

from __future__ import annotations

import copy
import hashlib
import logging
import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import comfy.model_management as management
import comfy.samplers
import torch
from comfy.nested_tensor import NestedTensor, cat_nested
from torch import Tensor

from . import coupling, noise
from .rows import ADVANCED, GUIDED, KSAMPLER, Row, Samples

log = logging.getLogger("proofsheet")

AUTO_ROWS = 8
"""The most rows the automatic batch size takes: beyond it throughput hardly grows, and the sheet
fills in fewer, longer waits."""

SAME_CONTENT = frozenset(
    ("mask", "attention_mask", "concat_mask", "concat_latent_image", "minimax_token_tags")
)
"""Tensors of a conditioning that the host reads for the whole batch at once."""

SEEDED = frozenset(
    (
        *("unclip_conditioning", "noise_augmentation", "concat_image"),
        *("minimax_keyframes", "minimax_refs"),
    )
)
"""Keys whose models draw noise from the one seed of the call."""

SCHEDULE = {
    KSAMPLER: ("steps", "scheduler", "denoise"),
    ADVANCED: (
        *("steps", "scheduler", "start_at_step", "end_at_step"),
        "return_with_leftover_noise",
    ),
}
"""What a node without sigmas makes its own of."""

GUIDERS_OWN = frozenset(
    (
        *("model_patcher", "model_options", "original_conds"),
        *("conds", "inner_model", "loaded_models"),  # left there by a run that failed
    )
)
"""What a guider carries beside its settings."""

Conditioning = Sequence[Mapping[str, Any]]
"""A side of a guider's `original_conds`: an entry a dict, its tensor in `cross_attn`."""


T = TypeVar("T")


class _Alone(Exception):
    """This row cannot share a call."""


def groups(rows: Iterable[Row]) -> list[list[Row]]:
    """Rows that may share a call, in the order of each group's first row."""
    found: dict[Hashable, list[Row]] = {}
    for index, row in enumerate(rows):
        try:
            key = _key(row)
            hash(key)
        except _Alone:
            key = ("alone", index)
        except Exception:  # what is wrong with its inputs is told when it is sampled
            log.debug("a row that cannot be compared with others", exc_info=True)
            key = ("alone", index)
        found.setdefault(key, []).append(row)
    return list(found.values())


def batches(rows: Sequence[T], size: int) -> list[list[T]]:
    """A group cut into calls of at most `size` rows, as even as they can be."""
    count = math.ceil(len(rows) / size)
    base, extra = divmod(len(rows), count)
    cuts = [i * base + min(i, extra) for i in range(count + 1)]
    return [list(rows[a:b]) for a, b in zip(cuts, cuts[1:], strict=False)]


def _key(row: Row) -> Hashable:
    settings = SCHEDULE.get(row.class_type)
    return (
        row.class_type,
        id(row.model),
        _guider_key(row),
        _sampler_key(row),
        tuple(row.inputs[name] for name in settings) if settings else tuple(row.sigmas.tolist()),
        _latent_key(row),
    )


def _guider_key(row: Row) -> Hashable:
    guider = row.guider
    if not coupling.is_stock_guider(guider) or coupling.is_coupled(guider):
        raise _Alone
    settings = {k: v for k, v in vars(guider).items() if k not in GUIDERS_OWN}
    sides = {name: _conditioning_key(side) for name, side in guider.original_conds.items()}
    return (
        type(guider).__name__,
        id(guider.model_patcher),
        id(guider.model_options),
        tuple((name, _option_key(name, settings[name])) for name in sorted(settings)),
        tuple(sorted(sides.items())),
    )


def _sampler_key(row: Row) -> Hashable:
    if row.class_type == GUIDED and not coupling.is_stock_noise(row.inputs["noise"]):
        raise _Alone
    algorithm = row.algorithm
    if algorithm is None or noise.step_noise(algorithm) is noise.StepNoise.ALONE:
        raise _Alone
    is_named = row.class_type in SCHEDULE or row.sampler_name is not None
    return algorithm if is_named else (algorithm, id(row.sampler))


def _latent_key(row: Row) -> Hashable:
    tensors = parts(row.samples)
    if any(tensor.shape[0] != 1 for tensor in tensors):
        raise _Alone
    # The host shifts a latent only if anything in the whole batch is not zero.
    is_empty = not any(torch.count_nonzero(tensor).item() for tensor in tensors)
    shapes = tuple((tensor.shape, tensor.dtype) for tensor in tensors)
    return (shapes, row.samples.is_nested, is_empty, _mask_key(row))


def parts(samples: Samples) -> list[Tensor]:
    """The tensors of a latent: several where it is nested."""
    return samples.unbind() if samples.is_nested else [samples]


def _mask_key(row: Row) -> Hashable:
    masks = _row_masks(row)
    if not masks:
        return None
    if getattr(row.sampler, "inpaint_options", {}).get("random"):
        raise _Alone  # the noise outside the mask is drawn for the whole batch, from one seed
    # Models of pictures blend each row with its own; others may look at the first row's only.
    stacks = not row.samples.is_nested and row.samples.ndim == 4
    return tuple(mask.shape if stacks else _content_key(mask) for mask in masks)


def _row_masks(row: Row) -> list[Tensor]:
    """A latent's noise masks, one for each of its parts, as the host reads them for one row."""
    mask = row.latent.get("noise_mask")
    if mask is None:
        return []
    return [
        _row_mask(each, samples)
        for each, samples in zip(parts(mask), parts(row.samples), strict=False)
    ]


def _row_mask(mask: Tensor, samples: Tensor) -> Tensor:
    if samples.ndim == 4:
        return mask.reshape((-1, 1, *mask.shape[-2:]))[:1]
    if mask.ndim != samples.ndim or mask.shape[0] != 1:
        raise _Alone  # the host reads a mask's rows as frames of a video
    return mask


def _conditioning_key(conditioning: Conditioning) -> Hashable:
    keys: list[Hashable] = []
    for entry in conditioning:
        if SEEDED & entry.keys() or entry["model_conds"]:
            raise _Alone
        own = sorted(entry.keys() - {"uuid", "model_conds"})
        keys.append(tuple((name, _option_key(name, entry[name])) for name in own))
    return tuple(keys)


def _option_key(name: str, value: object) -> Hashable:
    if isinstance(value, Tensor):
        if name in SAME_CONTENT:
            return _content_key(value)
        if value.ndim < 1 or value.shape[0] != 1:
            raise _Alone  # it cannot be stacked row by row
        return ("tensor", value.shape, value.dtype, value.device)
    if value is None or isinstance(value, str | int | float | bool):
        return (type(value).__name__, value)
    if isinstance(value, list | tuple):
        # A list is not stacked, so rows must agree on the tensors in it.
        return tuple(
            _content_key(item) if isinstance(item, Tensor) else _option_key("", item)
            for item in value
        )
    return ("object", id(value))


def _content_key(tensor: Tensor) -> Hashable:
    data = tensor.detach().cpu().contiguous().flatten().view(torch.uint8).numpy()
    return ("content", tensor.shape, tensor.dtype, hashlib.sha256(data.tobytes()).hexdigest())


def stacked_guider(rows: Sequence[Row]) -> comfy.samplers.CFGGuider:
    """The first row's guider, with a conditioning of every row on each of its sides."""
    guider = copy.copy(rows[0].guider)
    guider.original_conds = {
        side: stacked([row.guider.original_conds[side] for row in rows])
        for side in guider.original_conds
    }
    return guider


def stacked(conditionings: Sequence[Conditioning]) -> list[dict[str, Any]]:
    """One conditioning whose row i is the i-th of these."""
    found: list[dict[str, Any]] = []
    for entries in zip(*conditionings, strict=True):
        entry = dict(entries[0])
        for name, value in entry.items():
            if isinstance(value, Tensor) and name not in SAME_CONTENT:
                entry[name] = torch.cat([each[name] for each in entries])
        found.append(entry)
    return found


def stacked_masks(rows: Sequence[Row]) -> Samples | None:
    """Rows that share a call either all have a noise mask or none has."""
    masks = [torch.cat(each) for each in zip(*map(_row_masks, rows), strict=True)]
    if not masks:
        return None
    return NestedTensor(masks) if rows[0].latent["noise_mask"].is_nested else masks[0]


def stacked_samples(samples: Sequence[Samples]) -> Samples:
    return cat_nested(samples) if samples[0].is_nested else torch.cat(list(samples))


def row_of(samples: Samples, index: int) -> Samples:
    own = [part[index : index + 1].clone() for part in parts(samples)]
    return NestedTensor(own) if samples.is_nested else own[0]


def automatic_size(group: Sequence[Row]) -> int:
    """As many rows as the host's own memory estimate lets run at once, at most AUTO_ROWS."""
    limit = min(len(group), AUTO_ROWS)
    if limit == 1:
        return 1  # whatever it is
    first = group[0]
    model, sides, shape = first.model, len(first.guider.original_conds), _sampled_shape(first)
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
        # The host's rule (samplers.calc_cond_batch), for all sides of the guider together.
        if model.model.memory_required([sides * count, *shape]) * 1.5 < free:
            return count
    return 1


def _sampled_shape(row: Row) -> list[int]:
    """Of one row, without the rows: the host samples the parts of a nested latent end to end."""
    if row.samples.is_nested:
        return [1, sum(part[0].numel() for part in parts(row.samples))]
    return list(row.samples.shape[1:])
