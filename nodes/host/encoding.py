"""A frame's pictures as bytes: the PNG with its texts, the thumbnail."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from typing import Any

from PIL import PngImagePlugin

from ..core.facts import MAX_TEXT
from . import images

THUMB_EDGE = 384


def png(values: images.Pixels, texts: Mapping[str, Any] | None = None) -> bytes:
    info = PngImagePlugin.PngInfo()
    written = {name: _text(value) for name, value in (texts or {}).items()}
    for name, text in written.items():
        info.add_text(name, text)
    size = sum(len(text.encode()) for text in written.values())
    if size > MAX_TEXT:
        raise ValueError(f"its texts have {size:,} bytes; at most {MAX_TEXT:,} fit into a frame")
    buffer = io.BytesIO()
    images.picture(values).save(buffer, "PNG", pnginfo=info, compress_level=4)
    return buffer.getvalue()


def thumbnail(values: images.Pixels) -> bytes:
    buffer = io.BytesIO()
    images.thumbnail(values, THUMB_EDGE).save(buffer, "WEBP", quality=85, method=2)
    return buffer.getvalue()


def _text(value: Any) -> str:
    """Half a surrogate pair is text to JSON, but to no file."""
    return (
        value.encode("utf-8", "replace").decode() if isinstance(value, str) else json.dumps(value)
    )
