"""Making the missing frames of one sweep: who is told, and what is written."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import comfyui_version
from comfy_execution.utils import get_executing_context

from ...core.errors import ProofsheetError
from ...core.frames import MISSING, Estimate, Frame, Frames
from ...core.plan import estimate, make, told
from ...core.plan.chunks import Stages
from ...core.plan.frame_texts import Making as MakingFacts
from ...core.plan.recipe import RUN, FrameRecipe, frame_id
from ...core.plan.sources import Link
from ..plan.request import Request
from ..plan.sweep_plan import Plan
from ..sampling.progress import Announcer, Progress
from ..sampling.rows import Row
from ..sampling.writers import Writers
from ..store.known import Stored
from ..store.statuses import with_status
from ..store.store import NewFrame, Store
from .cut_values import Carried, CutValues
from .runner import CellMade, Runner

log = logging.getLogger("proofsheet")


class Making:
    """One run's frames. `recipes` and `frames` stand in cell order; `cells` are the positions of
    those to be made, equal ones once. A volatile cell that this run may make has an id of this
    run, any other that of the last run that made it."""

    def __init__(self, request: Request, plan: Plan, store: Store) -> None:
        self.request = request
        self.plan = plan
        self.store = store
        self.errors: dict[str, str] = {}
        self.progress: Progress
        self.announcer: Announcer
        self._token = uuid.uuid4().hex
        self._last = {r.id: store.last_run(r.id) for r in plan.recipes if r.volatile}
        aliases = {made: planned for planned, made in self._last.items() if made}
        allowed = make.allowed(request.widgets["make"], plan.frames.frames, aliases)
        self.recipes = [self._recipe(each, at in allowed) for at, each in enumerate(plan.recipes)]
        self.frames = [
            replace(frame, id=recipe.id, status=frame.status if at in allowed else MISSING)
            for at, (frame, recipe) in enumerate(zip(plan.frames.frames, self.recipes, strict=True))
        ]
        found = {self.recipes[at].id: at for at in sorted(allowed, reverse=True)}
        self.shown: dict[str, list[Frame]] = {}
        for frame in self.frames:
            self.shown.setdefault(frame.id, []).append(frame)
        self.cells = sorted(at for at in found.values() if not self._is_kept(self.recipes[at]))

    def _recipe(self, planned: FrameRecipe, may: bool) -> FrameRecipe:
        if not planned.volatile:
            return planned
        if not may:
            return replace(planned, id=self._last[planned.id] or planned.id)
        fingerprints = {**planned.fingerprints, RUN: self._token}
        made = frame_id(planned.graph, fingerprints)
        return replace(planned, fingerprints=fingerprints, id=made)

    def _is_kept(self, recipe: FrameRecipe) -> bool:
        """Whether a frame that may be made need not be: a strict run does not take one that came
        out of a batch."""
        stored = self.store.find(recipe.id)
        return stored is not None and (stored.is_strict or self.request.widgets["batch_size"] != 1)

    async def run(
        self, node_id: str, arrived: dict[Link, list[Any]], extra: dict[str, Any]
    ) -> Frames:
        """Make them in the Runner, node `node_id`. Raises ProofsheetError if not one could be."""
        context = get_executing_context()
        self.announcer = Announcer(self.plan.host.dynprompt, self.request.node_id, self.store)
        carried = Carried(context.prompt_id if context else "", extra)
        values = CutValues(self.plan, node_id, arrived, self.announcer.highlight, carried)
        waiting = {self.recipes[cell].id for cell in self.cells}
        start = (f if f.id in waiting else with_status(f, self.store) for f in self.frames)
        self.announcer.sweep(replace(self.plan.frames, frames=tuple(start)))
        roots = {cell: self.plan.roots[cell].node for cell in self.cells}

        def not_stored(made: CellMade, message: str) -> None:
            self.failed(made.cell, message)

        with Writers(self.write, self.stored, not_stored) as writers:
            stages = Stages(roots, self.plan.cuts.origin)
            size = self.request.widgets["batch_size"]
            runner = Runner(self.plan, self.cells, size, values, stages, writers, self)
            self.progress = Progress(runner.expected(), len(self.cells), self.announcer)
            await runner.run()
        self.announcer.highlight("")
        return self.finished()

    def finished(self) -> Frames:
        """All frames as they are now."""
        frames = tuple(with_status(f, self.store, self.errors.get(f.id)) for f in self.frames)
        ids = list(dict.fromkeys(frame.id for frame in frames))
        self.store.touch(ids)
        if self.cells:
            self.store.evict(keep=ids)
        if not all(frame.is_done for frame in frames):
            self.store.note_loss()
        made = len(self.cells) - len(self.errors)
        log.info(
            "Sweep of %d frames: %d made, %d from the store, %d failed.",
            *(len(frames), made, sum(f.is_done for f in frames) - made, len(self.errors)),
        )
        if self.errors and len(self.errors) == len(ids):
            first = next(iter(self.errors.values()))
            raise ProofsheetError(f"None of the {len(ids)} frames could be made. First: {first}")
        return replace(self.plan.frames, frames=frames, estimate=self._estimate(frames))

    def _estimate(self, frames: Sequence[Frame]) -> Estimate | None:
        """What making the missing cells would take, from what frames of their shape took."""
        missing = {
            f.id: r for f, r in zip(frames, self.recipes, strict=True) if f.status == MISSING
        }
        if not missing:
            return None
        shapes = [estimate.shape(recipe.graph) for recipe in missing.values()]
        costs = {shape: self.store.cost(shape) for shape in set(shapes)}
        return estimate.estimate([costs[shape] for shape in shapes])

    # ---- what happens to each cell

    def write(self, made: CellMade) -> Stored:
        """On a writer's thread: put a frame into the store."""
        recipe, frame = self.recipes[made.cell], self.frames[made.cell]
        height, width = made.pictures[0].shape[:2]
        facts: MakingFacts = {
            "exact": recipe.exact,
            "rows": made.rows,
            "seconds": round(made.seconds, 3),
            "seed": frame.seed,
            "positive": frame.positive,
            "negative": frame.negative,
            "values": dict(frame.values),
            "fingerprints": dict(recipe.fingerprints),
        }
        text = told.parameters_text(recipe.graph, width, height, comfyui_version.__version__)
        stored = self.store.write(
            NewFrame(recipe.id, made.pictures, made.latent, recipe.graph, text, facts)
        )
        if recipe.volatile:
            self.store.remember_run(self.plan.recipes[made.cell].id, recipe.id)
        self.store.remember_cost(
            estimate.shape(recipe.graph), made.seconds, self.store.size(recipe.id)
        )
        return stored

    def is_made(self, cell: int) -> bool:
        """Another server that shares the store made it meanwhile."""
        if not self._is_kept(self.recipes[cell]):
            return False
        self._tell(cell, None)
        return True

    def stored(self, made: CellMade, _stored: Stored) -> None:
        self._tell(made.cell, None)

    def failed(self, cell: int, message: str) -> None:
        log.error("Frame %d of the sweep failed: %s", self.frames[cell].number, message)
        self.errors[self.recipes[cell].id] = message
        self.store.note_loss()
        self._tell(cell, message)

    def _tell(self, cell: int, error: str | None) -> None:
        """Every cell with this frame hears of it: equal cells share one."""
        for frame in self.shown[self.recipes[cell].id]:
            self.announcer.frame(with_status(frame, self.store, error))
        self.progress.end(cell + 1)

    def step(self, batch: Sequence[Row], step: int, steps: int, denoised: Any) -> None:
        self.progress.step(batch, step, steps, denoised)
