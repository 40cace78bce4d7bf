"""Telling the page how a sweep goes: one progress bar with the host's own latent preview, and the
pack's events to the client that queued the run."""

from __future__ import annotations

import base64
import io
import math
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict

import comfy.utils
import latent_preview
import torch
from comfy_execution.graph import DynamicPrompt
from comfy_execution.utils import get_executing_context
from PIL import Image
from server import PromptServer

from ...core import node_ids
from ...core.frames import Frame, Frames
from ...core.manifest import frame_entry, manifest
from ..store.store import Store
from .batching import Row

PREVIEW_SECONDS = 0.25
PREVIEW_EDGE = 192
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

    def references(self, frame_id: str) -> dict[str, dict[str, str] | None]:
        return references(self.store, frame_id)

    def _send(self, event: str, content: Callable[[], Mapping[str, object]]) -> None:
        if self.server is not None and self.client is not None:
            self.server.send_sync(event, {**self.common, **content()}, self.client)


def references(store: Store, frame_id: str) -> dict[str, dict[str, str] | None]:
    """Where a frame's files are, for `/view`. One that was an image has no latent."""
    stored = store.find(frame_id)
    latent = stored.latent if stored else None
    return {
        "image": store.reference(frame_id, ".png"),
        "thumb": store.reference(frame_id, ".webp"),
        "latent": store.reference(frame_id, latent) if latent else None,
    }


class Progress:
    """One bar over the whole sweep: frames x steps. The preview shows every row in flight."""

    def __init__(self, rows: Sequence[Row], announcer: Announcer) -> None:
        self.announcer = announcer
        self.steps = {row.number: max(1, row.steps) for row in rows}
        self.total = sum(self.steps.values())
        self.sampled: set[int] = set()
        self.ended: set[int] = set()
        self.bar = comfy.utils.ProgressBar(self.total)
        self.previewers: dict[int, Any] = {}
        self.last_preview = -math.inf

    def step(self, batch: Sequence[Row], index: int, denoised: torch.Tensor) -> None:
        """After a step of a batch. Raises the host's interrupt if the user asked for one."""
        steps = self.steps[batch[0].number]
        index = min(index, steps)  # dpm_adaptive takes as many as it needs
        pictures = self._previews(batch, denoised)
        montage = _montage(pictures) if pictures else None
        self.bar.update_absolute(self._done() + index * len(batch), self.total, montage)
        if index == steps:
            self.sampled.update(row.number for row in batch)
        shown = zip(batch, pictures, strict=False)
        self.announcer.step(
            {
                "numbers": [row.number for row in batch],
                "step": index,
                "steps": steps,
                "done": len(self.ended),
                "total": len(self.steps),
                "previews": [{"number": row.number, "image": _data_url(p)} for row, p in shown],
            }
        )

    def end(self, row: Row) -> None:
        """A frame is stored, or has failed for good."""
        self.sampled.add(row.number)
        self.ended.add(row.number)
        self.bar.update_absolute(self._done(), self.total)

    def _done(self) -> int:
        return sum(self.steps[number] for number in self.sampled)

    def _previews(self, batch: Sequence[Row], denoised: torch.Tensor) -> list[Image.Image]:
        now = time.monotonic()
        if now - self.last_preview < PREVIEW_SECONDS or not isinstance(denoised, torch.Tensor):
            return []
        model = batch[0].model
        if id(model) not in self.previewers:
            found = latent_preview.get_previewer(model.load_device, model.model.latent_format)
            self.previewers[id(model)] = found
        previewer = self.previewers[id(model)]
        if previewer is None or denoised.is_nested or denoised.shape[0] != len(batch):
            return []
        self.last_preview = now
        # The host's previewers look at the first row only.
        rows = denoised.split(1)
        return [previewer.decode_latent_to_preview_image("JPEG", row)[1] for row in rows]


def _montage(pictures: Sequence[Image.Image]) -> tuple[str, Image.Image, int]:
    """The rows in flight side by side, as near to a square as they go, as the host's preview."""
    columns = math.ceil(math.sqrt(len(pictures)))
    width, height = pictures[0].size
    sheet = Image.new("RGB", (columns * width, math.ceil(len(pictures) / columns) * height))
    for index, picture in enumerate(pictures):
        sheet.paste(picture, (index % columns * width, index // columns * height))
    return "JPEG", sheet, latent_preview.MAX_PREVIEW_RESOLUTION


def _data_url(picture: Image.Image) -> str:
    small = picture.copy()
    small.thumbnail((PREVIEW_EDGE, PREVIEW_EDGE))
    buffer = io.BytesIO()
    small.save(buffer, "WEBP", quality=60, method=0)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
