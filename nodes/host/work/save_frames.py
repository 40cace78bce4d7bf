"""Save Frames: frames as files under names of the user's choosing, inside the output folder."""

from __future__ import annotations

import contextlib
import io
import json
import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import folder_paths
from PIL import Image

from ...core import limits
from ...core.errors import ProofsheetError
from ...core.frames import FileReference, Frame, Frames
from ...core.grammar import file_pattern
from ...core.plan import file_names
from ...core.plan.recipe import Recipe
from ..store import encoding, images, other_files
from ..store.atomic_files import file_identity, put_new
from ..store.known import Stored
from ..store.store import Store, default_store

log = logging.getLogger("proofsheet")

EXIF_MODEL = 0x0110
JPEG_EXIF = 65_000  # bytes: all that a JPEG holds is a little more
SHORT = 10_000  # characters of settings that surely fit


def save(
    frames: Frames, pattern: str, format: str, nodes: file_names.Nodes | None = None
) -> list[FileReference]:
    """Save every frame; `nodes` are those of the running prompt. Returns the files as `/view` finds
    them."""
    limits.check("format", [format], limits.FORMAT)
    store = default_store()
    store.protect(frame.id for frame in frames.frames)
    output = Path(folder_paths.get_output_directory()).resolve()
    saved: list[FileReference] = []
    paths = file_names.paths(pattern, frames, nodes or {}, datetime.now())
    for frame, relative in zip(frames.frames, paths, strict=True):
        path = other_files.place(relative)
        data = encoded(frame, store, format)
        if data is not None:
            file = _saved(path, data, format)
            folder = file.parent.relative_to(output).as_posix()
            subfolder = "" if folder == "." else folder
            saved.append({"filename": file.name, "subfolder": subfolder, "type": "output"})
    if not saved:
        raise ProofsheetError("Save Frames: there is no finished frame to save")
    return saved


def encoded(frame: Frame, store: Store, format: str) -> bytes | None:
    """The frame as a file. PNG: the store's own bytes, recipe and all. None if there is no whole
    frame: one that failed or went does not keep the others from being saved."""
    stored = store.find(frame.id)
    try:
        if stored is not None:
            picture = store.picture(frame.id)
            return _bytes(picture, stored, store.path(frame.id), format)
    except OSError as error:
        log.debug("Frame #%s: %s", frame.id, error)
    log.warning("Frame #%s is not saved: %s", frame.id, frame.error or "it is gone")
    if frame.is_done:
        store.note_loss()
    return None


def _bytes(picture: Image.Image, stored: Stored, path: Path, format: str) -> bytes:
    if format == "png":
        return path.read_bytes()
    shown = Image.fromarray(images.of(picture))
    shown = shown.convert("RGB") if format == "jpg" else shown
    buffer = io.BytesIO()
    parameters = encoding.parameters(picture)
    exif = _exif(stored.recipe, parameters)
    if format == "jpg" and len(exif.tobytes()) > JPEG_EXIF:
        log.warning("Frame #%s: its recipe is too long for a jpg, and left out", stored.id)
        exif = _exif({}, parameters[:SHORT])
    options: dict[str, Any] = {"quality": 95, "exif": exif}
    shown.save(buffer, {"jpg": "JPEG", "webp": "WEBP"}[format], **options)
    return buffer.getvalue()


def _exif(recipe: Recipe, parameters: str) -> Image.Exif:
    """The recipe where ComfyUI looks for it in WebP, the settings where other tools look."""
    exif = Image.Exif()
    if recipe:
        exif[EXIF_MODEL] = f"prompt:{json.dumps(recipe)}"
    return encoding.with_comment(exif, parameters)


def _saved(path: Path, data: bytes, format: str) -> Path:
    """Write under the first free name: name.png, name_2.png, ... A file that holds just this
    is left as it is, so running again does not pile up copies."""
    number = 1
    while True:
        ending = f"_{number}" if number > 1 else ""
        file = path.with_name(f"{path.name}{ending}.{format}")
        if put_new(file, data):
            return file
        with contextlib.suppress(OSError):  # a folder, a link, a pipe: not this
            if file_identity(file).size == len(data) and file.read_bytes() == data:
                return file
        number += 1


def check_format(format: str | None) -> None:
    """Raises ProofsheetError unless it is a format, or None: a link."""
    limits.check_written({"format": [format]}, {"format": limits.FORMAT})


def check_pattern(pattern: str) -> Sequence[str]:
    """The tokens of a pattern. Raises GrammarError if it cannot be read."""
    return file_pattern.tokens(pattern)
