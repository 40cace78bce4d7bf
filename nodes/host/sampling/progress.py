"""Telling the page how a sweep goes: one progress bar with the host's own latent preview, and the
pack's events to the client that queued the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict

import comfy.utils
from comfy_execution.graph import DynamicPrompt
from comfy_execution.progress import get_progress_state
from comfy_execution.utils import get_executing_context
from server import PromptServer

from ...core import node_ids
from ...core.frames import Frame, Frames
from ...core.manifest import Files, frame_entry, manifest
from ..store.store import Store
from .previews import Previews, data_url, montage
from .rows import Row, Samples

SWEEP, FRAME, STEP = "proofsheet.sweep", "proofsheet.frame", "proofsheet.step"


class Preview(TypedDict):
    number: int
    image: str


class StepState(TypedDict):
    """Where a sweep stands after a step: `numbers` are the frames in flight, `share` is how much
    of all steps of all stages is done, 0 to 1."""

    numbers: list[int]
    step: int
    steps: int
    share: float
    previews: list[Preview]


class Announcer:
    """Events of one run. Without a client (a bare POST) nothing is sent."""

    def __init__(self, dynprompt: DynamicPrompt, node_id: str, store: Store) -> None:
        self.server: PromptServer | None = getattr(PromptServer, "instance", None)
        self.client: str | None = getattr(self.server, "client_id", None)
        self.store = store
        self.lit = ""
        nodes = {other: dynprompt.get_node(other) for other in dynprompt.all_node_ids()}
        sheets = [
            dynprompt.get_display_node_id(other)
            for other, node in nodes.items()
            if node["class_type"] == node_ids.CONTACT_SHEET
            and (node["inputs"].get("frames") or [None])[0] == node_id
        ]
        context = get_executing_context()
        self.common = {
            "node": dynprompt.get_display_node_id(node_id),
            "sheets": sorted(sheets),  # those that show this sweep's frames
            "prompt_id": context.prompt_id if context else "",
        }

    def sweep(self, frames: Frames) -> None:
        self._send(SWEEP, lambda: {"manifest": manifest(frames, self.references)})

    def frame(self, frame: Frame) -> None:
        self._send(FRAME, lambda: {"frame": frame_entry(frame, self.references)})

    def step(self, state: StepState) -> None:
        self._send(STEP, lambda: state)

    def highlight(self, node_id: str) -> None:
        """The page shows this node of the user's as one that runs; "": none any more. The sweep's
        own node shows the bar of the whole run, and nothing else."""
        node_id = "" if node_id == self.common["node"] else node_id
        if self.server is None or self.client is None or node_id == self.lit:
            return
        progress = get_progress_state()
        if self.lit:
            progress.finish_progress(self.lit)
        if node_id:
            told = {"node": node_id, "display_node": node_id, "prompt_id": self.common["prompt_id"]}
            self.server.send_sync("executing", told, self.client)
            progress.start_progress(node_id)
        self.lit = node_id

    def references(self, frame_id: str) -> Files:
        return references(self.store, frame_id)

    def _send(self, event: str, content: Callable[[], Mapping[str, object]]) -> None:
        if self.server is not None and self.client is not None:
            self.server.send_sync(event, {**self.common, **content()}, self.client)


def references(store: Store, frame_id: str) -> Files:
    """Where a frame's files are, for `/view`. One that was an image has no latent."""
    stored = store.find(frame_id)
    latent = stored.latent if stored else None
    return {
        "image": store.reference(frame_id, ".png"),
        "thumb": store.reference(frame_id, ".webp"),
        "latent": store.reference(frame_id, latent) if latent else None,
    }


@dataclass(frozen=True)
class Expected:
    """A row of a stage that will be sampled: the numbers of the frames that need it, and about
    how many steps it takes."""

    numbers: Sequence[int]
    steps: int


class Progress:
    """One bar over the whole run: the steps of all rows, by their keys; where nothing is sampled,
    its frames. The preview shows every row in flight."""

    def __init__(self, rows: Mapping[str, Expected], frames: int, announcer: Announcer) -> None:
        self.announcer = announcer
        self.rows = rows
        self.total = sum(row.steps for row in rows.values()) or frames
        self.sampled: set[str] = set()
        self.ended: set[int] = set()
        self.keys: dict[int, list[str]] = {}
        for key, row in rows.items():
            for number in row.numbers:
                self.keys.setdefault(number, []).append(key)
        self.bar = comfy.utils.ProgressBar(self.total)
        self.previews = Previews()

    def step(self, batch: Sequence[Row], index: int, steps: int, denoised: Samples) -> None:
        """After a step of a batch. Raises the host's interrupt if the user asked for one."""
        expected = [self.rows[row.key] for row in batch]
        index = min(index, steps)  # dpm_adaptive takes as many as it needs
        pictures = self.previews.pictures(batch, denoised)
        shown = montage(pictures) if pictures else None
        now = self._done() + sum(row.steps for row in expected) * index // max(1, steps)
        self.bar.update_absolute(now, self.total, shown)
        if index == steps:
            self.sampled.update(row.key for row in batch)
        self.announcer.step(
            {
                "numbers": [number for row in expected for number in row.numbers],
                "step": index,
                "steps": steps,
                "share": now / self.total,
                "previews": [
                    {"number": number, "image": image}
                    for row, image in zip(expected, map(data_url, pictures), strict=False)
                    for number in row.numbers
                ],
            }
        )

    def end(self, number: int) -> None:
        """A frame is stored, or has failed for good."""
        self.ended.add(number)
        for key in self.keys.get(number, ()):
            if self.ended.issuperset(self.rows[key].numbers):
                self.sampled.add(key)
        self.bar.update_absolute(self._done(), self.total)

    def _done(self) -> int:
        sampled = sum(self.rows[key].steps for key in self.sampled)
        return sampled if self.rows else len(self.ended)
