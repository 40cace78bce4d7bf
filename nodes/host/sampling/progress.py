"""Telling the page how a sweep goes: one progress bar with the host's own latent preview, and the
pack's events to the client that queued the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict

import comfy.utils
from comfy_execution.graph import DynamicPrompt
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
    """Where a sweep stands after a step: `numbers` are the frames in flight, `done` and `total`
    count those of the whole sweep."""

    numbers: list[int]
    step: int
    steps: int
    done: int
    total: int
    previews: list[Preview]


class Announcer:
    """Events of one run. Without a client (a bare POST) nothing is sent."""

    def __init__(self, dynprompt: DynamicPrompt, node_id: str, store: Store) -> None:
        self.server: PromptServer | None = getattr(PromptServer, "instance", None)
        self.client: str | None = getattr(self.server, "client_id", None)
        self.store = store
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
            "sheets": sorted(sheets),  # those that show this sampler's frames
            "prompt_id": context.prompt_id if context else "",
        }

    def sweep(self, frames: Frames) -> None:
        self._send(SWEEP, lambda: {"manifest": manifest(frames, self.references)})

    def frame(self, frame: Frame) -> None:
        self._send(FRAME, lambda: {"frame": frame_entry(frame, self.references)})

    def step(self, state: StepState) -> None:
        self._send(STEP, lambda: state)

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


class Progress:
    """One bar over the whole sweep: frames x steps. The preview shows every row in flight.
    `rows` are by the number of their frame."""

    def __init__(self, rows: Mapping[int, Row], announcer: Announcer) -> None:
        self.announcer = announcer
        self.numbers = {row.key: number for number, row in rows.items()}
        self.steps = {number: max(1, row.steps) for number, row in rows.items()}
        self.total = sum(self.steps.values())
        self.sampled: set[int] = set()
        self.ended: set[int] = set()
        self.bar = comfy.utils.ProgressBar(self.total)
        self.previews = Previews()

    def step(self, batch: Sequence[Row], index: int, _steps: int, denoised: Samples) -> None:
        """After a step of a batch. Raises the host's interrupt if the user asked for one."""
        numbers = [self.numbers[row.key] for row in batch]
        steps = self.steps[numbers[0]]
        index = min(index, steps)  # dpm_adaptive takes as many as it needs
        pictures = self.previews.pictures(batch, denoised)
        shown = montage(pictures) if pictures else None
        self.bar.update_absolute(self._done() + index * len(batch), self.total, shown)
        if index == steps:
            self.sampled.update(numbers)
        self.announcer.step(
            {
                "numbers": numbers,
                "step": index,
                "steps": steps,
                "done": len(self.ended),
                "total": len(self.steps),
                "previews": [
                    {"number": number, "image": data_url(picture)}
                    for number, picture in zip(numbers, pictures, strict=False)
                ],
            }
        )

    def end(self, number: int) -> None:
        """A frame is stored, or has failed for good."""
        self.sampled.add(number)
        self.ended.add(number)
        self.bar.update_absolute(self._done(), self.total)

    def _done(self) -> int:
        return sum(self.steps[number] for number in self.sampled)
