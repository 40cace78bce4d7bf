"""Running rows: failures stay with their frame, memory shortage halves the batch, an interrupt
keeps what is done, and nobody's random numbers change."""

from __future__ import annotations

import random

import comfy.model_management as management
import comfy.sample
import comfy.samplers
import numpy as np
import pytest
import torch
from pack.nodes.host.sampling import batching
from pack.nodes.host.sampling import run as sampling
from pack.nodes.host.sampling.batching import Row
from pack.nodes.host.store.atomic_files import StorageError


@pytest.fixture(autouse=True)
def as_the_executor_runs():
    with torch.inference_mode():
        yield


@pytest.fixture
def rows(demo):
    """Makes rows of the Demo Model, seeds 1, 2, ..."""
    model, clip, vae = demo
    encode = lambda text: clip.encode_from_tokens_scheduled(clip.tokenize(text))  # noqa: E731
    positive, negative = encode("a red boat"), encode("")
    latent = {"samples": torch.zeros(1, 16, 8, 8)}

    def make(count, **changes):
        settings = {"steps": 2, "cfg": 3.0, "sampler_name": "euler", "scheduler": "simple"}
        settings |= {"denoise": 1.0, "vae": vae, **changes}
        shared = (model, positive, negative, latent, latent["samples"])
        names = ("model", "positive", "negative", "latent", "samples")
        given = dict(zip(names, shared, strict=True))
        return [Row(f"{n:016x}", n, seed=n, **given, **settings) for n in range(1, count + 1)]

    return make


class Log:
    """What a run told its watch."""

    def __init__(self):
        self.stored, self.failed, self.steps, self.written = [], {}, [], {}
        self.watch = sampling.Watch(self.step, self.on_stored, self.on_failed)

    def step(self, batch, index, denoised):
        self.steps.append(([row.number for row in batch], index))
        management.throw_exception_if_processing_interrupted()

    def on_stored(self, row, _result):
        self.stored.append(row.number)

    def on_failed(self, row, message):
        self.failed[row.number] = message

    def write(self, made):
        self.written[made.row.number] = made
        return made

    def run(self, some, size=0):
        sampling.run(some, size, self.write, self.watch)
        return self


def batch_sizes(log):
    return [len(numbers) for numbers, index in log.steps if index == 1]


def test_frames_are_told_in_order_with_their_pictures(rows):
    log = Log().run(rows(5), 2)
    assert log.stored == [1, 2, 3, 4, 5]
    assert batch_sizes(log) == [2, 2, 1]
    assert [log.written[n].batch_rows for n in (1, 2, 3, 4, 5)] == [2, 2, 2, 2, 1]
    assert all(made.pictures[0].shape == (64, 64, 3) for made in log.written.values())


def test_the_automatic_size_asks_the_host_how_much_memory_a_call_takes(rows, monkeypatch):
    some = rows(12)
    one = some[0].model.model.memory_required([2, 16, 8, 8]) * 1.5
    for fits in (1, 3, 8):
        monkeypatch.setattr(management, "get_free_memory", lambda *_a, fits=fits: one * fits + 1)
        assert batching.automatic_size(some) == fits
    monkeypatch.setattr(management, "get_free_memory", lambda *_a: 1e15)
    assert batching.automatic_size(some) == batching.AUTO_ROWS
    assert batching.automatic_size(some[:3]) == 3


@pytest.mark.parametrize(
    ("fits", "expected"),
    [(6, [6, 6]), (4, [6, 3, 3, 3, 3]), (2, [6, 3, *[1] * 12])],
)
def test_a_batch_that_runs_out_of_memory_is_halved(rows, monkeypatch, fits, expected):
    tried = []
    sample = comfy.samplers.CFGGuider.sample

    def scarce(self, noise, *args, **kwargs):
        tried.append(noise.shape[0])
        if noise.shape[0] > fits:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory")
        return sample(self, noise, *args, **kwargs)

    monkeypatch.setattr(comfy.samplers.CFGGuider, "sample", scarce)
    log = Log().run(rows(12), 8)
    assert tried == expected
    assert sorted(log.stored) == list(range(1, 13))
    assert log.failed == {}


def test_out_of_memory_for_a_single_frame_is_that_frames_failure(rows, monkeypatch):
    sample = comfy.sample.sample

    def scarce(model, noise, *args, seed=None, **kwargs):
        if seed == 2:
            raise torch.cuda.OutOfMemoryError("CUDA out of memory. Tried to allocate 9 GiB")
        return sample(model, noise, *args, seed=seed, **kwargs)

    monkeypatch.setattr(comfy.sample, "sample", scarce)
    log = Log().run(rows(3), 1)
    assert log.stored == [1, 3]
    assert log.failed[2].startswith("out of memory: CUDA out of memory. Tried to allocate 9 GiB.")
    assert "smaller picture" in log.failed[2]


def test_a_row_that_breaks_its_batch_does_not_take_the_others_along(rows, monkeypatch):
    decode = sampling.decode

    def fragile(vae, samples):
        if torch.equal(samples, broken["samples"]):
            raise RuntimeError("this latent cannot be decoded")
        return decode(vae, samples)

    log = Log()
    broken = {}
    sample = sampling.sample

    def remember(batch, step):
        latents = sample(batch, step)
        for row, latent in zip(batch, latents, strict=True):
            if row.number == 3:
                broken["samples"] = latent["samples"]
        return latents

    monkeypatch.setattr(sampling, "sample", remember)
    monkeypatch.setattr(sampling, "decode", fragile)
    log.run(rows(4), 4)
    assert log.stored == [1, 2, 4]
    assert log.failed == {3: "RuntimeError: this latent cannot be decoded"}


def test_a_frame_that_cannot_be_written_is_a_failure_and_the_next_is_not(rows):
    log = Log()
    write = log.write

    def full(made):
        if made.row.number == 1:
            raise OSError(28, "No space left on device")
        return write(made)

    log.write = full
    log.run(rows(2), 1)
    assert log.stored == [2]
    assert "No space left on device" in log.failed[1]


@pytest.mark.parametrize(
    "error",
    [
        torch.cuda.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("MPS backend out of memory (MPS allocated: 9 GB)"),
        RuntimeError(
            "[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried 9 bytes"
        ),
        MemoryError(),
    ],
)
def test_decoding_is_tried_again_when_memory_ran_out(rows, monkeypatch, error):
    decode, tried = sampling.decode, []

    def scarce(vae, samples):
        tried.append(1)
        if len(tried) == 2:
            raise error
        return decode(vae, samples)

    monkeypatch.setattr(sampling, "decode", scarce)
    log = Log().run(rows(3), 3)
    assert log.stored == [1, 2, 3] and not log.failed and len(tried) == 4


def test_nothing_more_is_sampled_for_a_disk_that_takes_no_more(rows):
    log = Log()
    write = log.write

    def full(made):
        if made.row.number >= 2:
            raise StorageError(28, "the disk is full: free some space")
        return write(made)

    log.write = full
    log.run(rows(40), 1)
    assert log.stored == [1]
    assert len(log.failed) == 39 and all("free some space" in m for m in log.failed.values())
    assert len(batch_sizes(log)) < 2 + sampling.WAITING + 2


def test_what_another_server_made_meanwhile_is_not_sampled(rows):
    log = Log()
    log.watch = sampling.Watch(log.step, log.on_stored, log.on_failed, lambda row: row.number == 2)
    log.run(rows(4), 2)
    assert log.stored == [1, 3, 4]


def test_an_interrupt_stops_at_the_next_step_and_keeps_what_was_decoded(rows):
    log = Log()
    step = log.step

    def stopping(batch, index, denoised):
        if batch[0].number == 3:
            management.interrupt_current_processing()
        step(batch, index, denoised)

    log.watch = sampling.Watch(stopping, log.on_stored, log.on_failed)
    with pytest.raises(management.InterruptProcessingException):
        log.run(rows(6), 2)
    assert log.stored == [1, 2]
    assert log.steps[-1] == ([3, 4], 1)
    assert log.failed == {}


@pytest.mark.parametrize("sampler", ["euler", "euler_ancestral", "dpmpp_sde", "ddim", "uni_pc"])
def test_the_global_random_states_stay_as_they_were(rows, sampler):
    random.seed(1)
    np.random.seed(2)
    torch.manual_seed(3)
    before = (random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state())
    Log().run(rows(3, sampler_name=sampler), 2)
    after = (random.getstate(), np.random.get_state()[1].tolist(), torch.get_rng_state())
    assert before[:2] == after[:2]
    assert torch.equal(before[2], after[2])


def test_no_more_frames_wait_than_are_stated(rows, monkeypatch):
    """Slow writing holds sampling back: memory does not grow with the sweep."""
    import threading

    waiting, most, lock = 0, 0, threading.Lock()
    add = sampling._Writer.add

    def counted(self, made):
        nonlocal waiting, most
        with lock:
            waiting += 1
            most = max(most, waiting)
        add(self, made)

    def slow(made):
        nonlocal waiting
        threading.Event().wait(0.02)
        with lock:
            waiting -= 1

    monkeypatch.setattr(sampling._Writer, "add", counted)
    log = Log()
    log.write = slow
    log.run(rows(60, steps=1), 8)
    assert len(log.stored) == 60
    assert most <= sampling.WAITING + 8
