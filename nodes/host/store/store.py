"""The store: frames on disk, found by frame id.

    <root>/ab/ab12...png          the full picture; recipe in `prompt`, settings in `parameters`,
                                  our own facts in `proofsheet`
    <root>/ab/ab12...N.png        the N-th further picture, where a cell made several (video)
    <root>/ab/ab12...safetensors  the latent, every key
    <root>/ab/ab12...webp         the thumbnail; its time stamp says when the frame was last used
    <root>/ab/ab12...picked       empty: somebody picked the frame, so it is never evicted
    <root>/rows/<key>             how many rows a latent graph makes, so that it need not be run
    <root>/runs/<planned id>      the frame that the last run made of a cell that every run changes
    <root>/costs/<shape>          what making a frame of that shape takes
    <root>/values/<key>           texts and numbers that only running a graph told

Every file is written under a temporary name and renamed, the picture last: a frame exists when
its PNG exists. The PNG names the files that belong to it, and those are never overwritten, so
several servers may share one store: where two make one frame at once, the later PNG counts.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import folder_paths
from PIL import Image

from ...core.frames import FileReference
from ...core.plan.frame_texts import Damaged, NewerFormat
from .. import settings
from . import encoding, eviction, images, integrity, latents
from .atomic_files import StorageError, file_identity, put, put_new
from .known import Stored, known
from .new_frame import NewFrame as NewFrame
from .notes import Notes

log = logging.getLogger("proofsheet")

SUBFOLDER = "proofsheet/store"
SHEETS = "proofsheet/sheets"  # printed ones, under the same cap
FRAME_ID = re.compile(r"[0-9a-f]{16}")


def default_store() -> Store:
    """The store in the host's output folder."""
    return Store(Path(folder_paths.get_output_directory()) / SUBFOLDER)


class Store:
    """The frames in a folder. Stores of one folder share what this process knows of it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.known = known(root)
        self.notes = Notes(root)

    @property
    def losses(self) -> int:
        """How many frames turned out gone or failed so far."""
        return self.known.losses

    def note_loss(self) -> None:
        """A frame turned out gone or failed: the next run must look again."""
        self.known.lose()

    def path(self, frame_id: str, ending: str = ".png") -> Path:
        if not FRAME_ID.fullmatch(frame_id):
            raise ValueError(f"not a frame id: {frame_id!r}")
        return self.root / frame_id[:2] / (frame_id + ending)

    def reference(self, frame_id: str, ending: str = ".png") -> FileReference:
        """How `/view` finds a frame's file."""
        subfolder = f"{SUBFOLDER}/{frame_id[:2]}"
        return {"filename": frame_id + ending, "subfolder": subfolder, "type": "output"}

    def find(self, frame_id: str) -> Stored | None:
        """The frame, if it is there, whole and its own. One that is not is reported once."""
        path = self.path(frame_id)
        if not os.path.lexists(path):
            return None
        try:
            if self.known.is_spoilt(frame_id, file_identity(path)):
                return None
            return self._unchanged(frame_id) or self._checked(frame_id)
        except NewerFormat as error:
            self._report(path, "will be made again in this version's format", error)
        except (Damaged, OSError) as error:
            self._report(path, "is damaged and will be made again", error)
        return None

    def _unchanged(self, frame_id: str) -> Stored | None:
        """The frame as it was checked or written, if none of its files has changed since. It may
        have been written anew, with other files."""
        identities, stored = self.known.get(frame_id) or ({}, None)
        with contextlib.suppress(OSError):
            if all(file_identity(self.path(frame_id, e)) == at for e, at in identities.items()):
                return stored
        return None

    def _checked(self, frame_id: str) -> Stored:
        path = self.path(frame_id)
        self._check_place(frame_id)
        found = integrity.frame(path, frame_id)
        stored = Stored(frame_id, *found.size, found.recipe, found.facts)
        self._mend_thumb(stored)
        if self.known.is_spoilt(frame_id, found.identities[".png"]):
            raise Damaged("it cannot be decoded")
        self.known.put(stored, found.identities)
        return stored

    def _mend_thumb(self, stored: Stored) -> bool:
        """A thumbnail that is gone or damaged is drawn again: that costs no sampling. False if it
        cannot be: a store may be read-only."""
        path = self.path(stored.id, ".webp")
        with contextlib.suppress(Damaged, OSError):
            if integrity.file_hash(path) == stored.facts["thumb"]:
                return True
        with contextlib.suppress(OSError):
            put(path, encoding.thumbnail(images.of(self._decoded(stored.id))))
            return True
        return False

    def _report(self, path: Path, what: str, reason: Exception) -> None:
        if self.known.report(path.stem):
            why = str(reason) or type(reason).__name__
            log.warning("The stored frame %s %s: %s", path, what, why)

    def picture(self, frame_id: str) -> Image.Image:
        """Raises OSError if the frame is gone or cannot be read."""
        self._whole(frame_id)
        return self._decoded(frame_id)

    def _decoded(self, frame_id: str) -> Image.Image:
        with self._decoding(frame_id):
            return integrity.decoded(self.path(frame_id))

    def pictures(self, frame_id: str) -> list[Image.Image]:
        """All pictures of a frame: one, or those of a video in order."""
        files = self._whole(frame_id).facts["files"]
        endings = [".png", *(ending for ending in files if ending.endswith(".png"))]
        with self._decoding(frame_id):
            found = [integrity.decoded(self.path(frame_id, ending)) for ending in endings]
            if len({one.size for one in found}) > 1:
                raise Damaged("its pictures differ in size")
            return found

    def thumb(self, frame_id: str) -> Image.Image:
        """Drawn again where it is damaged. Raises OSError if the frame is gone."""
        if self._mend_thumb(self._whole(frame_id)):
            with contextlib.suppress(Damaged, OSError):  # a file that was made so
                return integrity.decoded(self.path(frame_id, ".webp"), "WEBP")
        return self._decoded(frame_id)

    def latent(self, frame_id: str) -> latents.Latent | None:
        """None: the frame was an image. Raises OSError if it is gone."""
        ending = self._whole(frame_id).latent
        with self._decoding(frame_id):
            return latents.from_file(str(self.path(frame_id, ending))) if ending else None

    def _whole(self, frame_id: str) -> Stored:
        stored = self.find(frame_id)
        if stored is None:
            raise FileNotFoundError(f"frame {frame_id} is gone from the store")
        return stored

    @contextlib.contextmanager
    def _decoding(self, frame_id: str) -> Iterator[None]:
        """A frame whose checksums are right and whose content is not was made so: it is not found
        again until its picture is another. Raises OSError."""
        path = self.path(frame_id)
        before = file_identity(path)
        try:
            yield
        except Damaged as error:
            self.known.spoil(frame_id, before)
            self._report(path, "is damaged and will be made again", error)
            raise OSError(f"{path.name} cannot be decoded") from error

    def write(self, frame: NewFrame) -> Stored:
        """Put a frame into the store, whole or not at all. Raises OSError if the disk refuses.
        One that is there already stays, unless this one is strict and that is not.

        What was written is known from then on: it is read back when its files change, no sooner.
        """
        there = self.find(frame.id)
        if there is not None and (there.is_strict or frame.facts.get("rows") != 1):
            return there
        self._check_place(frame.id)
        thumb = encoding.thumbnail(frame.pictures[0])
        tag = integrity.data_hash(thumb)
        beside = frame.files()
        files = {ending: integrity.data_hash(data) for ending, data in beside.items()}
        texts = frame.texts(tag, files)
        recipe, facts = integrity.believed(texts, frame.id, lambda: frame.pictures[0])
        files = {self._put_beside(frame.id, e, data): files[e] for e, data in beside.items()}
        identities = {ending: file_identity(self.path(frame.id, ending)) for ending in files}
        put(self.path(frame.id, ".webp"), thumb)
        picture = put(self.path(frame.id), encoding.png(frame.pictures[0], frame.texts(tag, files)))
        height, width = frame.pictures[0].shape[:2]
        stored = Stored(frame.id, width, height, recipe, {**facts, "files": files})
        if picture is not None:
            self.known.put(stored, {".png": picture, **identities})
        return stored

    def _check_place(self, frame_id: str) -> None:
        """The folder of a frame may be no link: frames are written inside the store only."""
        folder = self.path(frame_id).parent
        if folder.resolve().parent != self.root.resolve():
            raise StorageError(0, f"{folder} is a link out of the store; remove it and run again")

    def _put_beside(self, frame_id: str, ending: str, data: bytes) -> str:
        """Write a file that the picture will name. What is there already stays, for the picture
        of another server, or an older one of this frame, may name it."""
        path = self.path(frame_id, ending)
        if put_new(path, data):
            return ending
        tag = integrity.data_hash(data)
        with contextlib.suppress(Damaged, OSError):
            if integrity.file_hash(path) == tag:
                return ending
        put(self.path(frame_id, f".{tag[:8]}{ending}"), data)
        return f".{tag[:8]}{ending}"

    def rows(self, key: str) -> int | None:
        """How many rows the latent graph `key` made when it was last run."""
        return self.notes.rows(key)

    def remember_rows(self, key: str, count: int) -> None:
        self.notes.remember_rows(key, count)

    def last_run(self, planned_id: str) -> str | None:
        """The frame that the last run made of a volatile cell: it is here and whole, and its
        recipe is that of the cell."""
        made = self.notes.run(planned_id)
        stored = self.find(made) if made and FRAME_ID.fullmatch(made) else None
        return stored.id if stored and stored.planned_id == planned_id else None

    def remember_run(self, planned_id: str, frame_id: str) -> None:
        self.notes.remember_run(planned_id, frame_id)

    def cost(self, shape: str) -> tuple[float, int] | None:
        """Seconds and bytes that a frame of this shape takes."""
        return self.notes.cost(shape)

    def remember_cost(self, shape: str, seconds: float, size: int) -> None:
        self.notes.remember_cost(shape, seconds, size)

    def size(self, frame_id: str) -> int:
        """Bytes of all files of a frame."""
        stored = self.find(frame_id)
        files = (".png", ".webp", *stored.facts["files"]) if stored else ()
        with contextlib.suppress(OSError):
            return sum(self.path(frame_id, ending).stat().st_size for ending in files)
        return 0

    def touch(self, frame_ids: Iterable[str]) -> None:
        """These frames were used just now."""
        for frame_id in frame_ids:
            thumb = self.path(frame_id, ".webp")
            with contextlib.suppress(OSError):
                file_identity(thumb)
                os.utime(thumb)

    def protect(self, frame_ids: Iterable[str]) -> None:
        """Somebody picked these: eviction passes them by."""
        for frame_id in frame_ids:
            picked = self.path(frame_id, ".picked")
            if not os.path.lexists(picked) and self.find(frame_id):
                with contextlib.suppress(OSError):
                    picked.touch()

    def evict(self, keep: Iterable[str] = ()) -> int:
        """Remove the least recently used frames that nobody picked, and printed sheets, until the
        store is under its cap. What `keep` names stays. Returns how many went."""
        sheets = self.root.with_name(Path(SHEETS).name)
        eviction.clear_leftovers(self.root, sheets)
        cap = settings.store_bytes()
        if not cap:
            return 0
        self.notes.trim()
        gone = eviction.evict(self.root, sheets, cap, set(keep), self.remove)
        if gone:
            self.note_loss()
            size = cap / 2**30
            log.info(
                "The store is over its cap of %.1f GiB: %d unpicked frames and sheets went.",
                size,
                gone,
            )
        return gone

    def remove(self, frame_id: str) -> None:
        self.note_loss()
        folder = self.path(frame_id).parent
        self.path(frame_id).unlink(missing_ok=True)  # first: without it the frame does not exist
        for path in folder.glob(f"{frame_id}.*"):
            path.unlink(missing_ok=True)
