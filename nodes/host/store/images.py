"""Between ComfyUI's images (float, [N, H, W, C], 0 to 1) and 8-bit pixels."""

from __future__ import annotations

import hashlib

import numpy as np
import torch
from PIL import Image

Pixels = np.ndarray
"""One picture: uint8, [H, W, C]."""


def pixels(image: torch.Tensor) -> Pixels:
    """One image [H, W, C] as 8-bit pixels, rounded as the host's SaveImage rounds."""
    return np.clip(255.0 * image.cpu().float().numpy(), 0, 255).astype(np.uint8)


def several(image: torch.Tensor) -> list[Pixels]:
    """The pictures of an image [N, H, W, C], or of a video [B, N, H, W, C]."""
    return [pixels(one) for one in image.reshape(-1, *image.shape[-3:])]


def picture(values: Pixels) -> Image.Image:
    return Image.fromarray(values[..., 0] if values.shape[-1] == 1 else values)


def of(picture: Image.Image) -> Pixels:
    """A picture's pixels."""
    return np.asarray(picture if picture.mode in ("RGB", "RGBA") else picture.convert("RGB"))


def stored_pixels(picture: Image.Image) -> Pixels:
    """A stored picture's pixels with the channels that were written."""
    values = np.asarray(picture)
    return values if values.ndim == 3 else values[..., None]


def picture_id(values: Pixels) -> str:
    """The id of a frame that was made from a picture: it hashes the shape and the pixels."""
    shape = "x".join(map(str, values.shape))
    return hashlib.sha256(shape.encode() + values.tobytes()).hexdigest()[:16]


def image(*pictures: Image.Image) -> torch.Tensor:
    """Pictures of one size as one image [N, H, W, C], scaled as the host's LoadImage scales."""
    arrays = np.stack([of(one) for one in pictures])
    floats = arrays.astype(np.float32)
    floats /= 255.0  # in place: a printed sheet is large
    return torch.from_numpy(floats)


def thumbnail(values: Pixels, edge: int) -> Image.Image:
    """The picture fitted into a square of `edge` pixels; never enlarged."""
    small = picture(values).convert("RGB")
    small.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return small
