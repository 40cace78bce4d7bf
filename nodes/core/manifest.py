"""The manifest: what a run made, as JSON, for the browser and for programs that read /history.

axes       what varies, outermost first: name, labels, values
frames     one object a frame: number, id, row, column, status, seed, prompts, values, files
constants  the settings all frames share
picks      the text, and the ids it names: in this sweep, from earlier ones, gone
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .axes import Axis
from .frames import FileReference, Frame, Frames, caption
from .plan.graph import digest
from .sheet.layout import arrange

VERSION = 1

References = Callable[[str], Mapping[str, FileReference | None]]
"""Frame id -> how `/view` finds its image, thumb and latent (None: it has none)."""


@dataclass(frozen=True)
class Picked:
    """Picked frames in the order they are passed on. `earlier` are keepers: frames of the store
    that this sweep lacks; `gone` are ids that the store has lost."""

    text: str = ""
    frames: Sequence[Frame] = ()
    earlier: Sequence[Frame] = ()
    gone: Sequence[str] = ()


def manifest(
    frames: Frames, references: References, columns: int = 0, picks: Picked = Picked()
) -> dict[str, Any]:
    grid = arrange(frames.axes, columns)
    order = {frame.id: place for place, frame in enumerate(picks.frames, start=1)}
    listed = []
    for index, frame in enumerate(frames.frames):
        row, column = grid.place(index)
        entry = frame_entry(frame, references, order.get(frame.id))
        listed.append({**entry, "row": row, "column": column})
    return {
        "version": VERSION,
        "sweep": digest([frame.id for frame in frames.frames])[:16],
        "combine": frames.combine,
        "axes": [_axis_entry(axis) for axis in frames.axes],
        "rows": grid.rows,
        "columns": grid.columns,
        "constants": {name: _finite(value) for name, value in frames.constants.items()},
        "frames": listed,
        "picks": {
            "text": picks.text,
            "ids": [frame.id for frame in picks.frames],
            "earlier": [frame_entry(f, references, order.get(f.id)) for f in picks.earlier],
            "gone": list(picks.gone),
        },
    }


def frame_entry(frame: Frame, references: References, picked: int | None = None) -> dict[str, Any]:
    """One frame as the manifest and the events tell it."""
    return {
        "number": frame.number,
        "id": frame.id,
        "status": frame.status,
        "seed": frame.seed,
        "prompt": frame.prompt,
        "positive": frame.positive,
        "negative": frame.negative,
        "caption": caption(frame),
        "values": {name: _finite(value) for name, value in frame.values.items()},
        "width": frame.width,
        "height": frame.height,
        "exact": frame.exact,
        "picked": picked,
        "error": frame.error,
        **references(frame.id),
    }


def _axis_entry(axis: Axis) -> dict[str, Any]:
    values = [_finite(value) for value in axis.values]
    return {"name": axis.name, "labels": list(axis.labels), "values": values}


def _finite(value: Any) -> Any:
    """JSON has no NaN or infinity: browsers cannot read them."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return [_finite(each) for each in value] if isinstance(value, list | tuple) else value
