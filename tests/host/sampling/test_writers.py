"""Frames are written beside sampling, a bounded number at a time, and told in order."""

from __future__ import annotations

import threading

import pytest
from pack.nodes.host.sampling import writers
from pack.nodes.host.sampling.writers import Writers
from pack.nodes.host.store.atomic_files import StorageError


class Log:
    def __init__(self):
        self.stored, self.failed, self.threads = [], {}, set()

    def on_stored(self, item, result):
        self.threads.add(threading.current_thread())
        self.stored.append((item, result))

    def on_failed(self, item, message):
        self.failed[item] = message

    def writers(self, write):
        return Writers(write, self.on_stored, self.on_failed)


def test_what_was_written_is_told_in_order_on_the_thread_that_samples():
    log, gate = Log(), threading.Event()

    def write(item):
        if item == 0:
            gate.wait(10)
        return (item * 2, threading.current_thread().name)

    with log.writers(write) as out:
        for item in range(4):
            out.add(item)
        out.poll()
        assert log.stored == []  # the first is not written yet
        gate.set()
    assert [(item, result[0]) for item, result in log.stored] == [(0, 0), (1, 2), (2, 4), (3, 6)]
    assert all(result[1].startswith("proofsheet-writer") for _, result in log.stored)
    assert log.threads == {threading.current_thread()}


def test_polling_tells_of_what_was_written_meanwhile():
    log, written = Log(), threading.Event()
    with log.writers(lambda item: written.set()) as out:
        out.add("one")
        assert written.wait(10)
        while not log.stored:
            out.poll()
    assert log.stored == [("one", None)]


def test_one_that_cannot_be_written_is_a_failure_and_the_next_is_not():
    log = Log()

    def full(item):
        if item == 1:
            raise OSError(28, "No space left on device")

    with log.writers(full) as out:
        out.add(1)
        out.add(2)
    assert [item for item, _ in log.stored] == [2]
    assert "No space left on device" in log.failed[1]
    assert log.failed[1].startswith("it could not be stored: ")
    assert out.refused is None


def test_a_disk_that_takes_no_more_is_told():
    log = Log()

    def full(item):
        raise StorageError(28, "the disk is full: free some space")

    with log.writers(full) as out:
        out.add(1)
    assert "free some space" in log.failed[1]
    assert isinstance(out.refused, StorageError)


def test_whatever_goes_wrong_what_is_under_way_is_finished():
    log = Log()

    def slow(item):
        threading.Event().wait(0.05)

    with pytest.raises(RuntimeError, match="stop"), log.writers(slow) as out:
        for item in range(3):
            out.add(item)
        raise RuntimeError("stop")
    assert [item for item, _ in log.stored] == [0, 1, 2]


def test_no_more_wait_than_are_stated():
    """Slow writing holds sampling back: memory does not grow with the sweep."""
    log, lock = Log(), threading.Lock()
    waiting = most = 0

    def slow(item):
        nonlocal waiting
        threading.Event().wait(0.005)
        with lock:
            waiting -= 1

    with log.writers(slow) as out:
        for item in range(60):
            with lock:
                waiting += 1
                most = max(most, waiting)
            out.add(item)
    assert len(log.stored) == 60
    assert most <= writers.WAITING + 1
