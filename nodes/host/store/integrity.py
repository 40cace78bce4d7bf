"""Whether a stored frame is whole and its own, before anything of it is believed.

Every limit here is far above what the pack writes: it is there for files that somebody else put
into the store.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image
from safetensors import SafetensorError

from ...core.plan import frame_texts as core_facts
from .atomic_files import mark

MAX_FILE = 2**30  # bytes of one PNG
MAX_LATENT = 2**32
MAX_CHUNKS = 2**16
SIGNATURE = b"\x89PNG\r\n\x1a\n"
END = b"\0\0\0\0IEND\xaeB`\x82"
TEXTS = (b"tEXt", b"zTXt", b"iTXt")
BLOCK = 2**20

UNUSABLE = (
    *(OSError, ValueError, SyntaxError, EOFError, struct.error, RecursionError),
    *(LookupError, TypeError, AttributeError, ArithmeticError, zlib.error),
    *(Image.DecompressionBombError, SafetensorError),
)
"""What reading a file that is damaged, foreign or hostile may raise: Pillow promises nothing."""


class Checked(NamedTuple):
    size: tuple[int, int]
    recipe: dict[str, Any]
    facts: dict[str, Any]


def frame(path: Path, frame_id: str) -> Checked:
    """What the frame's PNG says. Raises one of UNUSABLE if anything of the frame is not whole."""
    texts, size = _texts(path)
    recipe, facts = core_facts.read(texts, frame_id)
    for ending, expected in facts.get("files", {}).items():
        if file_hash(path.with_name(frame_id + ending)) != expected:
            raise ValueError(f"{frame_id}{ending} is damaged")
    return Checked(size, recipe, facts)


def picture(path: Path) -> Image.Image:
    """A whole PNG, decoded. Raises one of UNUSABLE."""
    _texts(path)
    with Image.open(path, formats=("PNG",)) as found:
        found.load()
    return found


def _texts(path: Path) -> tuple[dict[str, Any], tuple[int, int]]:
    _check_chunks(path)
    with Image.open(path, formats=("PNG",)) as found:
        texts, size = {str(name): text for name, text in found.info.items()}, found.size
        found.verify()  # every chunk's checksum; no pixels are decoded
    return texts, size


def _check_chunks(path: Path) -> None:
    """Raises ValueError for a PNG that it would take too long, or too much memory, to read."""
    size = mark(path)[-1]
    if size > MAX_FILE:
        raise ValueError(f"it has {size:,} bytes; at most {MAX_FILE:,} are read")
    texts, chunks = 0, 0
    with path.open("rb") as file:
        if file.read(len(SIGNATURE)) != SIGNATURE:
            raise ValueError("it is no PNG")
        while file.tell() + len(END) < size and len(head := file.read(8)) == 8:
            length, kind = struct.unpack(">I4s", head)
            texts, chunks = texts + length * (kind in TEXTS), chunks + 1
            if texts > core_facts.MAX_TEXT or chunks > MAX_CHUNKS:
                raise ValueError(
                    f"its texts have {texts:,} bytes and it has {chunks:,} chunks; at most "
                    f"{core_facts.MAX_TEXT:,} and {MAX_CHUNKS:,} are read"
                )
            file.seek(length + 4, 1)
        if file.read() != END:
            raise ValueError("it does not end as a PNG does")


def file_hash(path: Path) -> str:
    if mark(path)[-1] > MAX_LATENT:
        raise ValueError(f"{path.name} has more than {MAX_LATENT:,} bytes")
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            whole.update(block)
    return whole.hexdigest()[:16]


def data_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
