"""The printed sheet: one file a sheet, drawn anew only when what is on it has changed."""

from __future__ import annotations

import contextlib
import json
import logging
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import folder_paths
from PIL import Image

from ...core.drawing import font_choice, png_stream, printer
from ...core.drawing.text_setter import Setter
from ...core.frames import FileReference
from ...core.plan.graph import digest
from ...core.sheet.contents import Sheet, SheetFrame
from ..store import integrity
from ..store.atomic_files import check_room, file_identity, streamed
from ..store.encoding import THUMB_EDGE
from ..store.integrity import Damaged
from ..store.store import SHEETS, Store

log = logging.getLogger("proofsheet")

RENDERING = 2  # raise it when the printed sheet changes: then all are drawn anew
DRAWN = "proofsheet-drawn"  # the text of its PNG that says what is drawn on it
FOLDERS = ("output", "temp")  # the second if the first takes no files
ROOM = 2**16  # bytes: a folder that does not take these takes no sheet

Watch = Callable[[], None]
"""Called before each picture; what it raises ends the drawing."""


class Found(NamedTuple):
    """Where a printed sheet lies, or will: how `/view` finds it, None if no folder takes it.
    `notice` says why it is not in the output folder."""

    file: FileReference | None
    notice: str = ""
    is_drawn: bool = False


@dataclass(frozen=True)
class PrintedSheet:
    """A sheet and its file. `name` says which sheet it is, whatever is picked on it; `texts` go
    into the file, and are no reason to draw it anew."""

    sheet: Sheet
    store: Store
    name: str
    texts: Mapping[str, Any]

    def find(self) -> Found:
        """The file, if this is drawn on it; else the folder that will take it."""
        notice = ""
        for kind in FOLDERS:
            path = self._path(kind)
            if self._is_drawn(path):
                return Found(self._reference(kind), notice, is_drawn=True)
            try:
                check_room(path, ROOM)
            except OSError as error:
                notice = notice or _said(error)
            else:
                return Found(self._reference(kind), notice)
        return Found(None, notice)

    def draw(self, watch: Watch) -> Found:
        """Replace the file, in the first folder that takes it."""
        notice = ""
        for kind in FOLDERS:
            try:
                self._write(self._path(kind), watch)
            except OSError as error:
                notice = notice or _said(error)
            else:
                self.store.evict(keep=[self.name, *(frame.id for frame in self.sheet.frames)])
                return Found(self._reference(kind), notice, is_drawn=True)
        return Found(None, notice)

    def picture(self, found: Found, watch: Watch) -> Image.Image:
        """The whole sheet as one picture."""
        if found.file and found.is_drawn:
            with contextlib.suppress(Damaged, OSError):
                return integrity.picture(self._path(found.file["type"]))
        return printer.render(self.sheet, lambda frame: self._picture(frame, watch)).image

    @cached_property
    def _drawn(self) -> str:
        return digest([RENDERING, repr(self.sheet)])[:16]

    def _path(self, kind: str) -> Path:
        folder = folder_paths.get_directory_by_type(kind)
        return Path(folder or "") / SHEETS / f"{self.name}.png"

    def _reference(self, kind: str) -> FileReference:
        return {"filename": f"{self.name}.png", "subfolder": SHEETS, "type": kind}

    def _is_drawn(self, path: Path) -> bool:
        """Such a file was used just now."""
        try:
            file_identity(path)  # a link may lead anywhere, and a pipe is never read to its end
            with path.open("rb") as file:
                is_drawn = png_stream.ends_with(file, DRAWN, self._drawn)
        except OSError:
            return False
        if is_drawn:
            with contextlib.suppress(OSError):  # a folder may be read-only
                os.utime(path)
        return is_drawn

    def _write(self, path: Path, watch: Watch) -> None:
        lost: list[str] = []

        def load(frame: SheetFrame) -> Image.Image | None:
            picture = self._picture(frame, watch)
            lost.extend([frame.id] if picture is None else [])
            return picture

        setter = Setter()
        drawing = printer.Printing(self.sheet, setter)
        texts = ((name, json.dumps(text)) for name, text in self.texts.items())
        with streamed(path) as file:
            png = png_stream.PngStream(file, drawing.size, texts)
            for strip in drawing.strips(load):
                png.add(strip)
            # A sheet with holes must be drawn anew when they can be filled.
            png.close(DRAWN, digest([self._drawn, lost])[:16] if lost else self._drawn)
        if setter.missing:
            log.warning(font_choice.describe(sorted(setter.missing)))
        if setter.borrowed:
            borrowed = ", ".join(sorted(setter.borrowed))
            log.info("The sheet borrows fonts of this system: %s", borrowed)

    def _picture(self, frame: SheetFrame, watch: Watch) -> Image.Image | None:
        """The picture for one cell: the thumbnail where it is large enough."""
        watch()
        small = self.sheet.cell_size <= THUMB_EDGE < max(frame.width, frame.height)
        try:
            return self.store.thumb(frame.id) if small else self.store.picture(frame.id)
        except OSError:
            self.store.note_loss()
            return None


def _said(error: OSError) -> str:
    return f"The printed sheet could not be kept: {error}"
