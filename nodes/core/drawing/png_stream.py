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
    """Begins a file of `size`, with texts; `add` the strips, then `close` it with a last text."""

    def __init__(
        self, file: BinaryIO, size: tuple[int, int], texts: Iterable[tuple[str, str]] = ()
    ) -> None:
        self.file = file
        self.packer = zlib.compressobj(LEVEL)
        self.above = Image.new("RGB", (size[0], 1))  # the last line written; black at first
        file.write(SIGNATURE)
        file.write(_chunk(b"IHDR", struct.pack(">IIBBBBB", *size, _BITS, _RGB, 0, 0, 0)))
        for name, text in texts:
            file.write(_text(name, text))

    def add(self, strip: Image.Image) -> None:
        """The next lines of pixels: an RGB picture as wide as the page."""
        shifted = Image.new("RGB", strip.size)
        shifted.paste(self.above)
        shifted.paste(strip, (0, 1))
        pixels = ImageChops.subtract_modulo(strip, shifted).tobytes()
        step = 3 * strip.width
        lines = (_UP + pixels[start : start + step] for start in range(0, len(pixels), step))
        self.file.write(_chunk(b"IDAT", self.packer.compress(b"".join(lines))))
        self.above = strip.crop((0, strip.height - 1, strip.width, strip.height))

    def close(self, name: str, text: str) -> None:
        self.file.write(_chunk(b"IDAT", self.packer.flush()) + _text(name, text) + END)


def ends_with(file: BinaryIO, name: str, text: str) -> bool:
    """Whether a file was closed with this text: then it is whole, too. No pixel is read."""
    end = _text(name, text) + END
    size = file.seek(0, 2)
    file.seek(max(0, size - len(end)))
    return file.read() == end


def _text(name: str, text: str) -> bytes:
    return _chunk(b"tEXt", name.encode("latin-1") + b"\0" + text.encode("latin-1"))


def _chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(data, zlib.crc32(kind))
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)
