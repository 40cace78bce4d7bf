"""One run of a Sweep Sampler: plan it, make the frames that are missing, say what there is."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import comfy.model_management as management
import comfyui_version
from comfy.sd import VAE

from ...core import limits
from ...core.errors import ProofsheetError
from ...core.frames import FAILED, GONE, Frames
from ...core.plan.cells import INPUTS
from ...core.plan.frame_texts import Making
from ...core.plan.told import parameters_text
from ..plan import sweep_plan
from ..plan.sweep_plan import Plan, Request
from ..sampling import run as sampling
from ..sampling.failures import describe, is_oom
from ..sampling.progress import Announcer, Progress
from ..sampling.rows import KSAMPLER, Row
from ..sampling.writers import Writers
from ..sockets import SAMPLERS, SCHEDULERS
from ..store import images, latents
from ..store.known import Stored
from ..store.store import NewFrame, Store, default_store

log = logging.getLogger("proofsheet")


def needed_inputs(request: Request) -> list[str]:
    """The lazy inputs that this run needs: none if the store has every frame."""
    _check_settings(request)
    return sweep_plan.needed(request, default_store())


def run(request: Request) -> Frames:
    """All frames of the sweep. Raises if not one could be made."""
    _check_settings(request)
    store = default_store()
    plan = sweep_plan.plan(request, store)
    missing = plan.missing(store, strict=request.widget("batch_size") == 1)
    errors = _make(request, plan, missing, store) if missing else {}
    frames = tuple(
        sweep_plan.with_status(frame, store, errors.get(frame.id)) for frame in plan.frames.frames
    )
    ids = [frame.id for frame in frames]
    store.touch(ids)
    if missing:
        store.evict(keep=ids)
    log.info(
        "Sweep of %d frames: %d made, %d from the store, %d failed.",
        len(ids),
        len(missing) - len(errors),
        len(ids) - len(missing),
        len(errors),
    )
    return replace(plan.frames, frames=frames)


def _make(request: Request, plan: Plan, missing: list[int], store: Store) -> Mapping[str, str]:
    """Make the missing frames. Returns what went wrong, by frame id."""
    rows = {position + 1: _row(request, plan, position) for position in missing}
    announcer = Announcer(request.dynprompt, request.node_id, store)
    run = _Run(request, plan, store, announcer, Progress(rows, announcer))
    announcer.sweep(run.at_start(missing))
    run.make(rows)
    if len(run.errors) == len({frame.id for frame in plan.frames.frames}):
        first = next(iter(run.errors.values()))
        raise ProofsheetError(f"None of the {len(run.errors)} frames could be made. First: {first}")
    return run.errors


@dataclass(frozen=True)
class _Made:
    """A sampled and decoded frame: its latent, its pictures (uint8), and how it was sampled."""

    number: int
    latent: latents.Latent
    pictures: Sequence[images.Pixels]
    batch_rows: int


@dataclass
class _Run:
    """What happens to each row of one run."""

    request: Request
    plan: Plan
    store: Store
    announcer: Announcer
    progress: Progress
    errors: dict[str, str] = field(default_factory=dict)

    def at_start(self, missing: list[int]) -> Frames:
        waiting = {self.plan.recipes[position].id for position in missing}
        frames = self.plan.frames
        now = (
            f if f.id in waiting else sweep_plan.with_status(f, self.store) for f in frames.frames
        )
        return replace(frames, frames=tuple(now))

    def make(self, rows: Mapping[int, Row]) -> None:
        numbers = {row.key: number for number, row in rows.items()}
        with Writers(self.write, self.stored, lambda made, m: self.failed(made.number, m)) as out:

            def step(*told: Any) -> None:
                out.poll()
                self.progress.step(*told)

            def is_made(row: Row) -> bool:
                if out.refused:
                    self.failed(numbers[row.key], f"it was not made: {out.refused}")
                return out.refused is not None or self.is_made(numbers[row.key])

            size = self.request.widget("batch_size")
            for result in sampling.made(list(rows.values()), size, step, is_made):
                self.decode(numbers[result.row.key], result, out)

    def decode(self, number: int, result: sampling.Result, out: Writers) -> None:
        # One row at a time: on a memory shortage the host would decode the whole batch in tiles,
        # and a tiled picture is not the one its recipe makes.
        error = result.error
        for latent in (result.outputs or ()) * 2:
            management.throw_exception_if_processing_interrupted()
            try:
                vae = _value(self.request, self.plan, number - 1, "vae")
                out.add(_Made(number, latent, decode(vae, latent["samples"]), result.batch_rows))
                return
            except management.InterruptProcessingException:
                raise
            except Exception as failure:
                error = failure.with_traceback(None)
                if not is_oom(failure):
                    break
            management.soft_empty_cache()
        if error:
            self.failed(number, describe(error))

    def write(self, made: _Made) -> Stored:
        """On a writer's thread: put a frame into the store."""
        recipe, frame = self.plan.recipes[made.number - 1], self.plan.frames.frames[made.number - 1]
        height, width = made.pictures[0].shape[:2]
        facts: Making = {
            "exact": recipe.exact,
            "rows": made.batch_rows,
            "seed": frame.seed,
            "positive": frame.positive,
            "negative": frame.negative,
            "values": dict(frame.values),
            "fingerprints": dict(recipe.fingerprints),
        }
        text = parameters_text(recipe.graph, width, height, comfyui_version.__version__)
        return self.store.write(
            NewFrame(recipe.id, made.pictures, made.latent, recipe.graph, text, facts)
        )

    def is_made(self, number: int) -> bool:
        """Another server that shares the store made it meanwhile."""
        strict = self.request.widget("batch_size") == 1
        if not sweep_plan.is_kept(self.plan.recipes[number - 1], self.store, strict):
            return False
        self._tell(number, None)
        return True

    def stored(self, made: _Made, _stored: Stored) -> None:
        self._tell(made.number, None)

    def failed(self, number: int, message: str) -> None:
        log.error("Frame %d of the sweep failed: %s", number, message)
        self.errors[self.plan.recipes[number - 1].id] = message
        self.store.note_loss()
        self._tell(number, message)

    def _tell(self, number: int, error: str | None) -> None:
        """Every cell with this frame hears of it: equal cells share one."""
        for frame in self.plan.frames.frames:
            if frame.id == self.plan.recipes[number - 1].id:
                self.announcer.frame(sweep_plan.with_status(frame, self.store, error))
        self.progress.end(number)


def decode(vae: VAE, samples: Any) -> list[images.Pixels]:
    """The pictures of one row, as the host's VAEDecode makes them: several for a video."""
    decoded = vae.decode(samples)
    return [images.pixels(each) for each in decoded.reshape(-1, *decoded.shape[-3:])]


def _value(request: Request, plan: Plan, position: int, name: str) -> Any:
    values = request.inputs[name]
    return values[min(plan.sweep.cells[position].index[name], len(values) - 1)]


def _row(request: Request, plan: Plan, position: int) -> Row:
    at = plan.latent_rows[position]
    given = {name: _value(request, plan, position, name) for name in SETTINGS}
    latent = latents.row(request.inputs["latent_image"][at.element], at.row)
    return Row(plan.recipes[position].id, KSAMPLER, {**given, "latent_image": latent})


SETTINGS = (
    *("model", "positive", "negative", "seed", "steps", "cfg"),
    *("sampler_name", "scheduler", "denoise"),
)


def refresh(frames: Frames, store: Store) -> Frames:
    """The frames as the store has them now; a frame that has gone is made again at the next run."""
    now = tuple(
        frame if frame.status == FAILED else sweep_plan.with_status(frame, store)
        for frame in frames.frames
    )
    if any(frame.status == GONE for frame in now):
        store.note_loss()
    return replace(frames, frames=now)


ALLOWED = {
    "seed": limits.SEED,
    "steps": limits.STEPS,
    "cfg": limits.CFG,
    "sampler_name": limits.Words(SAMPLERS),
    "scheduler": limits.Words(SCHEDULERS),
    "denoise": limits.DENOISE,
    "combine": limits.COMBINE,
    "batch_size": limits.BATCH_SIZE,
}
"""What the widgets allow; a stock KSampler takes the same."""


def _check_settings(request: Request) -> None:
    for name, allowed in ALLOWED.items():
        if name not in INPUTS:
            limits.one(name, request.inputs[name])
        limits.check(name, request.inputs[name], allowed)


def check_words(inputs: Mapping[str, Sequence[Any]]) -> None:
    """Raises ProofsheetError for a word that is none of those allowed."""
    limits.check_written(inputs, ALLOWED)
