"""Sweep Rows: a table, written or in a file of the input folder, as lists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from comfy_execution.graph_utils import ExecutionBlocker

from ...core.grammar import rows
from ...core.limits import TABLE_COLUMNS
from ..plan import input_files


def lists(table: str) -> list[Sequence[Any]]:
    """A list for each output. One without a column stops whatever is linked to it."""
    found = rows.read(table, input_files.text)
    columns: list[Sequence[Any]] = [[*found.values(i)] for i in range(len(found.columns))]
    none = f"Sweep Rows has no such column: there are {', '.join(found.columns)}"
    return columns + [[ExecutionBlocker(none)]] * (TABLE_COLUMNS - len(columns))


def check(table: str | None) -> None:
    """Raises ProofsheetError for what is no table; None is a text that another node will give."""
    if table is not None:
        rows.read(table, input_files.text)


def freshness(table: str | None) -> str:
    """What tells that a file has another text; "" if none is read."""
    name = rows.file_named(table)
    return input_files.fingerprint(name) if name else ""
