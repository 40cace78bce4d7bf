"""What is printed on a sheet, as plain data: no pictures, no fonts, no drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..axes import JOINT, Axis
from ..frames import DONE, Frame, Frames, Status


@dataclass(frozen=True)
class SheetFrame:
    """One frame of a sheet. `values` are facts beside the axes: its negative prompt, say.

    `number` is None for a keeper; `id` is for whoever loads the picture. `status` is done, failed
    (then `error` says why), gone, waiting or missing; `pick` is its place in the order of picks.
    Width and height are 0 while unknown.
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


def sheet_of(
    frames: Frames,
    picked: Sequence[Frame] = (),
    columns: int = 0,
    cell_size: int = 256,
    captions: str = "varying",
) -> Sheet:
    """The sheet of a sweep; `picked` in the order that they are passed on."""
    said = {part.name for axis in frames.axes for part in axis.parts}
    order = {frame.id: place for place, frame in enumerate(picked, start=1)}
    listed: list[SheetFrame] = []
    for frame in frames.frames:
        values = {name: value for name, value in frame.values.items() if JOINT not in name}
        values |= {"prompt": frame.positive, "negative": frame.negative, "seed": frame.seed}
        told = SheetFrame(
            id=frame.id,
            number=frame.number,
            values={name: value for name, value in values.items() if name not in said},
            status=frame.status,
            error=frame.error,
            pick=order.get(frame.id),
            width=frame.width,
            height=frame.height,
        )
        listed.append(told)
    axes = frames.axes or (counted(listed),)
    return Sheet(axes, tuple(listed), frames.constants, columns, cell_size, captions)


def counted(frames: Sequence[SheetFrame]) -> Axis:
    """The axis of frames that no axes span: picks, or pictures that are no sweep."""
    names = tuple(frame.name for frame in frames)
    return Axis("frame", names, names)
