"""Frames: what a sweep hands on. Plain data; pictures and latents are in the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final, Literal, TypedDict

from .axes import JOINT, Axis

Status = Literal["done", "failed", "gone", "waiting", "missing"]

DONE: Final = "done"
FAILED: Final = "failed"
GONE: Final = "gone"
WAITING: Final = "waiting"
MISSING: Final = "missing"
"""A cell that this run was not allowed to make; `gone` is one that was made and is lost."""


class FileReference(TypedDict):
    """How the host's `/view` finds a file."""

    filename: str
    subfolder: str
    type: str


@dataclass(frozen=True)
class Named:
    """What a frame has under this name among its values."""

    name: str


@dataclass(frozen=True)
class Frame:
    """One cell's frame. `number` counts from 1 within its sweep (None: it is a keeper from an
    earlier one), `prompt` is its prompt's place (from 1); width and height are pixels, 0 while
    unknown; `error` says why a failed frame has no picture. `volatile`: every run makes another
    one, so the id is that of the last run that made it, or of the plan while there is none."""

    id: str
    number: int | None
    seed: int | None
    positive: str = ""
    negative: str = ""
    prompt: int = 1
    values: Mapping[str, Any] = field(default_factory=dict)
    width: int = 0
    height: int = 0
    exact: bool = True
    volatile: bool = False
    status: Status = WAITING
    error: str | None = None
    row: int = 0
    column: int = 0
    inputs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_done(self) -> bool:
        return self.status == DONE


@dataclass(frozen=True)
class Estimate:
    """What making the missing cells would take. None: nothing like them was ever made here."""

    missing: int
    seconds: float | None = None
    bytes: int | None = None


@dataclass(frozen=True)
class Frames:
    """Frames in order, the axes they span, and what all of them share (`constants`). `estimate`
    and `notice` are those of the sweep as it ran: chosen frames have none, nor have several sweeps
    joined."""

    frames: tuple[Frame, ...]
    axes: tuple[Axis, ...] = ()
    constants: Mapping[str, Any] = field(default_factory=dict)
    combine: str = ""
    estimate: Estimate | None = None
    notice: str = ""

    def chosen(self, frames: Sequence[Frame]) -> Frames:
        """Some frames of the same sweep (picks): they no longer fill its axes."""
        return replace(self, frames=tuple(frames), axes=(), estimate=None, notice="")


def joined(sweeps: Sequence[Frames]) -> Frames:
    """What a sheet shows: one whole sweep as it is, anything else as a list numbered from 1."""
    if len(sweeps) == 1 and sweeps[0].axes:
        return sweeps[0]
    frames = [frame for sweep in sweeps for frame in sweep.frames]
    numbered = tuple(replace(frame, number=n) for n, frame in enumerate(frames, start=1))
    shared = dict(sweeps[0].constants) if sweeps else {}
    for sweep in sweeps[1:]:
        shared = {n: value for n, value in shared.items() if sweep.constants.get(n) == value}
    # They fill no grid: their axis is what is known of each, or its number.
    labels = tuple(caption(frame) or str(frame.number) for frame in numbered)
    axes = (Axis("frame", labels, labels),) if len(numbered) > 1 else ()
    found = Frames(numbered, axes, shared)
    if len(sweeps) == 1:
        return replace(found, estimate=sweeps[0].estimate, notice=sweeps[0].notice)
    return found


def caption(frame: Frame) -> str:
    """What varies, in one line: "lighthouse · seed 1001"."""
    values = frame.values.items()
    said = (v if isinstance(v, str) else f"{name} {v}" for name, v in values)
    return JOINT.join(filter(None, said))
