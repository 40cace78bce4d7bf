"""Printed sheets under the store's cap: they count and go as frames do."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from pack.nodes.host.store.images import picture_id
from pack.nodes.host.store.store import NewFrame, Store

SIZE = 10_000


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "proofsheet" / "store")


@pytest.fixture
def sheets(tmp_path):
    folder = tmp_path / "proofsheet" / "sheets"
    folder.mkdir(parents=True)
    return folder


def sheet(folder, name, used):
    path = folder / name
    path.write_bytes(bytes(SIZE))
    os.utime(path, (used, used))
    return path


def frame(store, number, used):
    picture = np.full((8, 8, 3), number, np.uint8)
    frame_id = picture_id(picture)
    store.write(NewFrame(frame_id, [picture], None, {}, "", {"rows": 1}))
    for path in store.path(frame_id).parent.glob(f"{frame_id}.*"):
        os.utime(path, (used, used))
    return store.path(frame_id)


def capped(monkeypatch, size):
    monkeypatch.setenv("PROOFSHEET_STORE_GIB", str(size / 2**30))


def test_the_least_recently_used_go_first_whatever_they_are(store, sheets, monkeypatch):
    oldest, newest = frame(store, 1, 1000), frame(store, 2, 4000)
    old, new = sheet(sheets, "aa" * 8 + ".png", 2000), sheet(sheets, "bb" * 8 + ".png", 3000)
    capped(monkeypatch, 1.5 * SIZE)
    losses = store.losses
    assert store.evict() == 2 and store.losses > losses
    assert [path.exists() for path in (oldest, old, new, newest)] == [False, False, True, True]


def test_an_eviction_that_a_disk_stops_is_noted_as_well(store, monkeypatch):
    frame(store, 1, 1000), frame(store, 2, 2000)
    capped(monkeypatch, 10)
    unlink, losses = Path.unlink, store.losses

    def until_the_second(path, missing_ok=False):
        if store.losses > losses + 1:
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", until_the_second)
    with pytest.raises(PermissionError):
        store.evict()
    assert store.losses > losses


def test_what_was_just_drawn_stays(store, sheets, monkeypatch):
    drawn, other = (sheet(sheets, name * 8 + ".png", 1000) for name in ("aa", "bb"))
    capped(monkeypatch, 10)
    assert store.evict(keep=["aa" * 8]) == 1
    assert (drawn.exists(), other.exists()) == (True, False)


def test_files_of_others_are_left_alone(store, sheets, monkeypatch):
    strange = [sheet(sheets, name, 1000) for name in ("mine.png", "aa" * 8 + ".txt", "b.png")]
    (sheets / ("cc" * 8 + ".png")).symlink_to(strange[0])
    (sheets / ("dd" * 8 + ".png")).mkdir()
    capped(monkeypatch, 10)
    assert store.evict() == 0
    assert all(path.exists() for path in strange) and len(list(sheets.iterdir())) == 5


def test_half_written_sheets_of_a_crash_are_cleared(store, sheets):
    old = sheet(sheets, f".{'aa' * 8}.png.12345678.part", 1000)
    new = sheets / f".{'bb' * 8}.png.12345678.part"
    new.write_bytes(b"")
    store.evict()
    assert (old.exists(), new.exists()) == (False, True)
