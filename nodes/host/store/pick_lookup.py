"""Picks looked up: in the sweep, and for those it lacks, in the store."""

from __future__ import annotations

import logging

from ...core.frames import DONE, Frame, Frames
from ...core.grammar import picks as grammar
from ...core.manifest import Picked
from ...core.plan import told
from .store import Store

log = logging.getLogger("proofsheet")


def pick(frames: Frames, text: str, store: Store) -> Picked:
    """The picks that a text names, in the order written. Raises GrammarError on a fault."""
    wanted = grammar.resolve(grammar.parse(text), frames.frames)
    here = {frame.id: frame for frame in frames.frames}
    found: list[Frame] = []
    earlier: list[Frame] = []
    gone: list[str] = []
    for frame_id in wanted.ids:
        frame = here.get(frame_id)
        if frame is None and (frame := keeper(frame_id, store)) is not None:
            earlier.append(frame)
        if frame is not None and frame.status == DONE:
            found.append(frame)
        else:
            gone.append(frame_id)
    if gone:
        log.warning("Picked frames that cannot be passed on: %s", ", ".join(f"#{i}" for i in gone))
    return Picked(text, tuple(found), tuple(earlier), tuple(gone))


def keeper(frame_id: str, store: Store) -> Frame | None:
    """A frame of the store as a frame of no sweep. Seed and prompts are those of its recipe."""
    stored = store.find(frame_id)
    if stored is None:
        return None
    positive, negative = told.prompts(stored.recipe)
    return Frame(
        id=frame_id,
        number=None,
        seed=told.seed(stored.recipe),
        positive=positive,
        negative=negative,
        values=stored.facts.get("values", {}),
        width=stored.width,
        height=stored.height,
        exact=stored.facts.get("exact", False),
        volatile=stored.is_volatile,
        status=DONE,
    )
