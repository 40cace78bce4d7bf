"""The Runner: the cells of a sweep, made chunk by chunk.

In a chunk each stage, a sampler node of the user's graph, is sampled for all cells that need it, in
exact batches; every other node runs one by one, through the host's own helpers, when it is asked
for. A cell is stored as soon as its last stage is there, and nothing of it stays.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import comfy.model_management as management
from torch import Tensor

from ...core.plan.chunks import STAGES, Stages, sampler_name, steps
from ...core.plan.graph import Node
from ..plan import needed
from ..plan.sweep_plan import Plan
from ..sampling import batching
from ..sampling import run as sampling
from ..sampling.failures import describe
from ..sampling.progress import Expected
from ..sampling.rows import Row
from ..sampling.writers import Writers
from ..store import images
from ..store.known import Stored
from ..store.latents import Latent
from .cut_values import CellFailed, CutValues

CHUNK = 4  # batches: so many rows of a first stage are sampled together where few are needed


@dataclass(frozen=True)
class CellMade:
    """What one cell made: its pictures (uint8), its latent if the last node decoded one, the rows
    of the largest batch it was in, and about how many seconds it took."""

    cell: int
    pictures: Sequence[images.Pixels]
    latent: Latent | None
    rows: int
    seconds: float


class Watch(Protocol):
    """Who is told how a run goes. `is_made` is asked just before a cell costs anything: another
    server may have been faster."""

    def step(self, batch: Sequence[Row], step: int, steps: int, denoised: Any) -> None: ...
    def failed(self, cell: int, message: str) -> None: ...
    def is_made(self, cell: int) -> bool: ...


@dataclass
class Runner:
    """One run. `cells` are the positions of those to be made, `size` the rows of a batch (0: as
    many as memory allows)."""

    plan: Plan
    cells: Sequence[int]
    size: int
    values: CutValues
    stages: Stages
    writers: Writers[CellMade, Stored]
    watch: Watch
    rows: dict[str, int] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    users: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.values.expect(needed.kept(self.plan.roots[cell]) for cell in self.cells)
        self.open = set(self.cells)
        self.needs = {cell: self._stages_of(cell) for cell in self.cells}
        for cell, nodes in self.needs.items():
            for node in nodes:
                self.users.setdefault(node.key, []).append(cell)

    def expected(self) -> dict[str, Expected]:
        """The rows that will be sampled, by their keys."""
        nodes = {node.key: node for stages in self.needs.values() for node in stages}
        return {
            key: Expected([cell + 1 for cell in self.users[key]], steps(node))
            for key, node in nodes.items()
        }

    async def run(self) -> None:
        """Make every cell. One that fails is told to the watch, and the others go on; an interrupt
        stops at once, and what was made by then is stored."""
        for chunk in self.stages.chunks(self.cells, CHUNK * (self.size or batching.AUTO_ROWS)):
            for members in self._stages(chunk):
                for batch in batching.batches(members, self.size or batching.AUTO_ROWS):
                    await self._sample(batch)
                    last = {cell: self.needs[cell][-1] for cell in chunk if self.needs[cell]}
                    await self._finish([c for c in last if self.values.is_made(last[c])])
            await self._finish(chunk)

    def _stages_of(self, cell: int) -> list[Node]:
        """The stages that a cell surely needs, in the order in which they are sampled."""
        root = self.plan.roots[cell]
        if self.values.is_given(root):
            return []
        nodes = self.values.below(root.node, lazily=False)
        return [node for node in nodes if node.class_type in STAGES]

    def _stages(self, chunk: Sequence[int]) -> list[list[Node]]:
        """The rows of each stage of a chunk, first stages first."""
        depth: dict[str, int] = {}
        found: dict[object, dict[str, Node]] = {}
        for cell in chunk:
            for number, node in enumerate(self.needs[cell]):
                depth[node.key] = max(depth.get(node.key, 0), number)
                found.setdefault(self.stages.key(node), {})[node.key] = node
        groups = [list(members.values()) for members in found.values()]
        return sorted(groups, key=lambda members: max(depth[node.key] for node in members))

    async def _sample(self, members: Sequence[Node]) -> None:
        """Sample the rows of one stage that are not here yet."""
        start = time.monotonic()
        nodes = {node.key: node for node in members}
        rows = [row for node in members if (row := await self._row(node)) is not None]
        if not rows:
            return
        self.values.show(self.values.display(members[0]))

        def skip(row: Row) -> bool:
            return not self._is_wanted(nodes[row.key])

        for made in sampling.made(rows, self.size, self._step, skip):
            node = nodes[made.row.key]
            if made.error is not None:
                self._fail(node, self.values.blamed(node, describe(made.error)))
            elif made.outputs is not None:
                self.rows[node.key] = made.batch_rows
                self.values.put(node, [[value] for value in made.outputs])
        share = (time.monotonic() - start) / len(rows)
        self.seconds.update((row.key, share) for row in rows)

    async def _row(self, node: Node) -> Row | None:
        """A sampler node with what it is called with; None: it is not to be sampled, or a list
        arrives there, and the host maps it."""
        if self.values.is_made(node) or not self._is_wanted(node):
            return None
        inputs: dict[str, Any] = {}
        try:
            for name in node.inputs:
                values = await self.values.input(node, name)
                if len(values) != 1:
                    return None
                inputs[name] = values[0]
        except CellFailed as error:
            self._fail(node, str(error))
            return None
        return Row(node.key, node.class_type, inputs, sampler_name(node))

    def _step(self, batch: Sequence[Row], step: int, steps: int, denoised: Any) -> None:
        self.writers.poll()
        self.watch.step(batch, step, steps, denoised)

    def _is_wanted(self, node: Node) -> bool:
        """Whether a cell still needs it: another server may have been faster, or the disk full."""
        for cell in self.users.get(node.key, ()):
            if cell in self.open and self.watch.is_made(cell):
                self._close(cell)
        return any(cell in self.open for cell in self.users.get(node.key, ())) and not self._stop()

    def _stop(self) -> bool:
        """When the disk takes no more, nothing more is made for it."""
        if self.writers.refused:
            for cell in sorted(self.open):
                self._end(cell, f"it was not made: {self.writers.refused}")
        return bool(self.writers.refused)

    async def _finish(self, cells: Sequence[int]) -> None:
        """What follows the last stage, cell by cell."""
        for cell in cells:
            if cell in self.open and not self._stop():
                await self._end_of(cell)

    async def _end_of(self, cell: int) -> None:
        start = time.monotonic()
        try:
            management.throw_exception_if_processing_interrupted()
            kept = needed.kept(self.plan.roots[cell])
            [root, *latent] = [await self.values.value(item) for item in kept]
            if not all(isinstance(image, Tensor) and image.ndim >= 3 for image in root):
                raise CellFailed("what arrives at the Sweep is no picture")
            pictures = [p for image in root for p in images.several(image)]
        except CellFailed as error:
            self._end(cell, str(error))
            return
        below = self.plan.roots[cell].node.order
        rows = max((self.rows.get(node.key, 1) for node in below), default=1)
        stages = {node.key: self.seconds.get(node.key, 0.0) for node in self.needs[cell]}
        shared = sum(took / len(self.users[key]) for key, took in stages.items())
        seconds = shared + time.monotonic() - start
        kept_latent = latent[0][0] if latent else None
        self.writers.add(CellMade(cell, pictures, kept_latent, rows, seconds))
        self._close(cell)

    def _fail(self, node: Node, message: str) -> None:
        """Every cell that needs a node fails with it."""
        self.values.failed[node.key] = message
        for cell in self.users.get(node.key, ()):
            self._end(cell, message)

    def _end(self, cell: int, message: str) -> None:
        if cell in self.open:
            self._close(cell)
            self.watch.failed(cell, message)

    def _close(self, cell: int) -> None:
        self.open.discard(cell)
        self.values.leave(needed.kept(self.plan.roots[cell]))
