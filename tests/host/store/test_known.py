"""What the process knows of a store: shared by all who ask, true until a file changes."""

from __future__ import annotations

import os
import shutil

import pytest
from pack.nodes.host.store import atomic_files, known
from pack.nodes.host.store.store import Store
from true_frames import pixels, recipe, sampled

FRAME = sampled(recipe(), pixels(1), pixels(2), values={"size": (8, 8)}, seed=1)
STRICT = sampled(recipe(), pixels(1), pixels(2), rows=1)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def copied(store):
    return Store(shutil.copytree(store.root, store.root.with_name("copied")))


@pytest.fixture
def unread(monkeypatch):
    def read(*_):
        raise AssertionError("it was read back")

    with monkeypatch.context() as patched:
        patched.setattr("pack.nodes.host.store.integrity.frame", read)
        yield


def test_what_was_written_is_known_and_not_read_back(store, unread):
    written = store.write(FRAME)
    assert store.find(FRAME.id) is written
    assert Store(store.root).find(FRAME.id) is written  # whoever looks
    assert store.write(FRAME) is written


def test_what_is_known_of_a_written_frame_is_what_a_reader_finds(store):
    written = store.write(FRAME)
    assert copied(store).find(FRAME.id) == written
    assert written.facts["values"] == {"size": [8, 8]}


@pytest.mark.parametrize("ending", [".png", ".2.png", ".safetensors"])
def test_a_file_that_is_replaced_later_is_looked_at_again(store, ending, tmp_path):
    """By another server: an equal frame in other files, found as it is now."""
    store.write(FRAME)
    other = Store(tmp_path / "other")
    other.write(STRICT)
    other.path(FRAME.id, ending).replace(store.path(FRAME.id, ending))
    found = store.find(FRAME.id)
    assert found is not None
    assert found.is_strict == (ending == ".png")


@pytest.mark.parametrize("ending", [".png", ".2.png", ".safetensors"])
def test_a_change_in_the_same_tick_of_the_clock_is_seen(store, ending):
    store.write(FRAME)
    path = store.path(FRAME.id, ending)
    with path.open("r+b") as file:
        file.seek(-100 if ending != ".safetensors" else -1, os.SEEK_END)
        byte = file.read(1)
        file.seek(-1, os.SEEK_CUR)
        file.write(bytes([byte[0] ^ 1]))
    assert store.find(FRAME.id) is None


def test_what_is_replaced_in_the_moment_it_is_written_is_not_taken_for_ours(store, monkeypatch):
    strict = Store(store.root.with_name("other"))
    strict.write(STRICT)
    replace = os.replace

    def meanwhile(source, target):
        replace(source, target)
        if str(target).endswith(f"{FRAME.id}.png"):
            replace(strict.path(STRICT.id), target)

    monkeypatch.setattr(os, "replace", meanwhile)
    assert not store.write(FRAME).is_strict
    assert store.find(FRAME.id).is_strict


def test_put_tells_the_file_it_wrote(tmp_path):
    path = tmp_path / "a"
    assert atomic_files.put(path, b"one") == atomic_files.file_identity(path)
    before = atomic_files.file_identity(path)
    assert atomic_files.put(path, b"two") != before


def test_losses_are_those_of_one_folder(store, tmp_path):
    store.note_loss()
    assert Store(store.root).losses == 1
    assert Store(tmp_path / "elsewhere").losses == 0


def test_it_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr(known, "MAX_FRAMES", 2)
    store = Store(tmp_path / "store")
    frames = [sampled(recipe(seed)) for seed in (1, 2, 3)]
    for frame in frames:
        store.write(frame)
    assert len(store.known.checked) == 2
    assert all(store.find(frame.id) for frame in frames)
    for number in range(known.MAX_STORES + 1):
        Store(tmp_path / str(number))
    assert len(known._stores) == known.MAX_STORES
