"""A PNG written strip by strip from top to bottom: of a large page only one strip is in memory."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import BinaryIO

from PIL import Image, ImageChops

SIGNATURE = b"\x89PNG\r\n\x1a\n"
END = b"\0\0\0\0IEND\xaeB`\x82"
LEVEL = 4  # of compression
_BITS, _RGB = 8, 2
_UP = b"\2"  # the filter of each line of pixels: what differs from the line above


class PngStream:
    """Begins a file of `size`; its texts come first, so that they are read without its pixels."""

    def __init__(
        self, file: BinaryIO, size: tuple[int, int], texts: Iterable[tuple[str, str]]
    ) -> None:
        self.file = file
        self.packer = zlib.compressobj(LEVEL)
        self.above = Image.new("RGB", (size[0], 1))  # the last line written; black at first
        file.write(SIGNATURE)
        self._chunk(b"IHDR", struct.pack(">IIBBBBB", *size, _BITS, _RGB, 0, 0, 0))
        for name, text in texts:
            self._chunk(b"tEXt", name.encode("latin-1") + b"\0" + text.encode("latin-1"))

    def add(self, strip: Image.Image) -> None:
        """The next lines of pixels: an RGB picture as wide as the page."""
        shifted = Image.new("RGB", strip.size)
        shifted.paste(self.above)
        shifted.paste(strip, (0, 1))
        pixels = ImageChops.subtract_modulo(strip, shifted).tobytes()
        step = 3 * strip.width
        lines = (_UP + pixels[start : start + step] for start in range(0, len(pixels), step))
        self._chunk(b"IDAT", self.packer.compress(b"".join(lines)))
        self.above = strip.crop((0, strip.height - 1, strip.width, strip.height))

    def close(self) -> None:
        self._chunk(b"IDAT", self.packer.flush())
        self.file.write(END)

    def _chunk(self, kind: bytes, data: bytes) -> None:
        check = zlib.crc32(data, zlib.crc32(kind))
        self.file.write(struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check))


def first_text(file: BinaryIO) -> tuple[str, str] | None:
    """The text that a file of PngStream begins with; None if it has none, or is cut short."""
    head = file.read(len(SIGNATURE) + 25 + 8)
    length, kind = struct.unpack(">I4s", head[-8:]) if len(head) == 41 else (0, b"")
    if not head.startswith(SIGNATURE) or kind != b"tEXt" or length > 4096:
        return None
    name, _, text = file.read(length).decode("latin-1").partition("\0")
    file.seek(-len(END), 2)
    return (name, text) if file.read() == END else None
