"""Frames as the store has them now."""

from __future__ import annotations

from dataclasses import replace

from ...core.frames import DONE, FAILED, GONE, MISSING, Frame, Frames
from .store import Store


def with_status(frame: Frame, store: Store, error: str | None = None) -> Frame:
    """The frame as the store has it now: what was not to be made is missing, not gone."""
    if error is not None:
        return replace(frame, status=FAILED, error=error)
    stored = store.find(frame.id)
    if stored is None:
        status = MISSING if frame.status == MISSING else GONE
        return replace(frame, status=status, error=None)
    return replace(frame, status=DONE, width=stored.width, height=stored.height, error=None)


def refresh(frames: Frames, store: Store) -> Frames:
    """The frames as the store has them now; a frame that has gone is made again at the next run."""
    now = tuple(
        frame if frame.status == FAILED else with_status(frame, store) for frame in frames.frames
    )
    if any(frame.status == GONE for frame in now):
        store.note_loss()
    return replace(frames, frames=now)
