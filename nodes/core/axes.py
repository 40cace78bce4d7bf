"""An axis: one thing that varies in a sweep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

JOINT = " · "  # between the names, and the labels, of what varies together on one axis


@dataclass(frozen=True)
class Axis:
    """A name, its values (JSON scalars) and a label for each value.

    For prompts the value is the prompt's text and the label is its name. `columns`: what varies
    together on it, each with a name of its own; a value of several is then a list of theirs.
    """

    name: str
    values: tuple[Any, ...]
    labels: tuple[str, ...]
    columns: tuple[Axis, ...] = ()

    @property
    def parts(self) -> tuple[Axis, ...]:
        """Its columns, or itself."""
        return self.columns or (self,)


def is_name(column: str) -> bool:
    """Whether it is the column that says what the rows of a table are called."""
    return column.casefold() == "name"


def together(axes: Sequence[Axis], labels: Sequence[str] = ()) -> Axis:
    """The one axis that axes varying together make. Without labels it has all of theirs."""
    parts = tuple(part for axis in axes for part in axis.parts)
    values = zip(*(part.values for part in parts), strict=True)
    joined = (
        JOINT.join(filter(None, each)) for each in zip(*(a.labels for a in axes), strict=True)
    )
    return Axis(
        JOINT.join(part.name for part in parts),
        parts[0].values if len(parts) == 1 else tuple(map(list, values)),
        tuple(labels) or tuple(joined),
        parts,
    )


def one_after_another(axes: Sequence[Axis]) -> Axis:
    """The axis that goes through each of these in turn."""
    return Axis(
        axes[0].name,
        tuple(value for axis in axes for value in axis.values),
        tuple(label for axis in axes for label in axis.labels),
        tuple(map(one_after_another, zip(*(axis.columns for axis in axes), strict=True))),
    )
