"""The printed sheet: drawn once for the same contents, kept in the output folder."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import folder_paths
from PIL import Image, PngImagePlugin

from ...core.drawing import font_choice, printer
from ...core.plan.graph import digest
from ...core.sheet.contents import Sheet, SheetFrame
from ..store import integrity
from ..store.atomic_files import put
from ..store.encoding import THUMB_EDGE
from ..store.integrity import Damaged
from ..store.store import Store

log = logging.getLogger("proofsheet")

SHEETS = "proofsheet/sheets"
RENDERING = 2  # raise it when the printed sheet changes: printed ones are found by their contents


class Printed(NamedTuple):
    """`file` is how `/view` finds it: None if no folder took it; `notice` then says why."""

    image: Image.Image
    file: dict[str, str] | None
    notice: str = ""


def printed(sheet: Sheet, kept: Store, texts: Mapping[str, Any]) -> Printed:
    """The sheet as a picture, and where its file is. An equal sheet is not drawn again."""
    name = digest([RENDERING, repr(sheet), texts])[:16]
    path, file = _place(name)
    try:
        return Printed(integrity.picture(path), file)
    except (Damaged, OSError):
        return _drawn(name, sheet, kept, texts)


def _drawn(name: str, sheet: Sheet, kept: Store, texts: Mapping[str, Any]) -> Printed:
    lost: list[str] = []

    def picture(frame: SheetFrame) -> Image.Image | None:
        found = _picture(frame, sheet.cell_size, kept)
        lost.extend([frame.id] if found is None else [])
        return found

    rendered = printer.render(sheet, picture)
    if rendered.missing:
        log.warning(font_choice.describe(sorted(rendered.missing)))
    if rendered.borrowed:
        log.info("The sheet borrows fonts of this system: %s", ", ".join(rendered.borrowed))
    if lost:  # a sheet with holes must not be found when they are filled
        name = digest([name, lost])[:16]
    return _kept(name, rendered.image, texts)


def _picture(frame: SheetFrame, cell_size: int, kept: Store) -> Image.Image | None:
    """The picture for one cell: the thumbnail where it is large enough."""
    small = cell_size <= THUMB_EDGE < max(frame.width, frame.height)
    try:
        return kept.thumb(frame.id) if small else kept.picture(frame.id)
    except OSError:
        kept.note_loss()
        return None


def _kept(name: str, image: Image.Image, texts: Mapping[str, Any]) -> Printed:
    """Into the output folder; if that takes no files, into ComfyUI's temporary one."""
    data = _png(image, texts)
    notice = ""
    for kind in ("output", "temp"):
        path, file = _place(name, kind)
        try:
            put(path, data)
        except OSError as error:
            notice = notice or f"The printed sheet could not be kept: {error}"
        else:
            return Printed(image, file, notice)
    return Printed(image, None, notice)


def _place(name: str, kind: str = "output") -> tuple[Path, dict[str, str]]:
    file = {"filename": f"{name}.png", "subfolder": SHEETS, "type": kind}
    folder = folder_paths.get_directory_by_type(kind)
    return Path(folder or "") / SHEETS / file["filename"], file


def _png(drawn: Image.Image, texts: Mapping[str, Any]) -> bytes:
    info = PngImagePlugin.PngInfo()
    for name, value in texts.items():
        info.add_text(name, json.dumps(value))
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG", pnginfo=info, compress_level=4)
    return buffer.getvalue()
