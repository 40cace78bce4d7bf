"""A sheet's frames looked at once more: what the store has of them now."""

from __future__ import annotations

import pytest
from pack.nodes.core.frames import Estimate, Frame, Frames
from pack.nodes.host.store.statuses import refresh
from pack.nodes.host.store.store import Store
from true_frames import id_of, recipe, sampled

THERE, ELSEWHERE = id_of(recipe(1)), id_of(recipe(2))


@pytest.fixture
def store(tmp_path):
    store = Store(tmp_path / "store")
    store.write(sampled(recipe(1)))
    return store


@pytest.mark.parametrize(
    ("status", "frame_id", "now", "is_loss"),
    [
        ("missing", THERE, "done", False),
        ("missing", ELSEWHERE, "missing", False),
        ("done", THERE, "done", False),
        ("done", ELSEWHERE, "gone", True),
        ("gone", THERE, "done", False),
        ("failed", THERE, "failed", False),
    ],
)
def test_a_frame_is_as_the_store_has_it(store, status, frame_id, now, is_loss):
    """A frame that was not to be made is no loss: there is nothing that could have gone."""
    error = "out of memory" if status == "failed" else None
    frame = Frame(frame_id, 1, 1, status=status, error=error)
    found = refresh(Frames((frame,), estimate=Estimate(1)), store)
    assert [(each.status, each.error) for each in found.frames] == [(now, error)]
    assert found.estimate == Estimate(1)
    assert (store.losses > 0) == is_loss
