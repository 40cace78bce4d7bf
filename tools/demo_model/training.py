"""The loop that both trainings share: budget, checkpoints, checks, several workers.

Workers are single-threaded and pull towards common weights every few steps (elastic averaging),
each at its own pace: on a busy machine that keeps every free core at work, where one process with
many threads would run at the pace of its slowest. One worker alone is exactly repeatable.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
import torch.multiprocessing as multiprocessing
from torch import Tensor, nn

from .progress import Progress
from .runs import Budget, load_checkpoint, save_checkpoint

SAVE_EVERY, CHECK_EVERY = 90, 240  # seconds
MEET_EVERY, PULL = 8, 0.35  # steps; share of the way to the common weights


@dataclass
class Run:
    """What a checkpoint knows of its past."""

    steps: int = 0
    samples: int = 0
    seconds: float = 0.0


class Meeting:
    """Weights in shared memory that the workers pull at and are pulled to."""

    def __init__(self, parameters: list[Tensor], samples: int) -> None:
        self.common = [p.detach().cpu().clone().share_memory_() for p in parameters]
        context = multiprocessing.get_context("spawn")
        self.lock, self.samples = context.Lock(), context.Value("q", samples)

    @torch.no_grad()
    def pull(self, parameters: list[Tensor], samples: int) -> None:
        with self.lock:
            for mine, common in zip(parameters, self.common, strict=True):
                change = (mine.cpu() - common) * PULL
                mine.sub_(change.to(mine.device))
                common.add_(change)
            self.samples.value += samples


class Trainer:
    """A net, its optimisers, and where they are kept. Subclasses give steps and checks."""

    name = ""

    def __init__(self, path: Path, net: nn.Module, device: str) -> None:
        self.path, self.net, self.device, self.run = path, net.to(device), device, Run()
        self.optimisers: list[torch.optim.Optimizer] = []

    def step(self, done: float) -> float:
        """One update with `done` of the budget spent; returns the loss."""
        raise NotImplementedError

    def check(self) -> str:
        """How good it is on held-out pictures, in words."""
        raise NotImplementedError

    def state(self) -> dict[str, Any]:
        kept = [optimiser.state_dict() for optimiser in self.optimisers]
        return {"net": self.net.state_dict(), "optimisers": kept, "run": vars(self.run)}

    def restore(self, state: dict[str, Any]) -> None:
        self.net.load_state_dict(state["net"])
        for optimiser, kept in zip(self.optimisers, state["optimisers"], strict=False):
            optimiser.load_state_dict(kept)
        self.run = Run(**state["run"])

    def resume(self) -> None:
        if state := load_checkpoint(self.path, self.device):
            self.restore(state)

    def save(self) -> None:
        save_checkpoint(self.path, self.state())

    def update(self, loss: Tensor, rate_share: float) -> None:
        """Backwards and forwards: gradients, clipped; rates; steps."""
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.net.parameters(), 1.0)
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * rate_share
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)

    def remember_peaks(self) -> None:
        for optimiser in self.optimisers:
            for group in optimiser.param_groups:
                group["peak"] = group["lr"]

    def follow(self, weights: list[Tensor]) -> None:
        """Told the weights that count after every step; for a running average."""


def fit(
    trainer: Trainer, budget: Budget, meeting: Meeting | None = None, leads: bool = True
) -> None:
    """Train until the budget is spent. Only the leading worker saves, checks and reports."""
    loop = _Loop(trainer, budget, meeting)
    parameters = list(trainer.net.parameters())
    while (done := loop.share()) < 1:
        loop.note(trainer.step(done))
        if meeting and trainer.run.steps % MEET_EVERY == 0:
            meeting.pull(parameters, loop.new_samples())
        if leads:
            trainer.follow(meeting.common if meeting else parameters)
            loop.report(done)
    if leads:
        loop.finish()


class _Loop:
    """The clock and the counters of one worker's training."""

    def __init__(self, trainer: Trainer, budget: Budget, meeting: Meeting | None) -> None:
        self.trainer, self.budget, self.meeting = trainer, budget, meeting
        self.progress = Progress(trainer.name)
        self.started, self.before = time.monotonic(), trainer.run.seconds
        self.saved = self.checked = self.started
        self.counted, self.loss, self.held = trainer.run.samples, 0.0, ""

    def share(self) -> float:
        run = self.trainer.run
        run.seconds = self.before + time.monotonic() - self.started
        samples = self.meeting.samples.value if self.meeting else run.samples
        return self.budget.share(samples, run.seconds)

    def note(self, loss: float) -> None:
        self.loss += (loss - self.loss) * (0.01 if self.loss else 1)

    def new_samples(self) -> int:
        new, self.counted = self.trainer.run.samples - self.counted, self.trainer.run.samples
        return new

    def report(self, done: float) -> None:
        clock = time.monotonic()
        if clock - self.checked > CHECK_EVERY:
            self.checked, self.held = clock, self.trainer.check()
        if clock - self.saved > SAVE_EVERY:
            self.saved = clock
            self.save()
        run = self.trainer.run
        note = f"loss {self.loss:.4f} {self.held} {run.steps} steps, {self._samples()} samples"
        self.progress.show(done, note)

    def finish(self) -> None:
        self.save()
        self.progress.done(f"{self._samples()} samples, {self.trainer.check()}")

    def save(self) -> None:
        """The common weights where there are any: they are better than any worker's."""
        trainer, mine = self.trainer, self.trainer.run.samples
        trainer.run.samples = self._samples()
        if self.meeting:
            with torch.no_grad():
                pairs = zip(trainer.net.parameters(), self.meeting.common, strict=True)
                for parameter, common in pairs:
                    parameter.copy_(common)
        trainer.save()
        trainer.run.samples = mine

    def _samples(self) -> int:
        return self.meeting.samples.value if self.meeting else self.trainer.run.samples


def fit_together(make: Callable[[int], Trainer], budget: Budget, workers: int) -> None:
    """`make(worker)` builds the trainer of a worker, in that worker's process."""
    if workers <= 1:
        fit(make(0), budget)
        return
    first = make(0)
    meeting = Meeting(list(first.net.parameters()), first.run.samples)
    del first
    multiprocessing.spawn(_work, (make, budget, meeting), nprocs=workers)


def _work(worker: int, make: Callable[[int], Trainer], budget: Budget, meeting: Meeting) -> None:
    torch.set_num_threads(1)
    fit(make(worker), budget, meeting, leads=worker == 0)
