"""What is printed on a sheet, as plain data: no pictures, no fonts, no drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..axes import JOINT, Axis
from ..frames import DONE, Status

CAPTIONS = ("varying", "full", "none")


@dataclass(frozen=True)
class SheetFrame:
    """One frame of a sheet. `values` are facts beside the axes: its negative prompt, say.

    `number` is None for a keeper; `id` is for whoever loads the picture. `status` is done, failed
    (then `error` says why), gone or waiting; `pick` is its place in the order of picks. Width and
    height are 0 while unknown.
    """

    number: int | None
    values: Mapping[str, Any] = field(default_factory=dict)
    status: Status = DONE
    error: str | None = None
    pick: int | None = None
    width: int = 0
    height: int = 0
    id: str = ""

    @property
    def name(self) -> str:
        """What is printed under its picture."""
        return "keeper" if self.number is None else str(self.number)


@dataclass(frozen=True)
class Sheet:
    """Frames in the order of the sweep, the axes they come from, and what they all share."""

    axes: tuple[Axis, ...]
    frames: tuple[SheetFrame, ...]
    constants: Mapping[str, Any] = field(default_factory=dict)
    columns: int = 0
    cell_size: int = 256
    captions: str = "varying"


def parts(axis: Axis) -> list[Axis]:
    """An axis taken apart: more than one where values were paired up."""
    names = axis.name.split(JOINT)
    if len(names) == 1 or not all(_holds(value, len(names)) for value in axis.values):
        return [axis]
    return [
        Axis(name, tuple(value[i] for value in axis.values), _labels(axis, i, len(names)))
        for i, name in enumerate(names)
    ]


def _holds(value: object, count: int) -> bool:
    return isinstance(value, (list, tuple)) and len(value) == count


def _labels(axis: Axis, part: int, count: int) -> tuple[str, ...]:
    """The labels of one part; where they cannot be told apart, its values."""
    split = [label.split(JOINT) for label in axis.labels]
    if all(len(labels) == count for labels in split):
        return tuple(labels[part] for labels in split)
    return tuple(str(value[part]) for value in axis.values)


def from_manifest(
    manifest: Mapping[str, Any],
    columns: int = 0,
    cell_size: int = 256,
    captions: str = "varying",
) -> Sheet:
    """The sheet of a manifest, as it is in /history."""
    axes = tuple(
        Axis(axis["name"], tuple(axis["values"]), tuple(axis["labels"]))
        for axis in manifest["axes"]
    )
    said = {part.name for axis in axes for part in parts(axis)}
    frames = tuple(_frame(frame, said) for frame in manifest["frames"])
    axes = axes or (counted(frames),)
    return Sheet(axes, frames, manifest["constants"], columns, cell_size, captions)


def counted(frames: Sequence[SheetFrame]) -> Axis:
    """The axis of frames that no axes span: picks, or pictures that are no sweep."""
    names = tuple(frame.name for frame in frames)
    return Axis("frame", names, names)


def _frame(entry: Mapping[str, Any], said: set[str]) -> SheetFrame:
    values = {name: value for name, value in entry["values"].items() if JOINT not in name}
    facts = values | {
        "prompt": entry["positive"],
        "negative": entry["negative"],
        "seed": entry["seed"],
    }
    return SheetFrame(
        id=entry["id"],
        number=entry["number"],
        values={name: fact for name, fact in facts.items() if name not in said},
        status=entry["status"],
        error=entry.get("error"),
        pick=entry.get("picked"),
        width=entry.get("width") or 0,
        height=entry.get("height") or 0,
    )
