"""The store: frames on disk, found by frame id.

    <root>/ab/ab12...png          the full picture; recipe in `prompt`, settings in `parameters`,
                                  our own facts in `proofsheet`
    <root>/ab/ab12...N.png        the N-th further picture, where a latent holds several (video)
    <root>/ab/ab12...safetensors  the latent, every key
    <root>/ab/ab12...webp         the thumbnail; its time stamp says when the frame was last used
    <root>/ab/ab12...picked       an empty mark: somebody picked it, so it is never evicted
    <root>/rows/<key>             how many rows a latent graph makes, so that it need not be run

Every file is written under a temporary name and renamed, the picture last: a frame exists when
its PNG exists. The PNG names the files that belong to it, and those are never overwritten, so
several servers may share one store: where two make one frame at once, the later PNG counts.
"""

from __future__ import annotations

import contextlib
import logging
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import folder_paths
from PIL import Image

from ...core.plan.frame_texts import VERSION, NewerFormat
from .. import settings
from . import encoding, eviction, images, integrity, latents
from .atomic_files import StorageError, mark, put, put_new
from .encoding import THUMB_EDGE as THUMB_EDGE
from .known import Marks, Stored, index

log = logging.getLogger("proofsheet")

SUBFOLDER = "proofsheet/store"
MAX_ROWS = 2**16
FRAME_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class NewFrame:
    """A frame to be written: `pictures` are uint8 [H, W, C], the first is the frame's own."""

    id: str
    pictures: Sequence[images.Pixels]
    latent: Mapping[str, Any] | None
    recipe: Mapping[str, Any]
    parameters: str
    facts: Mapping[str, Any] = field(default_factory=dict)


def losses() -> int:
    return index.losses


def note_loss() -> None:
    """A frame turned out gone or failed: the next run must look again."""
    index.lose()


def default() -> Store:
    return Store(Path(folder_paths.get_output_directory()) / SUBFOLDER)


class Store:
    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, frame_id: str, ending: str = ".png") -> Path:
        if not FRAME_ID.fullmatch(frame_id):
            raise ValueError(f"not a frame id: {frame_id!r}")
        return self.root / frame_id[:2] / (frame_id + ending)

    def reference(self, frame_id: str, ending: str = ".png") -> dict[str, str]:
        """How `/view` finds a frame's file."""
        subfolder = f"{SUBFOLDER}/{frame_id[:2]}"
        return {"filename": frame_id + ending, "subfolder": subfolder, "type": "output"}

    def find(self, frame_id: str) -> Stored | None:
        """The frame, if it is there and whole. A damaged one is reported once and not found."""
        path = self.path(frame_id)
        if not os.path.lexists(path):
            return None
        try:
            if index.is_spoilt(path, mark(path)):
                return None
            return self._known(frame_id) or self._checked(frame_id)
        except NewerFormat as error:
            self._report(path, "will be made again in this version's format", error)
        except integrity.UNUSABLE as error:
            self._report(path, "is damaged and will be made again", error)
        return None

    def _known(self, frame_id: str) -> Stored | None:
        """The frame as it was checked before, if none of its files has changed since. It may
        have been written anew, with other files."""
        marks, stored = index.get(self.path(frame_id)) or ({}, None)
        with contextlib.suppress(OSError):
            return stored if marks == self._marks(frame_id, marks) else None
        return None

    def _checked(self, frame_id: str) -> Stored:
        path = self.path(frame_id)
        self._check_place(frame_id)
        before = {".png": mark(path)}
        size, recipe, facts = integrity.frame(path, frame_id)
        facts = {"files": {}, **facts}
        self._mend_thumb(frame_id, facts)
        if index.is_spoilt(path, before[".png"]):
            raise ValueError("it cannot be decoded")
        stored = Stored(frame_id, *size, recipe, facts)
        index.put(path, {**self._marks(frame_id, facts["files"]), **before}, stored)
        return stored

    def _marks(self, frame_id: str, endings: Iterable[str]) -> Marks:
        return {ending: mark(self.path(frame_id, ending)) for ending in (".png", *endings)}

    def _mend_thumb(self, frame_id: str, facts: Mapping[str, Any]) -> None:
        """A thumbnail that is gone or damaged is drawn again: that costs no sampling."""
        path = self.path(frame_id, ".webp")
        with contextlib.suppress(*integrity.UNUSABLE):
            if integrity.file_hash(path) == facts.get("thumb"):
                return
        with contextlib.suppress(*integrity.UNUSABLE):  # a store may be read-only
            put(path, encoding.thumbnail(images.of(self.picture(frame_id))))

    def _report(self, path: Path, what: str, reason: Exception) -> None:
        if index.report(str(path)):
            why = str(reason) or type(reason).__name__
            log.warning("The stored frame %s %s: %s", path, what, why)

    def picture(self, frame_id: str) -> Image.Image:
        """Raises OSError if the frame is gone or cannot be read."""
        with self._decoding(frame_id):
            return _loaded(self.path(frame_id))

    def pictures(self, frame_id: str) -> list[Image.Image]:
        """All pictures of a frame: one, or those of a video latent in order."""
        further = [
            ending for ending in self._whole(frame_id).facts["files"] if ending.endswith(".png")
        ]
        with self._decoding(frame_id):
            found = [_loaded(self.path(frame_id, ending)) for ending in (".png", *further)]
            if len({one.size for one in found}) > 1:
                raise ValueError("its pictures differ in size")
            return found

    def thumb(self, frame_id: str) -> Image.Image:
        """Drawn again where it is damaged. Raises OSError if the frame is gone."""
        self._mend_thumb(frame_id, self._whole(frame_id).facts)
        try:
            return _loaded(self.path(frame_id, ".webp"), "WEBP")
        except integrity.UNUSABLE:  # a store that is read-only, or a file made so
            return self.picture(frame_id)

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
        before = mark(path)
        try:
            yield
        except FileNotFoundError:
            raise
        except integrity.UNUSABLE as error:
            index.spoil(path, before)
            self._report(path, "is damaged and will be made again", error)
            raise OSError(f"{path.name} cannot be decoded") from error

    def write(self, frame: NewFrame) -> Stored:
        """Put a frame into the store, whole or not at all. Raises OSError if the disk refuses.
        One that is there already stays, unless this one is strict and that is not."""
        there = self.find(frame.id)
        if there is not None and (there.is_strict or frame.facts.get("rows") != 1):
            return there
        self._check_place(frame.id)
        files: dict[str, str] = {}
        further = {f".{n}.png": encoding.png(p) for n, p in enumerate(frame.pictures[1:], start=2)}
        latent = {} if frame.latent is None else {".safetensors": latents.to_bytes(frame.latent)}
        for ending, data in {**latent, **further}.items():
            files[self._put_beside(frame.id, ending, data)] = integrity.data_hash(data)
        thumb = encoding.thumbnail(frame.pictures[0])
        put(self.path(frame.id, ".webp"), thumb)
        own = {"version": VERSION, "id": frame.id, "thumb": integrity.data_hash(thumb)}
        facts = {**own, **frame.facts, "files": files}
        about = {"prompt": frame.recipe, "parameters": frame.parameters}
        texts = {**{name: text for name, text in about.items() if text}, "proofsheet": facts}
        put(self.path(frame.id), encoding.png(frame.pictures[0], texts))
        height, width = frame.pictures[0].shape[:2]
        return Stored(frame.id, width, height, frame.recipe, facts)

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
        with contextlib.suppress(*integrity.UNUSABLE):
            if integrity.file_hash(path) == tag:
                return ending
        put(self.path(frame_id, f".{tag[:8]}{ending}"), data)
        return f".{tag[:8]}{ending}"

    def rows(self, key: str) -> int | None:
        """How many rows the latent graph `key` made when it was last run."""
        path = self.root / "rows" / key[:32]
        try:
            mark(path)
            with path.open("rb") as file:
                count, check = file.read(64).decode("ascii").split()
            good = check == integrity.data_hash(f"{key} {count}".encode())
            return int(count) if good and 0 < int(count) <= MAX_ROWS else None
        except (OSError, ValueError):
            return None

    def remember_rows(self, key: str, count: int) -> None:
        check = integrity.data_hash(f"{key} {count}".encode())
        with contextlib.suppress(OSError):  # a convenience: without it the latent is run again
            put(self.root / "rows" / key[:32], f"{count} {check}".encode())

    def touch(self, frame_ids: Iterable[str]) -> None:
        """These frames were used just now."""
        for frame_id in frame_ids:
            thumb = self.path(frame_id, ".webp")
            with contextlib.suppress(OSError):
                mark(thumb)
                os.utime(thumb)

    def mark_picked(self, frame_ids: Iterable[str]) -> None:
        """Somebody picked these: eviction passes them by."""
        for frame_id in frame_ids:
            picked = self.path(frame_id, ".picked")
            if not os.path.lexists(picked) and self.find(frame_id):
                with contextlib.suppress(OSError):
                    picked.touch()

    def evict(self, keep: Iterable[str] = ()) -> int:
        """Remove the least recently used frames that nobody picked until the store is under its
        cap. Frames in `keep` stay. Returns how many went."""
        eviction.clear_leftovers(self.root)
        cap = settings.store_bytes()
        gone = eviction.evict(self.root, cap, set(keep), self.remove) if cap else 0
        if gone:
            size = cap / 2**30
            log.info("The store is over its cap of %.1f GiB: %d unpicked frames went.", size, gone)
        return gone

    def remove(self, frame_id: str) -> None:
        folder = self.path(frame_id).parent
        self.path(frame_id).unlink(missing_ok=True)  # first: without it the frame does not exist
        for path in folder.glob(f"{frame_id}.*"):
            path.unlink(missing_ok=True)


def _loaded(path: Path, format: str = "PNG") -> Image.Image:
    with Image.open(path, formats=(format,)) as picture:
        picture.load()
    return picture
