"""An axis: one thing that varies in a sweep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

JOINT = " · "  # between the names, and the labels, of what varies together on one axis


@dataclass(frozen=True)
class Axis:
    """A name, its values (JSON scalars) and a label for each value.

    For prompts the value is the prompt's text and the label is its name.
    """

    name: str
    values: tuple[Any, ...]
    labels: tuple[str, ...]
