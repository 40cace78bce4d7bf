"""What a printed sheet says: only what differs at each frame, what all share once in the foot.

Nothing is drawn or measured here; `wrap.py` fits the texts into their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ..axes import JOINT, Axis, is_name
from ..frames import DONE, FAILED, GONE, MISSING, WAITING
from ..text.wrapping import NO_BREAK
from .axis_labels import (
    LONG,
    LabelledAxis,
    counted,
    few_words,
    labelled_axis,
    named,
    own_words,
    written,
)
from .contents import Sheet
from .grid import Grid

_LAST = frozenset(("model", "vae", "host"))  # in the foot, behind the size of the pictures


@dataclass(frozen=True)
class RowHeader:
    """The bold line of a row header, and what stands below it; or, for a text without a name,
    its number, and the text beside that."""

    title: str
    texts: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Caption:
    """What stands under a picture: `short` beside its number, `long` on lines of its own."""

    short: str = ""
    long: str = ""


@dataclass(frozen=True)
class Labels:
    """Everything a sheet says about its frames, from its axes and their values alone."""

    sheet: Sheet
    grid: Grid

    @cached_property
    def axes(self) -> tuple[Axis, ...]:
        """The axes of the grid: those with more than one value."""
        return tuple(axis for axis in self.sheet.axes if len(axis.values) > 1)

    @cached_property
    def labelled(self) -> tuple[tuple[LabelledAxis, ...], ...]:
        return tuple(tuple(map(labelled_axis, axis.parts)) for axis in self.axes)

    @property
    def title(self) -> str:
        """The axes and how long they are: '3 prompts × 6 seeds'."""
        if not self.axes:
            return f"{len(self.sheet.frames)} frame"
        return " × ".join(map(counted, self.axes))

    @property
    def counts(self) -> str:
        """How many frames there are, are picked, and have no picture."""
        frames = self.sheet.frames
        states = [frame.status for frame in frames]
        done, every = states.count(DONE), len(frames)
        whole = f"{every} frame{'s' if every != 1 else ''}"
        title_says = self.title == whole and done == every
        said = [] if title_says else [whole if done == every else f"{done} of {whole}"]
        picked = sum(frame.pick is not None for frame in frames)
        said += [f"{picked} picked"] if picked else []
        said += [f"{states.count(s)} {s}" for s in (FAILED, GONE, WAITING, MISSING) if s in states]
        return JOINT.join(said)

    @property
    def corner(self) -> str:
        return self.axes[-1].name if self.grid.has_column_headers else ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The column headers: the values of the innermost axis."""
        if not self.grid.has_column_headers:
            return ()
        notes = self._notes(len(self.axes) - 1)
        return tuple(
            JOINT.join((few_words(self.labelled[-1], i), *found)) for i, found in enumerate(notes)
        )

    def rows(self, axis: int) -> tuple[RowHeader, ...]:
        """The headers of one outer axis, one for each of its values."""
        return tuple(
            _row_header(self.labelled[axis], i, notes) for i, notes in enumerate(self._notes(axis))
        )

    def _notes(self, axis: int) -> list[tuple[str, ...]]:
        """For each value of an axis, those beside it that follow from it."""
        names = [name for name, level in self._noted.items() if level == axis]
        step = self._stride(axis)
        firsts = [i * step for i in range(len(self.axes[axis].values))]
        return [tuple(said(self._varying[name], i) for name in names) for i in firsts]

    def _stride(self, axis: int) -> int:
        size = 1
        for later in self.axes[axis + 1 :]:
            size *= len(later.values)
        return size

    def _at(self, axis: int, frame: int) -> int:
        """Which value of an axis a frame has."""
        return frame // self._stride(axis) % len(self.axes[axis].values)

    @cached_property
    def _values(self) -> dict[str, tuple[str, ...]]:
        """Every value beside the axes, frame by frame."""
        frames = self.sheet.frames
        names = dict.fromkeys(name for frame in frames for name in frame.values)
        values = {
            name: tuple(
                "" if (value := frame.values.get(name)) is None else written(value, name)
                for frame in frames
            )
            for name in names
        }
        sizes = [f"{f.width} × {f.height}" if f.width and f.height else "" for f in frames]
        known = next(filter(None, sizes), "")
        return values | {"size": tuple(size or known for size in sizes)}

    @cached_property
    def _varying(self) -> dict[str, LabelledAxis]:
        """The values that differ between frames, unless they are sizes that labels say already."""
        labels = {label for found in self.labelled for axis in found for label in axis.whole}
        return {
            name: labelled_axis(Axis(name, values, values))
            for name, values in self._values.items()
            if len(set(values)) > 1 and not (name == "size" and labels.issuperset(values))
        }

    @cached_property
    def _noted(self) -> dict[str, int]:
        """The varying values that follow from one axis with headers: those say them."""
        headed = range(len(self.axes) - (0 if self.grid.has_column_headers else 1))
        found = {
            name: next((axis for axis in headed if self._follows(name, axis)), None)
            for name in self._varying
        }
        return {name: axis for name, axis in found.items() if axis is not None}

    def _follows(self, name: str, axis: int) -> bool:
        pairs = {(self._at(axis, i), value) for i, value in enumerate(self._values[name])}
        return len(pairs) == len({value for value, _ in pairs})

    @property
    def _numbered(self) -> bool:
        """Whether the labels of a single axis are the frame numbers, printed anyway."""
        names = tuple(frame.name for frame in self.sheet.frames)
        return len(self.axes) == 1 and self.axes[0].labels == names

    def caption(self, index: int) -> Caption:
        """The caption of the frame at `index`, as `captions` asks."""
        if self.sheet.captions == "none":
            return Caption()
        if self.sheet.captions == "full":
            return self._full(index)
        no_header_speaks = self.axes and not (self.grid.has_column_headers or self._numbered)
        found = self._placed(len(self.axes) - 1, index) if no_header_speaks else []
        found += [(axis, index) for name, axis in self._varying.items() if name not in self._noted]
        return Caption(
            JOINT.join(filter(None, (_beside(axis, i) for axis, i in found))),
            JOINT.join(filter(None, (_below(axis, i) for axis, i in found))),
        )

    def _placed(self, level: int, index: int) -> list[tuple[LabelledAxis, int]]:
        return [(axis, self._at(level, index)) for axis in self.labelled[level]]

    def _full(self, index: int) -> Caption:
        """Everything that varies, whole, whatever the headers say."""
        levels = range(0 if self._numbered else len(self.axes))
        found = [pair for level in levels for pair in self._placed(level, index)]
        found += [(axis, index) for axis in self._varying.values()]
        plain = [named(axis.name, axis.whole[i]) for axis, i in found if not axis.is_text]
        texts = [named(axis.name, axis.whole[i]) for axis, i in found if axis.is_text]
        return Caption(JOINT.join(plain), JOINT.join(texts))

    @property
    def foot(self) -> list[tuple[str, str]]:
        """What all frames share: (name, text) lines, the short settings together on the last."""
        varying = [axis for found in self.labelled for axis in found] + [*self._varying.values()]
        shared = [(axis.name, axis.shared) for axis in varying]
        lines = [(name, text) for name, text in shared if text]
        settings: list[str] = []
        for name, text in self._constants.items():
            if not text:
                continue
            if len(text) > LONG or name in ("prompt", "negative"):
                lines.append((name, text))
            else:
                settings.append(named(name, text).replace(" ", NO_BREAK))
        return [*lines, ("settings", JOINT.join(settings))] if settings else lines

    @cached_property
    def _constants(self) -> dict[str, str]:
        """The prompt and its negative first, then the settings in their order, then the size."""
        fixed = [axis for axis in self.sheet.axes if len(axis.values) == 1]
        alone = {p.name: written(p.values[0], p.name) for axis in fixed for p in axis.parts}
        values = {name: values[0] for name, values in self._values.items() if len(set(values)) == 1}
        given = {name: written(value, name) for name, value in self.sheet.constants.items()}
        found = values | alone | given
        first = [name for name in ("prompt", "negative") if name in found]
        sampling = [name for name in given if name not in _LAST]
        order = dict.fromkeys([*first, *alone, *sampling, "size", *given, *values])
        varying = {axis.name for group in self.labelled for axis in group} | set(self._varying)
        return {name: found[name] for name in order if name in found and name not in varying}


def _row_header(found: Sequence[LabelledAxis], i: int, notes: tuple[str, ...]) -> RowHeader:
    called = [axis.labels[i] for axis in found if is_name(axis.name)]
    others = [axis for axis in found if not is_name(axis.name)]
    texts = [axis for axis in others if axis.is_text]
    plain = JOINT.join(said(axis, i) for axis in others if not axis.is_text)
    if not texts and not called:
        return RowHeader(plain, notes)
    names = JOINT.join(filter(None, called or (axis.labels[i] for axis in texts)))
    own = tuple(filter(None, (*(_below(axis, i) for axis in texts), plain, *notes)))
    return RowHeader(f"{i + 1}  {names}", own) if names else RowHeader("", own, f"{i + 1}")


def _beside(axis: LabelledAxis, i: int) -> str:
    """What stands beside a frame number: the name of a text or a row, the label of all else."""
    return axis.labels[i] if axis.is_text or is_name(axis.name) else said(axis, i)


def _below(axis: LabelledAxis, i: int) -> str:
    """What a text alone says, unless that is its name."""
    words = own_words(axis, i) if axis.is_text else ""
    return named(axis.name, words) if words and words != axis.labels[i] else ""


def said(axis: LabelledAxis, i: int) -> str:
    """One value of what varies, with its name where it needs one."""
    words = own_words(axis, i) if axis.is_text else axis.labels[i]
    return named(axis.name, words) if words else f"no {axis.name}"
