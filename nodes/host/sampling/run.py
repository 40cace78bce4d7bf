"""Running a sweep's rows: sample, decode, store, announce, batch by batch.

Sampling and decoding stay on the one thread that the host's model management is made for. What
follows them (PNG, thumbnail, files) runs on the writer's threads while the next batch is
sampled. At most WAITING frames wait there, so memory does not grow with the sweep.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import comfy.model_management as management
import comfy.sample
import comfy.samplers
import comfy.utils
import torch
from comfy.model_patcher import ModelPatcher
from comfy.sd import VAE

from ..store import images
from ..store.atomic_files import StorageError
from ..store.known import Stored
from ..store.latents import Latent
from . import batching, noise
from .batching import Row
from .failures import describe, is_oom

log = logging.getLogger("proofsheet")

WRITERS = 2
WAITING = 16

Step = Callable[[Sequence[Row], int, torch.Tensor], None]
"""Called after every step of a batch: its rows, the step (from 1), the denoised latents."""

HostCallback = Callable[[int, torch.Tensor, torch.Tensor, int], None]
"""What the host's samplers call: the step (from 0), denoised, noisy, the number of steps."""


@dataclass(frozen=True)
class Made:
    """A sampled and decoded frame: its latent, its pictures (uint8), and how it was sampled."""

    row: Row
    latent: Latent
    pictures: Sequence[images.Pixels]
    batch_rows: int


@dataclass(frozen=True)
class Watch:
    """Who is told: after each step, when a frame is in the store, when one failed. `is_made` is
    asked just before a row is sampled: another server may have been faster."""

    step: Step
    stored: Callable[[Row, Stored], None]
    failed: Callable[[Row, str], None]
    is_made: Callable[[Row], bool] = lambda _row: False


Write = Callable[[Made], Stored]
"""Puts a frame into the store, on a writer's thread."""


def run(rows: Sequence[Row], size: int, write: Write, watch: Watch) -> None:
    """Make every row's frame. `size` 0: as many rows a call as memory allows. A row that fails
    is reported to `watch` and the others go on; an interrupt stops at once, and what was decoded
    by then is stored. When the disk takes no more, nothing more is sampled for it."""
    with noise.global_rng_untouched(), _Writer(write, watch) as writer:
        for group in batching.groups(rows):
            _run_group(group, size or batching.automatic_size(group), writer, watch)


def _run_group(group: Sequence[Row], size: int, writer: _Writer, watch: Watch) -> None:
    pending = batching.batches(group, size)
    while pending:
        batch = [row for row in pending.pop(0) if not watch.is_made(row)]
        if writer.refused:
            for row in batch:
                watch.failed(row, f"it was not made: {writer.refused}")
            continue
        error = _run_batch(batch, writer, watch) if batch else None
        if error is not None and len(batch) == 1:
            watch.failed(batch[0], describe(error))
        elif error is not None:
            log.warning("A batch of %d did not go (%s); trying fewer.", len(batch), describe(error))
            if is_oom(error):
                management.soft_empty_cache()
                rest = [row for each in [batch, *pending] for row in each]
                pending = batching.batches(rest, len(batch) // 2)
            else:
                pending = [[row] for row in batch] + pending


def _run_batch(batch: Sequence[Row], writer: _Writer, watch: Watch) -> Exception | None:
    """Sample and decode a batch. Returns what went wrong; an interrupt is raised."""
    management.throw_exception_if_processing_interrupted()
    try:
        latents = sample(batch, writer.between_steps(watch.step))
    except management.InterruptProcessingException:
        raise
    except Exception as error:
        log.debug("sampling failed", exc_info=True)
        return _without_frames(error)
    for row, latent in zip(batch, latents, strict=True):
        management.throw_exception_if_processing_interrupted()
        failure = _decode(row, latent, len(batch), writer)
        if failure is not None:
            watch.failed(row, describe(failure))
    return None


def _decode(row: Row, latent: Latent, batch_rows: int, writer: _Writer) -> Exception | None:
    # One row at a time: on a memory shortage the host would decode the whole batch in tiles,
    # and a tiled picture is not the one its recipe makes.
    for is_last in (False, True):
        try:
            pictures = decode(row.vae, latent["samples"])
        except management.InterruptProcessingException:
            raise
        except Exception as error:
            if is_last or not is_oom(error):
                return _without_frames(error)
            log.warning("No memory to decode frame %d (%s); trying again.", row.number, error)
        else:
            writer.add(Made(row, latent, pictures, batch_rows))
            return None
        management.soft_empty_cache()
    return None


def _without_frames(error: Exception) -> Exception:
    """Let go of the tensors that a traceback's frames hold, or a retry finds no memory."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


def decode(vae: VAE, samples: torch.Tensor) -> list[images.Pixels]:
    """The pictures of one row, as the host's VAEDecode makes them: several for a video."""
    decoded = vae.decode(samples)
    return [images.pixels(each) for each in decoded.reshape(-1, *decoded.shape[-3:])]


def sample(batch: Sequence[Row], step: Step) -> list[Latent]:
    """One latent for each row: what the host's KSampler would return for it alone."""

    def callback(index: int, denoised: torch.Tensor, _noisy: torch.Tensor, _steps: int) -> None:
        step(batch, index + 1, denoised)

    alone = len(batch) == 1
    samples = _sample_one(batch[0], callback) if alone else _sample_rows(batch, callback)
    latents: list[Latent] = []
    for index, row in enumerate(batch):
        own = samples if samples.is_nested else samples[index : index + 1].clone()
        # What an empty latent says of its scale does not outlive sampling.
        kept = {k: v for k, v in row.latent.items() if not k.startswith("downscale_ratio_")}
        latents.append({**kept, "samples": own})
    return latents


def _sample_one(row: Row, callback: HostCallback) -> torch.Tensor:
    """Exactly the host's common_ksampler."""
    return comfy.sample.sample(
        row.model,
        noise.initial(row.latent, row.samples, row.seed),
        row.steps,
        row.cfg,
        row.sampler_name,
        row.scheduler,
        row.positive,
        row.negative,
        row.samples,
        denoise=row.denoise,
        noise_mask=row.latent.get("noise_mask"),
        callback=callback,
        disable_pbar=True,
        seed=row.seed,
    )


def _sample_rows(batch: Sequence[Row], callback: HostCallback) -> torch.Tensor:
    """The same call for rows that may share it, each with its own noise and prompt."""
    first = batch[0]
    model, device = first.model, first.model.load_device
    schedule = comfy.samplers.KSampler(
        model,
        steps=first.steps,
        device=device,
        sampler=first.sampler_name,
        scheduler=first.scheduler,
        denoise=first.denoise,
        model_options=model.model_options,
    )
    samples = comfy.samplers.sample(
        model,
        torch.cat([noise.initial(row.latent, row.samples, row.seed) for row in batch]),
        batching.stacked([row.positive for row in batch]),
        batching.stacked([row.negative for row in batch]),
        first.cfg,
        device,
        noise.batch_sampler(first.sampler_name, [row.seed for row in batch]),
        schedule.sigmas,
        model.model_options,
        latent_image=torch.cat([row.samples for row in batch]),
        denoise_mask=batching.stacked_masks(batch),
        callback=callback,
        disable_pbar=True,
        seed=first.seed,
    )
    return samples.to(management.intermediate_device())


def prepared(model: ModelPatcher, latent: Latent) -> torch.Tensor:
    """The latent's samples with the channels the model wants, as the host's KSampler does it."""
    fix = comfy.sample.fix_empty_latent_channels
    hints = [
        latent.get(name)  # 0.11 and later pass what an empty latent says of its scale
        for name in list(inspect.signature(fix).parameters)[2:]
    ]
    return fix(model, latent["samples"], *hints)


class _Writer:
    """A bounded pipeline: frames go in, are written on threads, and are announced on the thread
    that samples. Leaving it waits for what is under way, whatever went wrong."""

    def __init__(self, write: Write, watch: Watch) -> None:
        self.write = write
        self.watch = watch
        self.threads = ThreadPoolExecutor(WRITERS, thread_name_prefix="proofsheet-writer")
        self.pending: list[tuple[Row, Future[Stored]]] = []
        self.refused: StorageError | None = None

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_error: object) -> None:
        self.threads.shutdown(wait=True)
        self._announce(0)

    def add(self, made: Made) -> None:
        self.pending.append((made.row, self.threads.submit(self.write, made)))
        self._announce(WAITING)

    def between_steps(self, step: Step) -> Step:
        """`step`, after telling of the frames that were written meanwhile."""

        def announcing(batch: Sequence[Row], index: int, denoised: torch.Tensor) -> None:
            self._announce(WAITING)
            step(batch, index, denoised)

        return announcing

    def _announce(self, waiting: int) -> None:
        """Report what is written, in order; wait until at most `waiting` frames are under way."""
        while self.pending and (len(self.pending) > waiting or self.pending[0][1].done()):
            row, future = self.pending.pop(0)
            error = future.exception()
            if error is None:
                self.watch.stored(row, future.result())
            else:
                log.error("Frame %d could not be stored: %s", row.number, error)
                log.debug("storing failed", exc_info=error)
                if isinstance(error, StorageError):
                    self.refused = error
                self.watch.failed(row, f"it could not be stored: {describe(error)}")
