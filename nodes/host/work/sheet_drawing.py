"""Drawing the printed sheet while what follows the Contact Sheet runs already.

A Contact Sheet hands its frames on and expands into one node more, which draws in a thread: a node
that is awaited holds up no other branch of its prompt, and the prompt ends when the sheet is drawn.
Only where the `sheet` output is linked does the Contact Sheet, and all behind it, wait for that.
"""

from __future__ import annotations

import asyncio
import logging
import threading
from dataclasses import dataclass, field
from typing import Any

import comfy.utils
from comfy.model_management import InterruptProcessingException, processing_interrupted
from comfy_execution.graph_utils import GraphBuilder
from PIL import Image

from ...core import node_ids
from ...core.manifest import SheetManifest
from ..sockets import HELD
from .printed_sheet import Found, PrintedSheet, Watch

log = logging.getLogger("proofsheet")

POLL_SECONDS = 0.2


class _Watch:
    """Between pictures: how many are drawn, and whether to go on."""

    def __init__(self) -> None:
        self.count = 0
        self.ended = threading.Event()

    def __call__(self) -> None:
        """The host's flag is only looked at: who runs beside this must see it, too."""
        if self.ended.is_set() or processing_interrupted():
            raise InterruptProcessingException()
        self.count += 1


@dataclass(eq=False)
class Drawing:
    """A sheet to be drawn. Its `manifest` has told where the file is (`found`), with a `notice` of
    its own; `is_wanted`: the picture is handed on, too."""

    printed: PrintedSheet = field(repr=False)
    found: Found
    manifest: SheetManifest = field(repr=False)
    notice: str = ""
    is_wanted: bool = False

    def expand(self, node_id: str) -> tuple[Any, Any]:
        """The value of the `sheet` output, and the graph that draws (None: nothing is to be)."""
        if not self.is_wanted and (self.found.is_drawn or not self.found.file):
            return HELD, None
        graph = GraphBuilder(prefix=f"{node_id}.sheet.")
        node = graph.node(node_ids.DRAW_SHEET, drawing=self)
        return node.out(0) if self.is_wanted else HELD, graph.finalize()

    async def run(self) -> Image.Image | None:
        """Raises the host's interrupt. If it ends early, the next run draws again."""
        watch = _Watch()
        bar = comfy.utils.ProgressBar(len(self.printed.sheet.frames))
        thread = asyncio.ensure_future(asyncio.to_thread(self.draw, watch))
        try:
            while not (await asyncio.wait((thread,), timeout=POLL_SECONDS))[0]:
                bar.update_absolute(watch.count)
            return thread.result()
        finally:
            watch.ended.set()
            if not self.found.is_drawn:
                self.printed.store.note_loss()

    def draw(self, watch: Watch) -> Image.Image | None:
        if not self.found.is_drawn and self.found.file:
            self.found = self.printed.draw(watch)
        return self.printed.picture(self.found, watch) if self.is_wanted else None

    def correction(self) -> dict[str, list[SheetManifest]] | None:
        """The manifest once more, if the file is not where it said. It is the same object: the
        history, which is written at the end of the run, has it right in both places."""
        notice = ". ".join(filter(None, (self.notice, self.found.notice)))
        if (self.manifest["sheet"], self.manifest["notice"]) == (self.found.file, notice):
            return None
        log.warning(notice)
        self.manifest.update(sheet=self.found.file, notice=notice)
        return {"proofsheet": [self.manifest]}
