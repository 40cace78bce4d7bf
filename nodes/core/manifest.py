"""The manifest: what a run made, as JSON, for the browser and for programs that read /history.

axes       what varies, outermost first: name, labels, values
frames     one object a frame: number, id, row, column, status, seed, prompts, values, files
constants  the settings all frames share; labels: how they are written
picks      the text, and the ids it names: in this sweep, from earlier ones, gone
estimate   what making the missing cells would take
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import count
from typing import Any, TypedDict, Union

from .frames import FileReference, Frame, Frames, Status, caption
from .plan.graph import digest
from .sheet.axis_labels import written
from .sheet.grid import arrange

VERSION = 1
EXACT = 2**53  # integers above it lose digits in a program whose numbers are doubles

Scalar = Union[str, int, float, None]  # noqa: UP007 (a value, not an annotation, on Python 3.10)
Value = Union[Scalar, list[Scalar]]  # noqa: UP007


class Files(TypedDict):
    """Where a frame's files are; a frame that came as a picture has no latent."""

    image: FileReference
    thumb: FileReference
    latent: FileReference | None


References = Callable[[str], Files]
"""Frame id -> how `/view` finds its files."""


class AxisEntry(TypedDict):
    name: str
    labels: list[str]
    values: list[Value]


class FrameEntry(Files):
    """One frame as the manifest and the events tell it."""

    number: int | None
    id: str
    status: Status
    seed: int | None
    prompt: int
    positive: str
    negative: str
    caption: str
    values: dict[str, Value]
    labels: dict[str, str]
    width: int
    height: int
    exact: bool
    volatile: bool
    picked: int | None
    error: str | None


class PlacedEntry(FrameEntry):
    """A frame of the sweep itself."""

    row: int
    column: int


class PicksEntry(TypedDict):
    text: str
    ids: list[str]
    earlier: list[FrameEntry]
    gone: list[str]


class EstimateEntry(TypedDict):
    """Seconds and bytes are null where nothing like the missing cells was ever made."""

    missing: int
    seconds: float | None
    bytes: int | None


class Manifest(TypedDict):
    """What a sweep's event tells as it begins."""

    version: int
    sweep: str
    combine: str
    axes: list[AxisEntry]
    rows: int
    columns: int
    constants: dict[str, Value]
    labels: dict[str, str]
    frames: list[PlacedEntry]
    picks: PicksEntry
    estimate: EstimateEntry | None


class SheetManifest(Manifest):
    """What a Contact Sheet says: in /history, and to the page."""

    held: bool
    sheet: FileReference | None
    notice: str


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
) -> Manifest:
    grid, estimate = arrange(frames.axes, columns), frames.estimate
    order = {frame.id: place for place, frame in enumerate(picks.frames, start=1)}
    listed: list[PlacedEntry] = [
        {**frame_entry(frame, references, order.get(frame.id)), "row": row, "column": column}
        for frame, (row, column) in zip(frames.frames, map(grid.place, count()), strict=False)
    ]
    return {
        "version": VERSION,
        "sweep": digest([frame.id for frame in frames.frames])[:16],
        "combine": frames.combine,
        "axes": [
            {"name": axis.name, "labels": [*axis.labels], "values": [*map(_finite, axis.values)]}
            for axis in frames.axes
        ],
        "rows": grid.rows,
        "columns": grid.columns,
        "constants": {name: _finite(value) for name, value in frames.constants.items()},
        "labels": {name: written(value, name) for name, value in frames.constants.items()},
        "frames": listed,
        "picks": {
            "text": picks.text,
            "ids": [frame.id for frame in picks.frames],
            "earlier": [frame_entry(f, references, order.get(f.id)) for f in picks.earlier],
            "gone": list(picks.gone),
        },
        "estimate": EstimateEntry(**asdict(estimate)) if estimate else None,
    }


def frame_entry(frame: Frame, references: References, picked: int | None = None) -> FrameEntry:
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
        "labels": frame_labels({"seed": frame.seed, **frame.values}),
        "width": frame.width,
        "height": frame.height,
        "exact": frame.exact,
        "volatile": frame.volatile,
        "picked": picked,
        "error": frame.error,
        **references(frame.id),
    }


def frame_labels(values: Mapping[str, Any]) -> dict[str, str]:
    """Numbers that a browser, whose numbers are doubles, would write otherwise than we do: 7.0,
    and those with digits beyond a double's."""
    return {
        name: str(value)
        for name, value in values.items()
        if isinstance(value, float) or isinstance(value, int) and abs(value) > EXACT
    }


def _finite(value: Any) -> Any:
    """JSON has no NaN or infinity: browsers cannot read them."""
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return [_finite(each) for each in value] if isinstance(value, list | tuple) else value
