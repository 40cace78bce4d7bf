"""The literal that an input of a recipe comes to: through primitives, switches and the stock nodes
that make texts of texts. No other node is believed to hand on what it reads: behind it nothing is
told.

A recipe may be a stranger's: circles, links to nowhere and texts that grow without end tell
nothing, and none of them raises.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from string import Formatter
from typing import Any, NamedTuple

from ..grammar.input_types import Scalar
from .graph import PRIMITIVES, is_link
from .recipe import TEXT_INPUTS, Recipe

SWITCHES = frozenset(("ComfySwitchNode", "ComfySoftSwitchNode"))
"""Nodes that hand on one of two branches; the second class may have a single one."""

BOXES = frozenset((*TEXT_INPUTS, "value", "string", "positive", "negative"))
"""The only input of a foreign node that is nothing but a box to write in."""

PASSED_ON = {
    **dict.fromkeys(PRIMITIVES, "value"),
    "PreviewAny": "source",
    "SaveText": "text",
    "CustomCombo": "choice",
    "SeedNode": "seed",
    "ConvertStringToComboNode": "string",
}
"""Nodes whose first output is one of their inputs as it is, and which."""

DEPTH = 64  # of nodes above an input: nobody puts a text together in more steps
LENGTH = 2**18  # in letters and links, of all that is read for one answer


def joined(first: str, second: str, delimiter: str) -> str:
    return delimiter.join((first, second))


def replaced(text: str, old: str, new: str) -> str | None:
    longest = len(text) + text.count(old) * len(new)
    return text.replace(old, new) if longest <= LENGTH else None


def cut_out(text: str, start: int, end: int) -> str:
    return text[start:end]


def trimmed(text: str, mode: str) -> str | None:
    how = {"Both": str.strip, "Left": str.lstrip, "Right": str.rstrip}.get(mode)
    return how(text) if how else None


def cased(text: str, mode: str) -> str | None:
    how = {"UPPERCASE": str.upper, "lowercase": str.lower}.get(mode)
    how = how or {"Capitalize": str.capitalize, "Title Case": str.title}.get(mode)
    return how(text) if how else None


def formatted(text: str | None, told: Callable[[str], str | None]) -> list[str | None]:
    """The pieces of Python's format with bare names: anything finer may take any length."""
    pieces: list[str | None] = [None] if text is None else []
    try:
        for before, name, finer, conversion in Formatter().parse(text or ""):
            pieces.append(before)
            if name is not None:
                pieces.append(None if finer or conversion else told(name))
    except ValueError:
        return [None]
    return pieces


def turned_around(value: Scalar) -> bool:
    return not value


ANY = (str, int, float, bool)

MADE: Mapping[str, tuple[Callable[..., Scalar | None], Mapping[str, tuple[type, ...]]]] = {
    "StringConcatenate": (joined, dict.fromkeys(("string_a", "string_b", "delimiter"), (str,))),
    "StringReplace": (replaced, dict.fromkeys(("string", "find", "replace"), (str,))),
    "StringTrim": (trimmed, dict.fromkeys(("string", "mode"), (str,))),
    "CaseConverter": (cased, dict.fromkeys(("string", "mode"), (str,))),
    "StringSubstring": (cut_out, {"string": (str,), "start": (int,), "end": (int,)}),
    "StringLength": (len, {"string": (str,)}),
    "InvertBooleanNode": (turned_around, {"boolean": (bool,)}),
    "ComfyNotNode": (turned_around, {"value": ANY}),
}
"""Stock nodes that make a value of others: how, and of which inputs, of these types."""


class Source(NamedTuple):
    """One output of a node, as a link names it."""

    id: str
    class_type: str
    inputs: Mapping[str, Any]
    slot: float


class Literals:
    """What the inputs of one recipe come to."""

    __slots__ = ("_depth", "_left", "_values", "recipe")

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self._values: dict[tuple[str, float], Scalar | None] = {}
        self._depth = 0
        self._left = LENGTH

    def output(self, link: object) -> Source | None:
        """The output that a link names. None: it is no link, or to nowhere."""
        if not is_link(link):
            return None
        node: Any = self.recipe.get(link[0])
        if not isinstance(node, dict) or not isinstance(node.get("inputs"), dict):
            return None
        named = node.get("class_type")
        return Source(link[0], named if isinstance(named, str) else "", node["inputs"], link[1])

    def source(self, item: object) -> Source | None:
        """The output that an input takes, behind switches. None: it takes none, or none is told."""
        return self.output(self.taken(item))

    def taken(self, item: object) -> object:
        """What an input takes, behind switches: a link or a value; None if that is not told."""
        for _ in range(DEPTH):
            source = self.output(item)
            if source is None or source.class_type not in SWITCHES:
                return item
            names = [name for name in ("on_false", "on_true") if name in source.inputs]
            which = len(names) == 2 and self.value(source.inputs.get("switch"))
            if not names or not isinstance(which, bool):
                return None
            item = source.inputs[names[which]]
        return None

    def spend(self, cost: int) -> bool:
        """Whether that much may still be read for this answer."""
        self._left -= cost
        return self._left >= 0

    def text(self, item: object) -> str | None:
        """The text that an input takes."""
        text = item if isinstance(item, str) else self.value(item)
        return text if isinstance(text, str) else None

    def value(self, item: object) -> Scalar | None:
        """The text, number or boolean that an input takes."""
        if not is_link(item):
            if isinstance(item, float) and not isfinite(item):
                return None
            return item if isinstance(item, str | int | float) else None
        key = (item[0], item[1])
        if key not in self._values and self._depth < DEPTH and self.spend(1):
            self._values[key] = None  # what leads back here tells nothing
            self._depth += 1
            self._values[key] = self._behind(item)
            self._depth -= 1
        return self._values.get(key)

    def _behind(self, link: list[Any]) -> Scalar | None:
        item = self.taken(link)
        source = self.output(item)
        if source is None:
            return None if isinstance(item, list) else self.value(item)
        if source.slot != 0:
            return None
        if source.class_type == "StringFormat":
            inputs = source.inputs
            template = self.text(inputs.get("f_string"))
            texts = formatted(template, lambda name: self.text(inputs.get(f"values.{name}")))
            return "".join(map(str, texts)) if self._are_told(texts) else None
        if source.class_type in MADE:
            make, inputs = MADE[source.class_type]
            values = [self.value(source.inputs.get(name)) for name in inputs]
            fit = all(type(v) in types for v, types in zip(values, inputs.values(), strict=True))
            return make(*values) if fit and self._are_told(values) else None
        name = PASSED_ON.get(source.class_type)
        if name is None and len(source.inputs) == 1 and BOXES.issuperset(source.inputs):
            [name] = source.inputs
        return self.value(source.inputs.get(name)) if name else None

    def _are_told(self, values: Sequence[Scalar | None]) -> bool:
        return all(
            v is not None and self.spend(len(v) if isinstance(v, str) else 1) for v in values
        )
