"""What a printed sheet says: only what differs at each frame, what all share once in the foot.

Nothing is drawn or measured here; `wrap.py` fits the texts into their places.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from os.path import commonprefix
from typing import Any

from .axes import Axis
from .differ import Difference, difference
from .layout import Grid
from .sheet import JOINT, Sheet, parts
from .wrap import ELLIPSIS, one_line

# What the host calls these says nothing that the value does not say by itself.
_BARE = frozenset(("sampler_name", "scheduler", "size", "model", "vae", "host"))
_LAST = frozenset(("model", "vae", "host"))  # behind the size of the pictures
_DECIMALS = {"denoise": 2}  # as its widget shows it
_PLURALS = {
    "latent_image": "latents",
    "sampler_name": "samplers",
    "scheduler": "schedulers",
    **{name: f"{name}s" for name in ("prompt", "seed", "image", "frame", "model", "negative")},
}
_LONG = 40  # characters above which a constant has a line of the foot for itself
_TAIL = 5  # digits that a shortened seed keeps at least


@dataclass(frozen=True)
class RowHeader:
    """The bold line of a row header, and what stands below it."""

    title: str
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Caption:
    """What stands under a picture: `short` beside its number, `long` on lines of its own."""

    short: str = ""
    long: str = ""


def number(value: float, name: str = "") -> str:
    """A float as people write it: 7.0, 0.35, 1.00 for denoise, and never 0.30000000000000004."""
    if name in _DECIMALS and round(value, _DECIMALS[name]) == value:
        return f"{value:.{_DECIMALS[name]}f}"
    short = f"{value:.6g}"
    return short if "." in short or "e" in short or "n" in short else f"{short}.0"


def written(value: Any, name: str = "") -> str:
    """Any value of a setting, on one line."""
    if value is None or isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return number(value, name)
    if isinstance(value, (list, tuple)):
        return ", ".join(written(item) for item in value)
    return one_line(str(value))


def named(name: str, text: str) -> str:
    return text if name in _BARE else f"{name} {text}"


def cut_seeds(labels: Sequence[str]) -> tuple[tuple[str, ...], str]:
    """Long numbers without the digits they all begin with, and those digits ('' if none)."""
    front = commonprefix(list(labels))
    alike = len({len(label) for label in labels}) == 1 and all(map(str.isdigit, labels))
    cut = min(len(front), len(labels[0]) - _TAIL)
    if len(labels) < 2 or not alike or cut < 4:
        return tuple(labels), ""
    return tuple(ELLIPSIS + label[cut:] for label in labels), labels[0][:cut] + ELLIPSIS


@dataclass(frozen=True)
class _Part:
    """One thing that varies along an axis: a name, and for each place on it a label or a text."""

    name: str
    labels: tuple[str, ...]
    whole: tuple[str, ...]
    difference: Difference | None
    shared: str

    @property
    def is_text(self) -> bool:
        return self.difference is not None


def _part(axis: Axis) -> _Part:
    """Prompts and other long texts are told apart by their words, all else by its labels."""
    texts = tuple(map(written, axis.values))
    if axis.name == "prompt" or (
        texts != axis.labels and all(isinstance(value, str) for value in axis.values)
    ):
        found = difference(texts)
        names = tuple(_own_name(label, text) for label, text in zip(axis.labels, texts, strict=True))
        return _Part(axis.name, names, texts, found, found.shared)
    labels, front = cut_seeds(axis.labels)
    return _Part(axis.name, labels, axis.labels, None, front)


def _own_name(label: str, text: str) -> str:
    """The name given to a text; '' if the label is only the text, or its beginning, again."""
    label = one_line(label)
    begins = label.endswith(ELLIPSIS) and text.startswith(label[:-1].rstrip())
    return "" if label == text or begins else label


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
    def parts(self) -> tuple[tuple[_Part, ...], ...]:
        return tuple(tuple(map(_part, parts(axis))) for axis in self.axes)

    @property
    def title(self) -> str:
        """The axes and how long they are: '3 prompts × 6 seeds'."""
        if not self.axes:
            return f"{len(self.sheet.frames)} frame"
        return " × ".join(map(_counted, self.axes))

    @property
    def counts(self) -> str:
        """How many frames there are, are picked, and are missing."""
        frames = self.sheet.frames
        states = [frame.status for frame in frames]
        done, every = states.count("done"), len(frames)
        whole = f"{every} frame{'s' if every != 1 else ''}"
        said = [whole if done == every else f"{done} of {whole}"]
        picked = sum(frame.pick is not None for frame in frames)
        said += [f"{picked} picked"] if picked else []
        said += [f"{states.count(s)} {s}" for s in ("failed", "gone", "waiting") if s in states]
        return JOINT.join(said)

    @property
    def corner(self) -> str:
        return self.axes[-1].name if self.grid.has_column_headers else ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The column headers: the values of the innermost axis."""
        if not self.grid.has_column_headers:
            return ()
        return tuple(_short(self.parts[-1], i) for i in range(self.grid.inner))

    def rows(self, axis: int) -> tuple[RowHeader, ...]:
        """The headers of one outer axis, one for each of its values."""
        notes = [name for name, level in self._noted.items() if level == axis]
        first = self._first_frames(axis)
        return tuple(
            _row_header(self.parts[axis], i, tuple(self._note(name, frame) for name in notes))
            for i, frame in enumerate(first)
        )

    def _note(self, name: str, index: int) -> str:
        return named(name, self._facts[name][index])

    def _first_frames(self, axis: int) -> list[int]:
        """The first frame at each value of an axis."""
        step = self._stride(axis)
        return [i * step for i in range(len(self.axes[axis].values))]

    def _stride(self, axis: int) -> int:
        size = 1
        for later in self.axes[axis + 1 :]:
            size *= len(later.values)
        return size

    def _at(self, axis: int, frame: int) -> int:
        """Which value of an axis a frame has."""
        return frame // self._stride(axis) % len(self.axes[axis].values)

    @cached_property
    def _facts(self) -> dict[str, tuple[str, ...]]:
        """Every fact beside the axes, frame by frame."""
        frames = self.sheet.frames
        names = dict.fromkeys(name for frame in frames for name in frame.values)
        facts = {
            name: tuple(
                "" if (value := frame.values.get(name)) is None else written(value, name)
                for frame in frames
            )
            for name in names
        }
        sizes = [f"{f.width} × {f.height}" if f.width and f.height else "" for f in frames]
        known = next(filter(None, sizes), "")
        return facts | {"size": tuple(size or known for size in sizes)}

    @cached_property
    def _varying(self) -> tuple[str, ...]:
        """The facts that differ between frames and that no label says already."""
        said = {label for found in self.parts for part in found for label in part.whole}
        return tuple(
            name
            for name, facts in self._facts.items()
            if len(set(facts)) > 1 and not said.issuperset(facts)
        )

    @cached_property
    def _noted(self) -> dict[str, int]:
        """The varying facts that follow from one outer axis: its row headers say them."""
        outer = range(len(self.axes) - 1)
        found = {name: next((a for a in outer if self._follows(name, a)), None)
                 for name in self._varying}
        return {name: axis for name, axis in found.items() if axis is not None}

    def _follows(self, name: str, axis: int) -> bool:
        pairs = {(self._at(axis, i), fact) for i, fact in enumerate(self._facts[name])}
        return len(pairs) == len({value for value, _ in pairs})

    @cached_property
    def _unsaid(self) -> tuple[int, ...]:
        """The axes that no header speaks for: captions do."""
        last = len(self.axes) - 1
        return (last,) if self.axes and not self.grid.has_column_headers else ()

    def caption(self, index: int) -> Caption:
        """The caption of the frame at `index`, as `captions` asks."""
        if self.sheet.captions == "none":
            return Caption()
        if self.sheet.captions == "full":
            return self._full(index)
        facts = [name for name in self._varying if name not in self._noted]
        found = [part for axis in self._unsaid for part in self._placed(axis, index)]
        return _caption(found, [(name, self._facts[name][index]) for name in facts])

    def _placed(self, axis: int, index: int) -> list[tuple[_Part, int]]:
        return [(part, self._at(axis, index)) for part in self.parts[axis]]

    def _full(self, index: int) -> Caption:
        """Everything that varies, whole, whatever the headers say."""
        found = [pair for axis in range(len(self.axes)) for pair in self._placed(axis, index)]
        plain = [(part.name, part.whole[i]) for part, i in found if not part.is_text]
        texts = [(part.name, part.whole[i]) for part, i in found if part.is_text]
        facts = [(name, self._facts[name][index]) for name in self._varying]
        return _caption([], [*plain, *facts], JOINT.join(text for _, text in texts))

    @property
    def foot(self) -> list[tuple[str, str]]:
        """What all frames share: (name, text) lines, the short settings together on the last."""
        shared = [(part.name, part.shared) for found in self.parts for part in found]
        lines = [(name, text) for name, text in shared if text]
        settings: list[str] = []
        for name, text in self._constants.items():
            if not text:
                continue
            if len(text) > _LONG or name in ("prompt", "negative"):
                lines.append((name, text))
            else:
                settings.append(named(name, text))
        return [*lines, ("settings", JOINT.join(settings))] if settings else lines

    @cached_property
    def _constants(self) -> dict[str, str]:
        """The prompt and its negative first, then the settings in their order, then the size."""
        fixed = [axis for axis in self.sheet.axes if len(axis.values) == 1]
        alone = {p.name: written(p.values[0], p.name) for axis in fixed for p in parts(axis)}
        facts = {name: facts[0] for name, facts in self._facts.items() if len(set(facts)) == 1}
        given = {name: written(value, name) for name, value in self.sheet.constants.items()}
        found = facts | alone | given
        first = [name for name in ("prompt", "negative") if name in found]
        sampling = [name for name in given if name not in _LAST]
        order = dict.fromkeys([*first, *alone, *sampling, "size", *given, *facts])
        varying = {part.name for group in self.parts for part in group} | set(self._varying)
        return {name: found[name] for name in order if name in found and name not in varying}


def _counted(axis: Axis) -> str:
    count, names = len(axis.values), axis.name.split(JOINT)
    if len(names) == 2:
        return f"{count} {names[0]} and {names[1]} pairs"
    if len(names) > 2:
        return f"{count} sets of {', '.join(names)}"
    return f"{count} {_PLURALS.get(axis.name, f'{axis.name} values')}"


def _short(found: Sequence[_Part], i: int) -> str:
    """One value of an axis in few words: the names of texts, the labels of all else."""
    return JOINT.join(part.labels[i] or _own(part, i) for part in found)


def _own(part: _Part, i: int) -> str:
    return part.difference.own[i] if part.difference else part.whole[i]


def _row_header(found: Sequence[_Part], i: int, notes: tuple[str, ...]) -> RowHeader:
    texts = [part for part in found if part.is_text]
    plain = JOINT.join(named(part.name, part.labels[i]) for part in found if not part.is_text)
    if not texts:
        return RowHeader(plain, notes)
    names = JOINT.join(filter(None, (part.labels[i] for part in texts)))
    title = f"{i + 1}  {names}".rstrip()
    own = [text for part in texts if (text := _own(part, i)) != part.labels[i]]
    return RowHeader(title, tuple(filter(None, (*own, plain, *notes))))


def _caption(
    found: Sequence[tuple[_Part, int]], facts: Sequence[tuple[str, str]], long: str = ""
) -> Caption:
    short, below = [], [long] if long else []
    for part, i in found:
        if not part.is_text:
            short.append(named(part.name, part.labels[i]))
            continue
        short += [part.labels[i]] if part.labels[i] else []
        below += [_own(part, i)] if _own(part, i) != part.labels[i] else []
    for name, text in facts:
        (short if len(text) <= _LONG and name != "negative" else below).append(named(name, text))
    return Caption(JOINT.join(short), JOINT.join(below))
