"""Rows sampled: as batches where they may share a call, each with the result of its node alone.

Everything here stays on the one thread that the host's model management is made for.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import comfy.model_management as management
import comfy.utils
from comfy.nested_tensor import NestedTensor

from . import batching, noise
from .failures import describe, is_oom, without_frames
from .rows import GUIDED, Outputs, Row, Samples

log = logging.getLogger("proofsheet")

Step = Callable[[Sequence[Row], int, int, Samples], None]
"""Called after every step of a batch: its rows, the step (from 1), of how many, the denoised
latents."""


@dataclass(frozen=True)
class Result:
    """What became of a row: its node's outputs, or why there are none. `batch_rows` shared its
    call."""

    row: Row
    outputs: Outputs | None
    error: Exception | None
    batch_rows: int


def made(
    rows: Sequence[Row], size: int, step: Step, skip: Callable[[Row], bool]
) -> Iterator[Result]:
    """Sample every row but those that `skip` wants left out: it is asked just before. `size` 0:
    as many rows a call as memory allows. A batch that fails is tried in smaller ones, so a row
    fails by itself; an interrupt is raised."""
    for group in batching.groups(rows):
        pending = batching.batches(group, size or batching.automatic_size(group))
        while pending:
            batch = [row for row in pending.pop(0) if not skip(row)]
            results = _sampled(batch, step) if batch else []
            if isinstance(results, list):
                yield from results
            elif len(batch) == 1:
                yield Result(batch[0], None, results, 1)
            else:
                pending = _smaller(batch, pending, results)


def _smaller(batch: list[Row], pending: list[list[Row]], error: Exception) -> list[list[Row]]:
    """What is tried after a batch went wrong."""
    log.warning("A batch of %d did not go (%s); trying fewer.", len(batch), describe(error))
    if not is_oom(error):
        return [[row] for row in batch] + pending
    management.soft_empty_cache()
    return batching.batches([row for each in [batch, *pending] for row in each], len(batch) // 2)


def _sampled(batch: Sequence[Row], step: Step) -> list[Result] | Exception:
    """A batch's results, or what went wrong; an interrupt is raised."""
    management.throw_exception_if_processing_interrupted()
    try:
        with noise.global_rng_untouched():
            outputs = sample(batch, step)
    except management.InterruptProcessingException:
        raise
    except Exception as error:
        log.debug("sampling failed", exc_info=True)
        return without_frames(error)
    count = len(batch)
    return [Result(row, own, None, count) for row, own in zip(batch, outputs, strict=True)]


def sample(batch: Sequence[Row], step: Step) -> list[Outputs]:
    """What each row's node returns for it alone: to the bit if it is the only one. More than one
    must be of one of `batching.groups`."""
    denoised: Samples | None = None

    def callback(index: int, x0: Samples, _noisy: Samples, steps: int) -> None:
        nonlocal denoised
        denoised = x0
        step(batch, index + 1, steps, x0)

    samples = _at_rest(batch[0], _call(batch, callback))
    if denoised is not None:
        denoised = _taken_out(batch[0], samples, denoised)
    if len(batch) == 1:
        return [batch[0].outputs(samples, denoised)]
    return [
        row.outputs(
            batching.row_of(samples, index),
            None if denoised is None else batching.row_of(denoised, index),
        )
        for index, row in enumerate(batch)
    ]


HostCallback = Callable[[int, Samples, Samples, int], None]
"""What the host's samplers call: the step (from 0), denoised, noisy, the number of steps."""


def _call(batch: Sequence[Row], callback: HostCallback) -> Samples:
    """The host's guider on one row as it is, or on several stacked, each with its own noise."""
    first, is_alone = batch[0], len(batch) == 1
    guider = first.guider if is_alone else batching.stacked_guider(batch)
    sampler, algorithm = first.sampler, first.algorithm
    if not is_alone and algorithm is not None:
        sampler = noise.batch_sampler(sampler, algorithm, [row.seed for row in batch])
    noises = [row.noise() for row in batch]
    return guider.sample(
        noises[0] if is_alone else batching.stacked_samples(noises),
        first.samples if is_alone else batching.stacked_samples([row.samples for row in batch]),
        sampler,
        first.sigmas,
        denoise_mask=first.latent.get("noise_mask") if is_alone else batching.stacked_masks(batch),
        callback=callback,
        disable_pbar=True,
        seed=first.seed,
    )


def _at_rest(row: Row, samples: Samples) -> Samples:
    """Where and as what the row's node leaves samples: newer hosts have a type for it."""
    device = management.intermediate_device()
    newer = getattr(management, "intermediate_dtype", None)
    if newer is None or row.class_type == GUIDED:
        return samples.to(device)
    return samples.to(device=device, dtype=newer())


def _taken_out(row: Row, samples: Samples, x0: Samples) -> Samples:
    """The last step's denoised latent as the row's node gives it out."""
    if samples.is_nested and not x0.is_nested and hasattr(NestedTensor, "cpu"):
        # Hosts between 0.3.75, which leaves it packed, and those that hand it over unpacked.
        shapes = [part.shape for part in samples.unbind()]
        x0 = NestedTensor(comfy.utils.unpack_latents(x0, shapes))
    return row.model.model.process_latent_out(x0.cpu())
