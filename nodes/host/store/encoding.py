"""A frame's pictures as bytes: the PNG with its texts, the thumbnail."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Mapping
from typing import Any

from PIL import Image, PngImagePlugin

from ...core.plan.frame_texts import MAX_TEXT
from . import images
from .integrity import Damaged, errors_as_damage

THUMB_EDGE = 384
PARAMETERS = "parameters"
EXIF_IFD, EXIF_COMMENT = 0x8769, 0x9286
UNICODE = b"UNICODE\0"
TEXT_NAME = re.compile("[ -~¡-ÿ]{1,79}")


def is_text_name(name: object) -> bool:
    """Whether a PNG may call one of its texts so: 1 to 79 characters of Latin-1 that print."""
    return isinstance(name, str) and bool(TEXT_NAME.fullmatch(name))


def png(values: images.Pixels, texts: Mapping[str, str] | None = None) -> bytes:
    info = PngImagePlugin.PngInfo()
    # Half a surrogate pair is text to JSON, but to no file.
    written = {
        name: text.encode("utf-8", "replace").decode() for name, text in (texts or {}).items()
    }
    settings = written.get(PARAMETERS, "")
    for name, text in written.items():
        if name != PARAMETERS:
            info.add_text(name, text)
        elif _is_latin(text):
            info.add_text(name, text, zip=True)
    size = sum(len(text.encode()) for text in written.values())
    if size > MAX_TEXT:
        raise ValueError(f"its texts have {size:,} bytes; at most {MAX_TEXT:,} fit into a frame")
    buffer = io.BytesIO()
    options = {} if _is_latin(settings) else {"exif": with_comment(Image.Exif(), settings)}
    images.picture(values).save(buffer, "PNG", pnginfo=info, compress_level=4, **options)
    return buffer.getvalue()


def _is_latin(text: str) -> bool:
    """Whether it fits a compressed text of a PNG. Frontend 1.32.9 reads plain `parameters` before
    the recipe in `prompt`, and then opens a graph of its own making; it does not see compressed
    ones, nor EXIF, where a text in any other script goes. Other tools read both."""
    return text.isascii() or all(ord(char) < 256 for char in text)


def with_comment(exif: Image.Exif, text: str) -> Image.Exif:
    """The settings as EXIF's user comment, where other tools look for them."""
    exif[EXIF_IFD] = {EXIF_COMMENT: UNICODE + text.encode("utf-16-be")}
    return exif


def parameters(picture: Image.Image) -> str:
    """The settings that a frame's PNG carries, wherever they are."""
    comment: Any = b""
    with contextlib.suppress(Damaged), errors_as_damage():  # somebody else's EXIF is anything
        comment = picture.getexif().get_ifd(EXIF_IFD).get(EXIF_COMMENT, b"")
    if isinstance(comment, bytes) and comment.startswith(UNICODE):
        return comment[len(UNICODE) :].decode("utf-16-be", "replace")
    settings = picture.info.get(PARAMETERS, "")
    return settings if isinstance(settings, str) else ""


def thumbnail(values: images.Pixels) -> bytes:
    buffer = io.BytesIO()
    images.thumbnail(values, THUMB_EDGE).save(buffer, "WEBP", quality=85, method=2)
    return buffer.getvalue()
