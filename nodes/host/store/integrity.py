"""Whether a stored frame is whole and its own, before anything of it is believed.

`errors_as_damage` is the one boundary between the files and the rest of the pack: what a library
raises on a bad file becomes Damaged there. Only calls of libraries stand in it, so that a fault of
our own is never taken for a damaged frame, and never makes one be sampled again.

Every limit here is far above what the pack writes: it is there for files that somebody else put
into the store.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image

from ...core.drawing.png_stream import END, SIGNATURE
from ...core.plan import frame_texts
from ...core.plan.frame_texts import Damaged, Facts
from ...core.plan.recipe import Recipe
from . import images
from .atomic_files import FileIdentity, file_identity

MAX_FILE = 2**30  # bytes of one PNG
MAX_LATENT = 2**32
MAX_CHUNKS = 2**16
TEXTS = (b"tEXt", b"zTXt", b"iTXt")
ANIMATION = b"acTL"
BLOCK = 2**20

MODES = ("L", "LA", "RGB", "RGBA")
"""How Pillow calls the pixels that the store writes."""


@contextlib.contextmanager
def errors_as_damage() -> Iterator[None]:
    """Raises Damaged in place of whatever a library raises on a bad file: Pillow promises nothing.
    A disk that cannot be read stays an OSError."""
    try:
        yield
    except MemoryError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno not in (None, errno.EINVAL):
            raise
        raise Damaged(str(error) or type(error).__name__) from error


class Checked(NamedTuple):
    size: tuple[int, int]
    recipe: Recipe
    facts: Facts
    identities: Mapping[str, FileIdentity]


def frame(path: Path, frame_id: str) -> Checked:
    """What the frame's PNG says, and its files as they were checked. Raises Damaged, NewerFormat
    or OSError if anything of the frame is not whole or not its own."""
    identities = {".png": file_identity(path)}
    texts, size = _texts(path)
    recipe, facts = believed(texts, frame_id, lambda: images.stored_pixels(decoded(path)))
    for ending, expected in facts["files"].items():
        file = path.with_name(frame_id + ending)
        identities[ending] = file_identity(file)
        if file_hash(file) != expected:
            raise Damaged(f"{file.name} is damaged")
    return Checked(size, recipe, facts, identities)


def believed(
    texts: Mapping[str, Any], frame_id: str, pixels: Callable[[], images.Pixels]
) -> tuple[Recipe, Facts]:
    """The recipe and the facts in a frame's texts. Raises NewerFormat, and Damaged unless the
    recipe, or without one the pixels, make this frame id."""
    recipe, facts = frame_texts.read(texts, frame_id)
    if not recipe and (made := images.picture_id(pixels())) != frame_id:
        raise Damaged(f"its picture makes frame #{made}, not this one")
    return recipe, facts


def picture(path: Path) -> Image.Image:
    """A whole PNG, decoded. Raises Damaged or OSError."""
    _texts(path)
    return decoded(path)


def decoded(path: Path, format: str = "PNG") -> Image.Image:
    """Raises Damaged or OSError."""
    with errors_as_damage(), Image.open(path, formats=(format,)) as found:
        found.load()
        return found if found.mode in MODES else found.convert("RGB")


def _texts(path: Path) -> tuple[dict[str, Any], tuple[int, int]]:
    _check_chunks(path)
    with errors_as_damage(), Image.open(path, formats=("PNG",)) as found:
        texts, size = dict(found.info), found.size
        found.verify()  # every chunk's checksum; no pixels are decoded
    return {str(name): text for name, text in texts.items()}, size


def _check_chunks(path: Path) -> None:
    """Raises Damaged for a PNG that it would take too long, or too much memory, to read."""
    size = file_identity(path).size
    if size > MAX_FILE:
        raise Damaged(f"it has {size:,} bytes; at most {MAX_FILE:,} are read")
    texts, chunks = 0, 0
    with path.open("rb") as file:
        if file.read(len(SIGNATURE)) != SIGNATURE:
            raise Damaged("it is no PNG")
        while file.tell() + len(END) < size and len(head := file.read(8)) == 8:
            length, kind = struct.unpack(">I4s", head)
            texts, chunks = texts + length * (kind in TEXTS), chunks + 1
            if kind == ANIMATION:
                raise Damaged("it moves: a page would show other pictures than its first")
            if texts > frame_texts.MAX_TEXT or chunks > MAX_CHUNKS:
                raise Damaged(
                    f"its texts have {texts:,} bytes and it has {chunks:,} chunks; at most "
                    f"{frame_texts.MAX_TEXT:,} and {MAX_CHUNKS:,} are read"
                )
            file.seek(length + 4, 1)
        if file.read() != END:
            raise Damaged("it does not end as a PNG does")


def file_hash(path: Path) -> str:
    if file_identity(path).size > MAX_LATENT:
        raise Damaged(f"{path.name} has more than {MAX_LATENT:,} bytes")
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            whole.update(block)
    return whole.hexdigest()[:16]


def data_hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
