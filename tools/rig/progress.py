"""A run's progress on the screen, from the host's events."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from typing import Any

ENDS = {"execution_success", "execution_error", "execution_interrupted"}
EVERY = 5.0  # seconds between lines where the screen is a file


class Progress:
    """Follows one prompt: which node runs, and how many frames and steps are done."""

    def __init__(self, prompt: dict[str, Any], prompt_id: str):
        self.prompt, self.prompt_id = prompt, prompt_id
        self.last, self.shown = 0.0, -1
        self.bar = sys.stdout.isatty()

    def follow(self, events: Iterable[dict[str, Any]]) -> None:
        """Returns when the prompt has ended, or the host has."""
        for event in events:
            kind, data = event.get("type"), event.get("data", {})
            if data.get("prompt_id") != self.prompt_id:
                continue
            self._show(kind, data)
            if kind in ENDS:
                return

    def _show(self, kind: str | None, data: dict[str, Any]) -> None:
        if kind == "executing" and data.get("node"):
            self._line(f"{self._title(data)} ...")
        elif kind == "progress":
            self._count(data)
        elif kind == "execution_error":
            where = f"{data['node_type']} (node {data['node_id']})"
            self._line(f"{where} failed: {data['exception_message'].strip()}")

    def _title(self, data: dict[str, Any]) -> str:
        node = self.prompt.get(data.get("display_node") or data["node"], {})
        return node.get("_meta", {}).get("title") or f"node {data['node']}"

    def _count(self, data: dict[str, Any]) -> None:
        value, total = int(data["value"]), int(data["max"])
        finished = value >= total
        soon = time.monotonic() - self.last < (0.1 if self.bar else EVERY)
        if value == self.shown or (soon and not finished):
            return
        self.last, self.shown = time.monotonic(), value
        filled = 30 * value // max(total, 1)
        line = f"  [{'#' * filled}{'.' * (30 - filled)}] {value} of {total} steps"
        end = "\n" if finished or not self.bar else "\r"
        sys.stdout.write(line + end)
        sys.stdout.flush()

    def _line(self, text: str) -> None:
        print(text, flush=True)
