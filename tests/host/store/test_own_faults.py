"""A fault of the pack's own readers is an error. It is never taken for a damaged frame: nothing is
said to be made again, and no file is touched."""

from __future__ import annotations

import folder_paths
import pytest
from pack.nodes.core.frames import DONE, Frame, Frames
from pack.nodes.core.grammar.picks import format_ids
from pack.nodes.host.store import atomic_files, pick_lookup, statuses
from pack.nodes.host.store.integrity import Damaged, errors_as_damage
from pack.nodes.host.store.store import Store, default_store
from pack.nodes.host.work import contact_sheet
from PIL import Image
from true_frames import from_picture, pixels, recipe, sampled

NODES = "pack.nodes"
READERS = [
    f"{NODES}.core.plan.frame_texts.read",
    f"{NODES}.core.plan.frame_texts.frame_id",
    f"{NODES}.core.plan.frame_texts.is_recipe",
    f"{NODES}.host.store.integrity._check_chunks",
    f"{NODES}.host.store.integrity.file_hash",
    f"{NODES}.host.store.integrity.file_identity",
    f"{NODES}.host.store.images.stored_pixels",
    f"{NODES}.host.store.store.known",
]
FAULTS = [TypeError, AttributeError, NameError, KeyError, IndexError, ZeroDivisionError]
SWEPT, PICTURE = sampled(recipe(), exact=True), from_picture(pixels(7))


@pytest.fixture
def store(tmp_path, monkeypatch):
    """The host's store with two frames that nobody has looked at yet."""
    monkeypatch.setattr(folder_paths, "get_output_directory", lambda: str(tmp_path / "output"))
    written = Store(tmp_path / "written")
    for frame in (SWEPT, PICTURE):
        written.write(frame)
    root = default_store().root
    root.parent.mkdir(parents=True)
    written.root.rename(root)
    return default_store()


def state(store):
    return {
        path: (atomic_files.file_identity(path), path.read_bytes())
        for path in store.root.rglob("*.*")
    }


def plant(monkeypatch, reader, fault):
    def faulty(*_args, **_options):
        raise fault("a typo of ours")

    monkeypatch.setattr(reader, faulty)


def look(store):
    """Everything that looks for frames in the store, one after another."""
    ids = [SWEPT.id, PICTURE.id]
    frames = Frames(tuple(Frame(i, n, None, status=DONE) for n, i in enumerate(ids, start=1)))
    options = contact_sheet.Options(format_ids(ids), "hold", 0, 64, "full")
    return [
        lambda: [Store(store.root).find(frame_id) for frame_id in ids],
        lambda: [pick_lookup.keeper(frame_id, Store(store.root)) for frame_id in ids],
        lambda: [statuses.with_status(frame, Store(store.root)) for frame in frames.frames],
        lambda: contact_sheet.show([frames], options, {}),
    ]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.rpartition(".")[2])
def test_a_fault_of_ours_reaches_the_user(store, monkeypatch, caplog, reader, fault):
    before = state(store)
    with monkeypatch.context() as planted:
        plant(planted, reader, fault)
        for each in look(store):
            with pytest.raises(fault, match="a typo of ours"):
                each()
    assert not caplog.messages
    assert state(store) == before
    assert store.losses == 0
    assert store.find(SWEPT.id) and store.find(PICTURE.id)


@pytest.mark.parametrize("fault", [*FAULTS, RecursionError, EOFError, SyntaxError, OverflowError])
@pytest.mark.parametrize("method", ["open", "Image.verify"])
def test_a_fault_of_a_library_is_a_damaged_file(store, monkeypatch, caplog, method, fault):
    """Pillow may raise anything on a file that is bad enough."""
    target = "PIL.Image.open" if method == "open" else "PIL.PngImagePlugin.PngImageFile.verify"
    plant(monkeypatch, target, fault)
    assert store.find(SWEPT.id) is None
    assert "is damaged and will be made again: " in caplog.text


def test_what_is_no_damage_stays_what_it_is():
    for error in (
        MemoryError(),
        PermissionError(13, "no"),
        KeyboardInterrupt(),
        FileNotFoundError(2, ""),
    ):
        with pytest.raises(type(error)), errors_as_damage():
            raise error
    for error in (OSError("image file is truncated"), Image.DecompressionBombError("too big")):
        with pytest.raises(Damaged), errors_as_damage():
            raise error


def test_a_fault_of_ours_while_a_picture_is_used_is_none_of_the_frame(store, monkeypatch, caplog):
    assert store.find(SWEPT.id)
    with monkeypatch.context() as planted:
        plant(planted, f"{NODES}.host.store.integrity.decoded", TypeError)
        for read in (store.picture, store.pictures, store.thumb):
            with pytest.raises(TypeError):
                read(SWEPT.id)
        plant(planted, f"{NODES}.host.store.latents.from_file", TypeError)
        with pytest.raises(TypeError):
            store.latent(SWEPT.id)
    assert not caplog.messages
    assert store.find(SWEPT.id) and store.picture(SWEPT.id)
