"""The store: whole frames or none, damage found, the cap kept."""

from __future__ import annotations

import json
import os

import numpy as np
import pytest
import torch
from comfy.nested_tensor import NestedTensor
from pack.nodes.host.store import encoding, latents
from pack.nodes.host.store import store as store_module
from pack.nodes.host.store.atomic_files import StorageError
from pack.nodes.host.store.store import NewFrame, Store
from PIL import Image
from true_frames import id_of, recipe

RECIPE = {"1": {"class_type": "KSampler", "inputs": {"seed": 2**63}}}
ID = id_of(RECIPE)


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def pixels(seed=0, size=(48, 64)):
    return np.random.default_rng(seed).integers(0, 256, (*size, 3), dtype=np.uint8)


def latent():
    return {
        "samples": torch.arange(32.0).reshape(1, 2, 4, 4),
        "noise_mask": torch.ones(1, 1, 4, 4),
        "batch_index": [3],
    }


def write(store, graph=RECIPE, pictures=None, **facts):
    pictures = pictures or [pixels()]
    text, facts = "Katze, 猫\nSteps: 4", {"rows": 4, **facts}
    return store.write(NewFrame(id_of(graph), pictures, latent(), graph, text, facts))


def test_what_is_written_is_found_whole(store):
    write(store, seed=2**63)
    found = store.find(ID)
    assert (found.width, found.height, found.recipe) == (64, 48, RECIPE)
    assert found.facts["seed"] == 2**63
    assert (np.asarray(store.picture(ID)) == pixels()).all()
    kept = store.latent(ID)
    assert kept.keys() == latent().keys()
    assert torch.equal(kept["samples"], latent()["samples"])
    assert kept["batch_index"] == [3]
    with Image.open(store.path(ID)) as picture:
        assert json.loads(picture.text["prompt"]) == RECIPE
        assert encoding.parameters(picture) == "Katze, 猫\nSteps: 4"
    assert store.thumb(ID).size == (64, 48)


def test_equal_frames_are_equal_bytes(tmp_path):
    files = []
    for name in ("one", "two"):
        store = Store(tmp_path / name)
        write(store)
        files.append({p.name: p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()})
    assert files[0] == files[1]


def test_strict_means_sampled_alone(store):
    assert not write(store).is_strict
    assert write(store, recipe(1), rows=1).is_strict


def test_a_video_keeps_all_its_pictures(store):
    write(store, pictures=[pixels(1), pixels(2), pixels(3)])
    assert [(np.asarray(p) == pixels(n)).all() for n, p in enumerate(store.pictures(ID), 1)] == [
        True
    ] * 3


def test_a_nested_latent_comes_back_nested(tmp_path):
    parts = [torch.ones(1, 2, 3), torch.zeros(1, 4)]
    file = tmp_path / "nested.safetensors"
    file.write_bytes(latents.to_bytes({"samples": NestedTensor(parts)}))
    back = latents.from_file(str(file))["samples"]
    assert back.is_nested
    assert all(torch.equal(a, b) for a, b in zip(back.unbind(), parts, strict=True))


def flip(path, at=-200):
    data = bytearray(path.read_bytes())
    data[at] ^= 4
    path.write_bytes(data)


def test_a_broken_thumbnail_is_no_reason_to_sample_again(store):
    write(store)
    store.path(ID, ".webp").unlink()
    assert store.find(ID)


@pytest.mark.parametrize("name", ["../../etc/passwd", "0123456789ABCDEF", "", "a" * 17])
def test_only_frame_ids_become_paths(store, name):
    with pytest.raises(ValueError, match="not a frame id"):
        store.path(name)


def test_a_write_that_fails_leaves_nothing_behind(store, monkeypatch):
    replace = os.replace

    def full(source, target):
        if str(target).endswith(".png"):
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StorageError, match="the disk is full.*Free some space"):
        write(store)
    assert store.find(ID) is None
    assert not list(store.root.rglob("*.part"))


def sized(store, number, used, picked=False):
    write(store, recipe(number), pictures=[pixels(number, (64, 64))])
    frame_id = id_of(recipe(number))
    for path in store.path(frame_id).parent.glob(f"{frame_id}.*"):
        os.utime(path, (used, used))
    if picked:
        store.protect([frame_id])
        os.utime(store.path(frame_id, ".picked"), (used, used))
    return frame_id


def test_the_least_recently_used_unpicked_frames_go_first(store, monkeypatch):
    picked = sized(store, 1, 1000, picked=True)
    oldest, middle, newest = (sized(store, n, 1000 + n) for n in (2, 3, 4))
    one = sum(path.stat().st_size for path in store.path(newest).parent.iterdir())
    monkeypatch.setenv("PROOFSHEET_STORE_GIB", str(3.5 * one / 2**30))
    store.touch([oldest])  # used just now: the middle one is older
    assert store.evict(keep=[newest]) == 1
    assert [bool(store.find(i)) for i in (picked, oldest, middle, newest)] == [
        True,
        True,
        False,
        True,
    ]


def test_leftovers_of_a_crash_are_cleared(store, monkeypatch):
    write(store)
    old = store.path(ID).with_name(".half.png.12345678.part")
    new = store.path(ID).with_name(".other.png.12345678.part")
    for path in (old, new):
        path.write_bytes(b"x" * 100)
    os.utime(old, (1000, 1000))
    store.evict()
    assert (old.exists(), new.exists()) == (False, True)


def test_row_counts_are_remembered(store):
    key = "ab" * 32
    assert store.rows(key) is None
    store.remember_rows(key, 4)
    assert store.rows(key) == 4
    path = store.root / "rows" / key[:32]
    for wrong in (path.read_bytes().replace(b"4", b"5", 1), b"4", b"", b"\xff", b"9" * 10**6):
        path.write_bytes(wrong)
        assert store.rows(key) is None


def test_two_servers_that_make_one_frame_at_once_leave_a_whole_one(tmp_path, monkeypatch):
    """Server B writes the whole frame between A's latent and A's picture, and the other way."""
    one, two = Store(tmp_path / "store"), Store(tmp_path / "store")
    put = store_module.put

    def meanwhile(path, data):
        if path.name == f"{ID}.webp" and not done:
            done.append(1)
            other = NewFrame(ID, [pixels(1)], {**latent(), "batch_index": [4]}, RECIPE, "", {})
            two.write(other)
            assert two.find(ID)
        put(path, data)

    done = []
    monkeypatch.setattr(store_module, "put", meanwhile)
    write(one)
    for store in (one, two):
        found = store.find(ID)
        assert found and store.latent(ID)["batch_index"] == [3]
        assert (np.asarray(store.picture(ID)) == pixels()).all()


def test_making_a_frame_again_strictly_never_leaves_less_than_there_was(store, monkeypatch):
    write(store, rows=4)
    put = store_module.put

    def killed(path, data):
        if path.name == f"{ID}.png":
            raise KeyboardInterrupt
        put(path, data)

    monkeypatch.setattr(store_module, "put", killed)
    strict = NewFrame(ID, [pixels()], {**latent(), "batch_index": [5]}, RECIPE, "", {"rows": 1})
    with pytest.raises(KeyboardInterrupt):
        store.write(strict)
    found = store.find(ID)
    assert found and not found.is_strict and store.latent(ID)["batch_index"] == [3]
    monkeypatch.undo()
    store.write(strict)
    assert store.find(ID).is_strict and store.latent(ID)["batch_index"] == [5]


def test_a_frame_written_anew_with_other_files_is_found(store):
    write(store)
    other = {**latent(), "batch_index": [5]}
    store.write(NewFrame(ID, [pixels()], other, RECIPE, "", {"rows": 1}))
    assert len(list(store.path(ID).parent.glob("*.safetensors"))) == 2
    assert store.find(ID)
    store.remove(ID)
    write(store)
    assert store.find(ID)


def test_a_whole_frame_is_not_written_again(store):
    write(store)
    before = store.path(ID).stat().st_ino
    write(store, pictures=[pixels(9)])
    assert store.path(ID).stat().st_ino == before


def test_a_change_is_seen_though_the_clock_was_set_back(store):
    write(store)
    assert store.find(ID)
    stat = store.path(ID).stat()
    flip(store.path(ID))
    os.utime(store.path(ID), ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert store.find(ID) is None


def test_frames_from_the_future_go_when_their_turn_comes(store, monkeypatch):
    future = sized(store, 1, 4_000_000_000)
    newest = sized(store, 2, 4_100_000_000)
    one = sum(path.stat().st_size for path in store.path(newest).parent.iterdir())
    monkeypatch.setenv("PROOFSHEET_STORE_GIB", str(1.5 * one / 2**30))
    store.evict()
    left = [frame for frame in (future, newest) if store.find(frame)]
    assert len(left) == 1
    write(store)
    partial = store.path(ID).with_name(".half.png.12345678.part")
    partial.write_bytes(b"x")
    os.utime(partial, (4_000_000_000, 4_000_000_000))
    store.evict()
    assert not partial.exists()


def test_latin_settings_are_a_compressed_text_that_old_frontends_pass_over(store):
    """Frontend 1.32.9 takes a plain `parameters` for an A1111 picture and ignores the recipe."""
    store.write(NewFrame(ID, [pixels()], latent(), RECIPE, "a café\nSteps: 4", {"rows": 1}))
    data = store.path(ID).read_bytes()
    assert b"zTXtparameters" in data
    with Image.open(store.path(ID)) as picture:
        assert picture.info["parameters"] == "a café\nSteps: 4"
        assert encoding.parameters(picture) == "a café\nSteps: 4"
