"""What a store remembers beside its frames, and what of it is believed."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from pack.nodes.core.plan.recipe import planned_id
from pack.nodes.host.store import notes
from pack.nodes.host.store.integrity import data_hash
from pack.nodes.host.store.pick_lookup import keeper
from pack.nodes.host.store.store import Store
from true_frames import from_picture, pixels, recipe, sampled

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
HOST = {"host": "0.3.75"}
KEY = "ab" * 32
COST = (2.5, 4096)


def made_by(run: str, seed: int = 1):
    return sampled(recipe(seed), pixels(seed), fingerprints={**HOST, "run": run})


FIRST, SECOND, OTHER = made_by("one"), made_by("two"), made_by("one", seed=2)
PLANNED = planned_id(recipe(1), HOST)
ELSEWHERE = made_by("three")
"""A frame of the same cell that the store does not have."""


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "store")
    for frame in (FIRST, SECOND, OTHER, from_picture(pixels(5))):
        store.write(frame)
    return store


def note(store, folder, key, text, by=None) -> Path:
    """A note as somebody writes it who knows the format, or as it is of another key."""
    path = store.root / folder / key[:32]
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"{text} {data_hash(f'{by or key} {text}'.encode())}", encoding="utf-8")
    return path


# ---- runs


def test_the_last_run_of_a_cell_is_found(store):
    assert len({FIRST.id, SECOND.id, PLANNED}) == 3
    assert store.last_run(PLANNED) is None
    for frame in (FIRST, SECOND, FIRST):
        store.remember_run(PLANNED, frame.id)
        assert store.last_run(PLANNED) == Store(store.root).last_run(PLANNED) == frame.id
        assert store.find(frame.id).planned_id == PLANNED
    assert store.last_run(planned_id(recipe(2), HOST)) is None


def test_a_frame_that_every_run_changes_is_a_volatile_keeper(store):
    assert keeper(FIRST.id, store).volatile
    plain = store.write(sampled(recipe(1), fingerprints=HOST))
    assert plain.id == plain.planned_id == PLANNED
    assert not keeper(plain.id, store).volatile
    assert not keeper(from_picture(pixels(5)).id, store).volatile


def damaged(store):
    store.remember_run(PLANNED, FIRST.id)
    store.path(FIRST.id).write_bytes(store.path(OTHER.id).read_bytes())


@pytest.mark.parametrize(
    "tamper",
    [
        lambda store: store.remember_run(PLANNED, ELSEWHERE.id),
        lambda store: store.remember_run(PLANNED, OTHER.id),
        lambda store: store.remember_run(PLANNED, from_picture(pixels(5)).id),
        lambda store: store.remember_run(PLANNED, "../../../etc/passwd"),
        lambda store: store.remember_run(PLANNED, FIRST.id.upper()),
        lambda store: store.remember_run(PLANNED, ""),
        lambda store: store.remember_run(PLANNED, f"{FIRST.id} {FIRST.id}"),
        lambda store: note(store, "runs", PLANNED, FIRST.id, by=OTHER.id),
        lambda store: note(store, "runs", PLANNED, FIRST.id).write_text(FIRST.id),
        lambda store: note(store, "runs", PLANNED, FIRST.id).write_text(""),
        lambda store: note(store, "runs", PLANNED, FIRST.id).write_bytes(b"\xff" * 40),
        lambda store: note(store, "runs", PLANNED, FIRST.id).write_bytes(b"0" * 10**6),
        lambda store: note(store, "runs", PLANNED, "a" * 10**6),
        lambda store: (store.root / "runs" / PLANNED).mkdir(parents=True),
        damaged,
    ],
    ids=[
        *("evicted", "of another cell", "of a picture", "a path", "in capitals", "nothing"),
        *("two frames", "note of another cell", "without a hash", "empty", "no text", "long"),
        *("very long", "a folder", "frame damaged"),
    ],
)
def test_a_run_that_cannot_be_believed_is_none(store, tamper):
    tamper(store)
    assert store.last_run(PLANNED) is None


@posix
def test_links_and_pipes_are_not_followed(store, tmp_path):
    target = note(store, "runs", PLANNED, FIRST.id)
    assert store.last_run(PLANNED) == FIRST.id
    target.rename(tmp_path / "elsewhere")
    target.symlink_to(tmp_path / "elsewhere")
    assert store.last_run(PLANNED) is None
    target.unlink()
    os.mkfifo(target)
    assert store.last_run(PLANNED) is None
    outside = tmp_path / "outside"
    outside.mkdir()
    (store.root / "costs").symlink_to(outside)
    store.remember_cost(KEY, *COST)
    assert not list(outside.iterdir())


# ---- costs


def test_a_cost_is_a_running_mean(store):
    assert store.cost(KEY) is None
    for seconds, size, mean in [
        (2.0, 1000, (2.0, 1000)),
        (4.0, 3001, (3.0, 2000)),
        (1, 0, (2.0, 1000)),
    ]:
        store.remember_cost(KEY, seconds, size)
        assert store.cost(KEY) == Store(store.root).cost(KEY) == mean
    assert store.cost("cd" * 32) is None


@pytest.mark.parametrize(
    "text",
    ["", "2.5", "2.5 4096 1", "nan 4096", "inf 4096", "-1 4096", "2.5 -1", "2.5 4.5", "x 1"]
    + [f"2.5 {10**20}", f"2.5 {2**50 + 1}"],
)
def test_a_cost_that_is_none_is_not_believed(store, text):
    note(store, "costs", KEY, "2.5 4096")
    assert store.cost(KEY) == COST
    note(store, "costs", KEY, text)
    assert store.cost(KEY) is None
    store.remember_cost(KEY, *COST)  # and does not spoil what comes after
    assert store.cost(KEY) == COST


def test_a_tampered_cost_is_not_believed(store):
    store.remember_cost(KEY, *COST)
    path = store.root / "costs" / KEY[:32]
    path.write_bytes(path.read_bytes().replace(b"2.5", b"0.5", 1))
    assert store.cost(KEY) is None


# ---- values


@pytest.mark.parametrize(
    "values", [["a red boat, 猫 \ud800", ""], [2**64 - 1, -0.5, True], ["x" * 60_000]]
)
def test_texts_and_numbers_are_remembered_as_they_are(store, values):
    assert store.notes.values(KEY) is None
    store.notes.remember_values(KEY, values)
    assert repr(Store(store.root).notes.values(KEY)) == repr(values)
    assert store.notes.values("cd" * 32) is None


@pytest.mark.parametrize("values", [[float("nan")], ["x" * 70_000]])
def test_values_that_no_note_can_hold_are_not(store, values):
    store.notes.remember_values(KEY, values)
    assert store.notes.values(KEY) is None


@pytest.mark.parametrize("text", ["", "[1", "{}", "[[1]]", "[null]", "[" * 9_000, '["x"] ["x"]'])
def test_values_that_are_none_are_not_believed(store, text):
    note(store, "values", KEY, text)
    assert store.notes.values(KEY) is None
    note(store, "values", KEY, '["x"]', by=PLANNED)
    assert store.notes.values(KEY) is None


# ---- all of them


@pytest.mark.parametrize("key", ["../x", "", "abc", "AB" * 8, "a" * 65, f"{PLANNED}\n"])
def test_a_key_is_a_digest(store, key):
    for read in (store.rows, store.last_run, store.cost, store.notes.values):
        with pytest.raises(ValueError, match="not a key"):
            read(key)
    with pytest.raises(ValueError, match="not a key"):
        store.remember_run(key, FIRST.id)


def test_a_disk_that_refuses_is_no_fault(store):
    for folder in ("rows", "runs", "costs", "values"):
        (store.root / folder).write_bytes(b"")
    store.remember_rows(KEY, 4)
    store.remember_run(PLANNED, FIRST.id)
    store.remember_cost(KEY, *COST)
    store.notes.remember_values(KEY, ["x"])
    assert store.rows(KEY) is store.last_run(PLANNED) is store.cost(KEY) is None
    assert store.notes.values(KEY) is None


@pytest.mark.parametrize("folder", ["rows", "runs", "costs", "values"])
def test_the_oldest_go_when_the_store_is_tidied(store, folder, monkeypatch):
    monkeypatch.setattr(notes, "MOST", 3)
    paths = [note(store, folder, f"{number:016x}", "1") for number in range(5)]
    for age, path in zip((5, 1, 4, 2, 3), paths, strict=True):
        os.utime(path, (10_000 - age, 10_000 - age))
    mine = [store.root / folder / name for name in ("mine.txt", "README")]
    for path in mine:
        path.write_bytes(b"")
        os.utime(path, (1, 1))
    (store.root / folder / ("f" * 16)).mkdir()
    monkeypatch.setenv("PROOFSHEET_STORE_GIB", "0")
    store.evict()
    assert all(path.exists() for path in paths)
    monkeypatch.setenv("PROOFSHEET_STORE_GIB", "1")
    store.evict()
    assert [path.exists() for path in paths] == [False, True, False, True, True]
    assert all(path.exists() for path in mine)


def test_eviction_leaves_them_alone(store, monkeypatch):
    store.remember_rows(KEY, 4)
    store.remember_run(PLANNED, FIRST.id)
    store.remember_cost(KEY, *COST)
    monkeypatch.setenv("PROOFSHEET_STORE_GIB", str(10 / 2**30))
    assert store.evict(keep=[FIRST.id]) == 3
    assert (store.rows(KEY), store.last_run(PLANNED), store.cost(KEY)) == (4, FIRST.id, COST)
