"""The values of an axis as people read them: numbers, names, the words that tell texts apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from os.path import commonprefix
from typing import Any

from ..axes import JOINT, Axis
from ..text.difference import Difference, difference
from ..text.wrapping import ELLIPSIS, unwrapped

# What the host calls these says nothing that the value does not say by itself.
_BARE = frozenset(("sampler_name", "scheduler", "size", "model", "vae", "host", "prompt"))
_DECIMALS = {"cfg": 1, "denoise": 2}  # as their widgets show them
_PLURALS = {
    "latent_image": "latents",
    "sampler_name": "samplers",
    "scheduler": "schedulers",
    **{name: f"{name}s" for name in ("prompt", "seed", "image", "frame", "model", "negative")},
}
LONG = 40  # characters above which a value is a text, told apart by its words
_TAIL = 5  # digits that a shortened seed keeps at least


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
    if isinstance(value, float) or name in _DECIMALS and isinstance(value, int):
        return number(value, name)
    if isinstance(value, (list, tuple)):
        return ", ".join(written(item) for item in value)
    return unwrapped(str(value))


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
class LabelledAxis:
    """One thing that varies along an axis: a name, and for each place on it a label or a text."""

    name: str
    labels: tuple[str, ...]
    whole: tuple[str, ...]
    difference: Difference | None
    shared: str

    @property
    def is_text(self) -> bool:
        return self.difference is not None


def labelled_axis(axis: Axis) -> LabelledAxis:
    """Prompts and other long texts are told apart by their words, all else by its labels."""
    texts = tuple(map(written, axis.values))
    words = all(isinstance(value, str) for value in axis.values)
    if axis.name == "prompt" or (words and (texts != axis.labels or max(map(len, texts)) > LONG)):
        found = difference(texts)
        names = _own_names(tuple(map(unwrapped, axis.labels)), texts, found.own)
        return LabelledAxis(axis.name, names, texts, found, found.shared)
    labels, front = cut_seeds(axis.labels)
    return LabelledAxis(axis.name, labels, axis.labels, None, front)


def _own_names(
    labels: tuple[str, ...], texts: Sequence[str], own: Sequence[str]
) -> tuple[str, ...]:
    """The names given to texts; all '' if they are only words of the texts, as names made from
    the texts themselves are, and would say again most of what differs."""
    cut = [[words.strip() for words in label.split(ELLIPSIS)] for label in labels]
    repeat = all(map(_in_order, cut, texts))
    most = any(
        len(pieces) > 1 or 2 * len(pieces[0]) >= len(words)
        for pieces, words in zip(cut, own, strict=True)
    )
    return ("",) * len(labels) if repeat and most else labels


def _in_order(fragments: Sequence[str], text: str) -> bool:
    at = 0
    for fragment in fragments:
        at = text.find(fragment, at)
        if at < 0:
            return False
        at += len(fragment)
    return True


def counted(axis: Axis) -> str:
    count, names = len(axis.values), [part.name for part in axis.parts]
    if len(names) == 2:
        return f"{count} {names[0]} and {names[1]} pairs"
    if len(names) > 2:
        return f"{count} sets of {', '.join(names)}"
    return f"{count} {_PLURALS.get(axis.name, f'{axis.name} values')}"


def few_words(axes: Sequence[LabelledAxis], i: int) -> str:
    """One value of an axis in few words: the names of texts, the labels of all else."""
    return JOINT.join(axis.labels[i] or own_words(axis, i) for axis in axes)


def own_words(axis: LabelledAxis, i: int) -> str:
    return axis.difference.own[i] if axis.difference else axis.whole[i]
