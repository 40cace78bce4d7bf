"""Running rows: failures stay with their row, memory shortage halves the batch, an interrupt keeps
what is done, and nobody's random numbers change."""

from __future__ import annotations

import random

import comfy.model_management as management
import comfy.samplers
import numpy as np
import pytest
import torch
from pack.nodes.host.sampling import batching, previews, progress
from pack.nodes.host.sampling import run as sampling
from pack.nodes.host.sampling.rows import Row


@pytest.fixture
def rows(demo):
    """Makes rows of the Demo Model, seeds 1, 2, ..."""
    model, clip, _ = demo
    encode = lambda text: clip.encode_from_tokens_scheduled(clip.tokenize(text))  # noqa: E731
    shared = {"model": model, "positive": encode("a red boat"), "negative": encode("")}
    shared |= {"latent_image": {"samples": torch.zeros(1, 16, 8, 8)}, "denoise": 1.0}
    shared |= {"steps": 2, "cfg": 3.0, "sampler_name": "euler", "scheduler": "simple"}

    def make(count, **changes):
        return [
            Row(str(n), "KSampler", {**shared, **changes, "seed": n}) for n in range(1, count + 1)
        ]

    return make


class Log:
    """What became of rows, and what was told meanwhile."""

    def __init__(self):
        self.made, self.failed, self.steps, self.skipped = {}, {}, [], ()

    def step(self, batch, index, steps, denoised):
        self.steps.append(([row.seed for row in batch], index, steps, denoised.shape))
        management.throw_exception_if_processing_interrupted()

    def run(self, some, size=0):
        skip = lambda row: row.seed in self.skipped  # noqa: E731
        for result in sampling.made(some, size, self.step, skip):
            if result.error is None:
                self.made[result.row.seed] = result
            else:
                self.failed[result.row.seed] = result.error
        return self

    def batches(self):
        return [seeds for seeds, index, *_ in self.steps if index == 1]


def test_rows_come_in_order_with_their_latents(rows):
    log = Log().run(rows(5), 2)
    assert log.batches() == [[1, 2], [3, 4], [5]]
    assert list(log.made) == [1, 2, 3, 4, 5] and log.failed == {}
    assert [result.batch_rows for result in log.made.values()] == [2, 2, 2, 2, 1]
    for result in log.made.values():
        [latent] = result.outputs
        assert latent["samples"].shape == (1, 16, 8, 8)


def test_every_step_of_a_batch_is_told(rows):
    log = Log().run(rows(4, steps=3), 2)
    assert log.steps == [
        ([first, first + 1], index, 3, (2, 16, 8, 8)) for first in (1, 3) for index in (1, 2, 3)
    ]


def test_the_automatic_size_asks_the_host_how_much_memory_a_call_takes(rows, monkeypatch):
    some = rows(12)
    one = some[0].model.model.memory_required([2, 16, 8, 8]) * 1.5
    for fits in (1, 3, 8):
        monkeypatch.setattr(management, "get_free_memory", lambda *_a, fits=fits: one * fits + 1)
        assert batching.automatic_size(some) == fits
    monkeypatch.setattr(management, "get_free_memory", lambda *_a: 1e15)
    assert batching.automatic_size(some) == batching.AUTO_ROWS
    assert batching.automatic_size(some[:3]) == 3


@pytest.fixture
def scarce(monkeypatch):
    """Memory for so many rows at most; how many were tried."""
    sample = comfy.samplers.CFGGuider.sample
    tried = []

    def only(fits):
        def limited(self, noise, *args, **kwargs):
            tried.append(noise.shape[0])
            if noise.shape[0] > fits:
                raise torch.cuda.OutOfMemoryError("CUDA out of memory")
            return sample(self, noise, *args, **kwargs)

        monkeypatch.setattr(comfy.samplers.CFGGuider, "sample", limited)
        return tried

    return only


@pytest.mark.parametrize(
    ("fits", "expected"),
    [(6, [6, 6]), (4, [6, 3, 3, 3, 3]), (2, [6, 3, *[1] * 12])],
)
def test_a_batch_that_runs_out_of_memory_is_halved(rows, scarce, fits, expected):
    tried = scarce(fits)
    log = Log().run(rows(12), 8)
    assert tried == expected
    assert sorted(log.made) == list(range(1, 13)) and log.failed == {}


def test_out_of_memory_for_a_single_row_is_its_failure(rows, scarce):
    scarce(0)
    log = Log().run(rows(2), 2)
    assert log.made == {}
    assert [type(error) for error in log.failed.values()] == [torch.cuda.OutOfMemoryError] * 2
    # Or the tensors of the failed call would stay in memory.
    assert [error.__traceback__ for error in log.failed.values()] == [None] * 2


def test_a_row_that_breaks_its_batch_does_not_take_the_others_along(rows, monkeypatch):
    sample = sampling.sample

    def fragile(batch, step):
        if any(row.seed == 3 for row in batch):
            raise RuntimeError("this one cannot be sampled")
        return sample(batch, step)

    monkeypatch.setattr(sampling, "sample", fragile)
    log = Log().run(rows(4), 4)
    assert list(log.made) == [1, 2, 4]
    assert str(log.failed[3]) == "this one cannot be sampled"


def test_a_row_is_asked_for_just_before_it_is_sampled(rows):
    log = Log()
    asked = []

    def skip(row):
        asked.append((row.seed, len(log.steps)))
        return row.seed in (2, 3)

    for result in sampling.made(rows(6, steps=1), 2, log.step, skip):
        log.made[result.row.seed] = result
    assert list(log.made) == [1, 4, 5, 6]
    assert log.batches() == [[1], [4], [5, 6]]
    assert asked == [(1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 2)]


def test_an_interrupt_stops_at_the_next_step_and_keeps_what_was_made(rows):
    log = Log()
    step = log.step

    def stopping(batch, *told):
        if batch[0].seed == 3:
            management.interrupt_current_processing()
        step(batch, *told)

    log.step = stopping
    with pytest.raises(management.InterruptProcessingException):
        log.run(rows(6), 2)
    assert list(log.made) == [1, 2] and log.failed == {}
    assert log.steps[-1][:2] == ([3, 4], 1)


@pytest.mark.parametrize("sampler", ["euler", "euler_ancestral", "dpmpp_sde", "ddim", "uni_pc"])
def test_the_global_random_states_stay_as_they_were(rows, sampler):
    random.seed(1)
    np.random.seed(2)
    torch.manual_seed(3)
    before = (random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state())
    for size in (1, 2):
        Log().run(rows(3, sampler_name=sampler), size)
    after = (random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state())
    assert before[:2] == after[:2]
    assert torch.equal(before[2], after[2])


def test_what_is_drawn_between_two_results_is_the_callers(rows):
    """Nobody else's random numbers are put back with the sampler's."""
    torch.manual_seed(3)
    expected = torch.rand(3)
    torch.manual_seed(3)
    drawn = [torch.rand(1) for _ in sampling.made(rows(3), 2, Log().step, lambda _row: False)]
    assert torch.equal(torch.cat(drawn), expected)


class Told:
    """In place of the announcer: keeps what the page would hear."""

    def __init__(self):
        self.states = []

    def step(self, state):
        self.states.append(state)


def test_progress_counts_the_steps_of_all_rows_and_pictures_those_in_flight(rows, monkeypatch):
    import latent_preview

    monkeypatch.setattr(
        latent_preview.args, "preview_method", latent_preview.LatentPreviewMethod.Auto
    )
    monkeypatch.setattr(previews, "SECONDS", 0)
    told, some = Told(), rows(4)
    steps = {row.key: progress.Expected([number], 2) for number, row in enumerate(some, 1)}
    bar = progress.Progress(steps, 4, told)
    for result in sampling.made(some, 2, bar.step, lambda _row: False):
        bar.end(int(result.row.key))
    assert [(s["numbers"], s["step"], s["share"]) for s in told.states] == [
        ([1, 2], 1, 0.25), ([1, 2], 2, 0.5), ([3, 4], 1, 0.75), ([3, 4], 2, 1),
    ]  # fmt: skip
    assert [[p["number"] for p in s["previews"]] for s in told.states] == [[1, 2]] * 2 + [
        [3, 4]
    ] * 2
    assert (bar.bar.current, bar.bar.total) == (8, 8)
