"""What is seen of the rows in flight: the host's own latent preview, of each of them."""

from __future__ import annotations

import base64
import io
import math
import time
from collections.abc import Sequence
from typing import Any

import latent_preview
from PIL import Image

from .batching import parts
from .rows import Row, Samples

SECONDS = 0.25  # between two previews
EDGE = 192


class Previews:
    """The host's previewers, one a model, asked a few times a second."""

    def __init__(self) -> None:
        self.previewers: dict[int, Any] = {}
        self.last = -math.inf

    def pictures(self, batch: Sequence[Row], denoised: Samples) -> list[Image.Image]:
        """A picture for each row, or none: too soon, or none can be made."""
        now = time.monotonic()
        if now - self.last < SECONDS:
            return []
        model = batch[0].model
        if id(model) not in self.previewers:
            found = latent_preview.get_previewer(model.load_device, model.model.latent_format)
            self.previewers[id(model)] = found
        previewer = self.previewers[id(model)]
        picture = parts(denoised)[0]  # of picture and sound, as the host
        if previewer is None or picture.ndim < 4 or picture.shape[0] != len(batch):
            return []
        self.last = now
        # The host's previewers look at the first row only.
        rows = picture.split(1)
        return [previewer.decode_latent_to_preview_image("JPEG", row)[1] for row in rows]


def montage(pictures: Sequence[Image.Image]) -> tuple[str, Image.Image, int]:
    """The rows in flight side by side, as near to a square as they go, as the host's preview."""
    columns = math.ceil(math.sqrt(len(pictures)))
    width, height = pictures[0].size
    sheet = Image.new("RGB", (columns * width, math.ceil(len(pictures) / columns) * height))
    for index, picture in enumerate(pictures):
        sheet.paste(picture, (index % columns * width, index // columns * height))
    return "JPEG", sheet, latent_preview.MAX_PREVIEW_RESOLUTION


def data_url(picture: Image.Image) -> str:
    small = picture.copy()
    small.thumbnail((EDGE, EDGE))
    buffer = io.BytesIO()
    small.save(buffer, "WEBP", quality=60, method=0)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
