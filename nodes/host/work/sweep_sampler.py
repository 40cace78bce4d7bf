"""One run of a Sweep Sampler: plan it, make the frames that are missing, say what there is."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import comfyui_version

from ...core import limits
from ...core.errors import ProofsheetError
from ...core.frames import FAILED, GONE, Frames
from ...core.plan.cells import INPUTS
from ...core.plan.frame_texts import Making
from ...core.plan.recipe import parameters_text
from ..plan import sweep_plan
from ..plan.sweep_plan import Plan, Request
from ..sampling import run as sampling
from ..sampling.batching import Row
from ..sampling.progress import Announcer, Progress
from ..sockets import SAMPLERS, SCHEDULERS
from ..store import latents
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
    rows = [_row(request, plan, position) for position in missing]
    announcer = Announcer(request.dynprompt, request.node_id, store)
    strict = request.widget("batch_size") == 1
    run = _Run(plan, store, announcer, Progress(rows, announcer), strict)
    announcer.sweep(run.at_start(missing))
    watch = sampling.Watch(run.progress.step, run.stored, run.failed, run.is_made)
    sampling.run(rows, request.widget("batch_size"), run.write, watch)
    if len(run.errors) == len({frame.id for frame in plan.frames.frames}):
        first = next(iter(run.errors.values()))
        raise ProofsheetError(f"None of the {len(run.errors)} frames could be made. First: {first}")
    return run.errors


@dataclass
class _Run:
    """What happens to each row of one run."""

    plan: Plan
    store: Store
    announcer: Announcer
    progress: Progress
    strict: bool
    errors: dict[str, str] = field(default_factory=dict)

    def at_start(self, missing: list[int]) -> Frames:
        waiting = {self.plan.recipes[position].id for position in missing}
        frames = self.plan.frames
        now = (
            f if f.id in waiting else sweep_plan.with_status(f, self.store) for f in frames.frames
        )
        return replace(frames, frames=tuple(now))

    def write(self, made: sampling.Made) -> Stored:
        """On a writer's thread: put a frame into the store."""
        position = made.row.number - 1
        recipe, frame = self.plan.recipes[position], self.plan.frames.frames[position]
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

    def is_made(self, row: Row) -> bool:
        """Another server that shares the store made it meanwhile."""
        if not sweep_plan.is_kept(self.plan.recipes[row.number - 1], self.store, self.strict):
            return False
        self._tell(row, None)
        return True

    def stored(self, row: Row, stored: Stored) -> None:
        self._tell(row, None)

    def failed(self, row: Row, message: str) -> None:
        log.error("Frame %d of the sweep failed: %s", row.number, message)
        self.errors[row.id] = message
        self.store.note_loss()
        self._tell(row, message)

    def _tell(self, row: Row, error: str | None) -> None:
        """Every cell with this frame hears of it: equal cells share one."""
        for frame in self.plan.frames.frames:
            if frame.id == row.id:
                self.announcer.frame(sweep_plan.with_status(frame, self.store, error))
        self.progress.end(row)


def _row(request: Request, plan: Plan, position: int) -> Row:
    cell = plan.sweep.cells[position]
    at = plan.latent_rows[position]

    def value(name: str) -> Any:
        values = request.inputs[name]
        return values[min(cell.index[name], len(values) - 1)]

    latent = latents.row(request.inputs["latent_image"][at.element], at.row)
    model = value("model")
    return Row(
        id=plan.recipes[position].id,
        number=cell.number,
        model=model,
        positive=value("positive"),
        negative=value("negative"),
        latent=latent,
        samples=sampling.prepared(model, latent),
        vae=value("vae"),
        seed=int(value("seed")),
        steps=int(value("steps")),
        cfg=float(value("cfg")),
        sampler_name=value("sampler_name"),
        scheduler=value("scheduler"),
        denoise=float(value("denoise")),
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
