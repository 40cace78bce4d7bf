"""An axis: one thing that varies in a sweep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Axis:
    """A name, its values (JSON scalars) and a label for each value.

    For prompts the value is the prompt's text and the label is its name.
    """

    name: str
    values: tuple[Any, ...]
    labels: tuple[str, ...]
