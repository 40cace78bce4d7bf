"""The printed sheet's file: when it is drawn, where it goes, and what ends a drawing early."""

from __future__ import annotations

import asyncio
import errno
import os
import stat
import sys
import threading
from dataclasses import replace

import comfy.model_management
import folder_paths
import numpy as np
import pytest
from comfy_execution.utils import CurrentNodeContext
from pack.nodes.core.axes import Axis
from pack.nodes.core.drawing.png_stream import PngStream
from pack.nodes.core.sheet.contents import Sheet, SheetFrame
from pack.nodes.host.store.images import picture_id
from pack.nodes.host.store.store import NewFrame, Store
from pack.nodes.host.work import contact_sheet
from pack.nodes.host.work.printed_sheet import PrintedSheet
from pack.nodes.host.work.sheet_drawing import Drawing
from PIL import Image

PICTURES = [np.full((64, 64, 3), shade, np.uint8) for shade in (40, 80, 120)]
IDS = [picture_id(picture) for picture in PICTURES]
SHEET = Sheet(
    (Axis("seed", (1, 2, 3), ("1", "2", "3")),),
    tuple(SheetFrame(n, width=64, height=64, id=i) for n, i in enumerate(IDS, start=1)),
    cell_size=64,
)
PICKED = replace(SHEET, frames=(replace(SHEET.frames[0], pick=1), *SHEET.frames[1:]))
NAME = "ab" * 8


def nothing():
    pass


@pytest.fixture
def store(tmp_path, monkeypatch):
    for kind in ("output", "temp"):
        monkeypatch.setattr(folder_paths, f"{kind}_directory", str(tmp_path / kind))
    store = Store(tmp_path / "output" / "proofsheet" / "store")
    for picture in PICTURES:
        write(store, picture)
    return store


def write(store, picture):
    store.write(NewFrame(picture_id(picture), [picture], None, {}, "", {"rows": 1}))


def printed(store, sheet=SHEET, name=NAME, texts=None):
    return PrintedSheet(sheet, store, name, texts or {})


def files(tmp_path, kind="output"):
    return [path.name for path in (tmp_path / kind / "proofsheet" / "sheets").iterdir()]


def test_it_is_drawn_if_what_is_on_it_has_changed_and_replaces_itself(store, tmp_path):
    one = printed(store)
    assert not one.find().is_drawn and one.draw(nothing) == one.find()
    assert one.find().file == {
        "filename": f"{NAME}.png", "subfolder": "proofsheet/sheets", "type": "output"
    }  # fmt: skip
    assert printed(store, texts={"prompt": {"9": "another graph"}}).find().is_drawn
    other = printed(store, PICKED)
    assert not other.find().is_drawn
    assert other.draw(nothing).is_drawn and not one.find().is_drawn
    assert files(tmp_path) == [f"{NAME}.png"]


def test_the_file_and_the_picture_are_the_same_sheet(store):
    one = printed(store)
    unread = one.picture(one.find(), nothing)
    assert unread.tobytes() == one.picture(one.draw(nothing), nothing).tobytes()


def test_a_sheet_with_holes_is_drawn_again_when_they_can_be_filled(store):
    store.remove(IDS[1])
    one = printed(store)
    one.draw(nothing)
    write(store, PICTURES[1])
    assert not one.find().is_drawn and one.draw(nothing) == one.find()


def pipe(path):
    os.mkfifo(path)


def link(path):
    path.symlink_to("/dev/zero")


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
@pytest.mark.parametrize("put", [pipe, link])
def test_what_is_no_file_is_neither_read_nor_written_through(store, tmp_path, put):
    folder = tmp_path / "output" / "proofsheet" / "sheets"
    folder.mkdir()
    put(folder / f"{NAME}.png")
    one = printed(store)
    assert not one.find().is_drawn and one.draw(nothing) == one.find()
    assert stat.S_ISREG((folder / f"{NAME}.png").lstat().st_mode)


def test_a_folder_in_its_place_is_told_of(store, tmp_path):
    (tmp_path / "output" / "proofsheet" / "sheets" / f"{NAME}.png").mkdir(parents=True)
    found = printed(store).draw(nothing)
    assert found.file["type"] == "temp" and "a folder stands where" in found.notice


def blocked(tmp_path, kind):
    """A file stands where the folder belongs."""
    (tmp_path / kind).mkdir(exist_ok=True)
    folder = tmp_path / kind / "proofsheet"
    folder.mkdir(exist_ok=True)
    (folder / "sheets").write_text("")


def test_a_folder_that_takes_no_files_is_told_of_before_anything_is_drawn(store, tmp_path):
    blocked(tmp_path, "output")
    one = printed(store)
    found = one.find()
    assert found.file["type"] == "temp" and "could not be kept" in found.notice
    assert one.draw(nothing) == one.find() and one.find().is_drawn
    blocked_too = printed(store, name="cd" * 8)
    (tmp_path / "temp" / "proofsheet" / "sheets" / f"{NAME}.png").unlink()
    (tmp_path / "temp" / "proofsheet" / "sheets").rmdir()
    blocked(tmp_path, "temp")
    found = blocked_too.find()
    assert found.file is None and "could not be kept" in found.notice
    assert blocked_too.picture(found, nothing).size == one.picture(found, nothing).size


def drawing_of(store, sheet=SHEET, **more):
    one = printed(store, sheet)
    found = one.find()
    return Drawing(one, found, {"sheet": found.file, "notice": found.notice}, **more)


def test_a_disk_that_fills_while_it_is_drawn_is_told_of_afterwards(store, tmp_path, monkeypatch):
    full = [OSError(errno.ENOSPC, "No space left")] * 2
    add = PngStream.add

    def refuse(self, strip):
        if full:
            raise full.pop()
        add(self, strip)

    monkeypatch.setattr(PngStream, "add", refuse)
    drawing = drawing_of(store)
    assert drawing.correction() is None
    asyncio.run(drawing.run())
    assert drawing.correction() == {"proofsheet": [drawing.manifest]}
    assert drawing.manifest["sheet"] is None and "disk is full" in drawing.manifest["notice"]
    assert not files(tmp_path) and not files(tmp_path, "temp")
    again = drawing_of(store)
    asyncio.run(again.run())
    assert again.correction() is None and again.found.is_drawn


def test_an_interrupt_leaves_the_old_sheet_and_its_flag_to_others(store, tmp_path):
    asyncio.run(drawing_of(store).run())
    losses = store.losses
    drawing = drawing_of(store, PICKED)
    comfy.model_management.interrupt_current_processing(True)
    try:
        with pytest.raises(comfy.model_management.InterruptProcessingException):
            asyncio.run(drawing.run())
        assert comfy.model_management.processing_interrupted()
    finally:
        comfy.model_management.interrupt_current_processing(False)
    assert printed(store).find().is_drawn and files(tmp_path) == [f"{NAME}.png"]
    assert store.losses > losses  # the next run draws


def test_a_run_that_ends_meanwhile_ends_the_drawing(store, tmp_path, monkeypatch):
    begun, go_on = threading.Event(), threading.Event()
    picture = Store.picture

    def slow(self, frame_id):
        begun.set()
        go_on.wait(20)
        return picture(self, frame_id)

    monkeypatch.setattr(Store, "picture", slow)

    async def run():
        task = asyncio.ensure_future(drawing_of(store).run())
        while not begun.is_set():
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait((task,))
        go_on.set()

    asyncio.run(run())
    assert not files(tmp_path) and not printed(store).find().is_drawn


def test_it_is_drawn_only_if_it_must_be(store):
    drawing = drawing_of(store)
    _, graph = drawing.expand("8")
    assert [node["class_type"] for node in graph.values()] == ["ProofsheetDrawSheet"]
    asyncio.run(drawing.run())
    assert drawing_of(store).expand("8")[1] is None
    link, graph = drawing_of(store, is_wanted=True).expand("8")
    assert link[0] in graph and asyncio.run(drawing_of(store, is_wanted=True).run()) is not None


def test_the_picture_is_made_if_it_is_linked_or_that_cannot_be_told():
    frames = {"9": {"inputs": {"images": ["8", 1], "n": 2}}}
    with CurrentNodeContext("prompt", "8"):
        assert contact_sheet.is_linked(frames)  # this node is not among them
        alone = {"8": {"inputs": {}}}
        assert not contact_sheet.is_linked(alone | frames)
        assert contact_sheet.is_linked(alone | {"9": {"inputs": {"a": Image, "images": ["8", 2]}}})
