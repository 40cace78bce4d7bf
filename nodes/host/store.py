"""The store: frames on disk, found by frame id.

    <root>/ab/ab12...png          the full picture; recipe in `prompt`, settings in `parameters`,
                                  our own facts in `proofsheet`
    <root>/ab/ab12...N.png        the N-th further picture, where a latent holds several (video)
    <root>/ab/ab12...safetensors  the latent, every key
    <root>/ab/ab12...webp         the thumbnail; its time stamp says when the frame was last used
    <root>/ab/ab12...picked       an empty mark: somebody picked it, so it is never evicted
    <root>/rows/<key>             how many rows a latent graph makes, so that it need not be run

Every file is written under a temporary name and renamed, the picture last: a frame exists when
its PNG exists. Several servers may share one store.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
import os
import re
import threading
import time
import uuid
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import folder_paths
from PIL import Image, PngImagePlugin

from . import images, latents, settings

log = logging.getLogger("proofsheet")

VERSION = 1
SUBFOLDER = "proofsheet/store"
THUMB_EDGE = 384
INDEX_SIZE = 8192
LEFTOVER_SECONDS = 3600
FRAME_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Stored:
    """What the store knows of a frame without decoding its picture."""

    id: str
    width: int
    height: int
    recipe: Mapping[str, Any]
    facts: Mapping[str, Any]

    @property
    def is_strict(self) -> bool:
        """Sampled alone, so bit-equal to its recipe (not only within rounding)."""
        return self.facts.get("rows") == 1


@dataclass(frozen=True)
class NewFrame:
    """A frame to be written: `pictures` are uint8 [H, W, C], the first is the frame's own."""

    id: str
    pictures: Sequence[images.Pixels]
    latent: Mapping[str, Any] | None
    recipe: Mapping[str, Any]
    parameters: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class _Index:
    """Files already checked, by path and stat: bounded, shared by threads. `losses` counts the
    frames found gone, damaged or failed; the Sweep Sampler's fingerprint includes it, so that
    the host's cache does not stand between a lost frame and making it again."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.checked: OrderedDict[tuple, Stored] = OrderedDict()
        self.reported: OrderedDict[str, None] = OrderedDict()
        self.losses = 0

    def get(self, key: tuple) -> Stored | None:
        with self.lock:
            return self.checked.get(key)

    def put(self, key: tuple, stored: Stored) -> None:
        with self.lock:
            self.checked[key] = stored
            while len(self.checked) > INDEX_SIZE:
                self.checked.popitem(last=False)

    def report(self, path: str) -> bool:
        """True the first time a damaged file is reported."""
        with self.lock:
            first = path not in self.reported
            self.reported[path] = None
            while len(self.reported) > INDEX_SIZE:
                self.reported.popitem(last=False)
            return first

    def lose(self) -> None:
        with self.lock:
            self.losses += 1


_index = _Index()


def losses() -> int:
    return _index.losses


def note_loss() -> None:
    """A frame turned out gone or failed: the next run must look again."""
    _index.lose()


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
        try:
            key = self._key(frame_id)
        except OSError:
            if path.exists():
                self._damaged(path, "its latent is missing")
            return None
        if stored := _index.get(key):
            return stored
        try:
            stored = self._check(frame_id)
        except (OSError, ValueError, SyntaxError, KeyError, TypeError) as error:
            self._damaged(path, str(error) or type(error).__name__)
            return None
        _index.put(key, stored)
        return stored

    def _key(self, frame_id: str) -> tuple:
        """Path, time and size of the picture and the latent: what a check is remembered by."""
        stats = [os.stat(self.path(frame_id))]
        with contextlib.suppress(FileNotFoundError):
            stats.append(os.stat(self.path(frame_id, ".safetensors")))
        return (str(self.path(frame_id)), *((s.st_mtime_ns, s.st_size) for s in stats))

    def _check(self, frame_id: str) -> Stored:
        path = self.path(frame_id)
        with Image.open(path, formats=("PNG",)) as picture:
            texts, size = dict(picture.info), picture.size
            picture.verify()  # every chunk's checksum; no pixels are decoded
        facts = json.loads(texts["proofsheet"])
        if facts["id"] != frame_id:
            raise ValueError(f"it says it is {facts['id']}")
        for ending, expected in facts["files"].items():
            if _hash(self.path(frame_id, ending).read_bytes()) != expected:
                raise ValueError(f"{frame_id}{ending} is damaged")
        return Stored(frame_id, *size, json.loads(texts.get("prompt", "{}")), facts)

    def _damaged(self, path: Path, reason: str) -> None:
        if _index.report(str(path)):
            log.warning("The stored frame %s is damaged and will be made again: %s", path, reason)

    def picture(self, frame_id: str) -> Image.Image:
        """Raises OSError if the frame is gone or cannot be read."""
        with Image.open(self.path(frame_id), formats=("PNG",)) as picture:
            picture.load()
        return picture

    def pictures(self, frame_id: str) -> list[Image.Image]:
        """All pictures of a frame: one, or those of a video latent in order."""
        stored = self.find(frame_id)
        if stored is None:
            raise FileNotFoundError(f"frame {frame_id} is gone from the store")
        further = [e for e in stored.facts["files"] if e.endswith(".png")]
        result = [self.picture(frame_id)]
        for ending in further:
            with Image.open(self.path(frame_id, ending), formats=("PNG",)) as picture:
                picture.load()
            result.append(picture)
        return result

    def thumb(self, frame_id: str) -> Image.Image:
        with Image.open(self.path(frame_id, ".webp"), formats=("WEBP",)) as picture:
            picture.load()
        return picture

    def latent(self, frame_id: str) -> latents.Latent:
        return latents.from_file(str(self.path(frame_id, ".safetensors")))

    def write(self, frame: NewFrame) -> Stored:
        """Put a frame into the store, whole or not at all. Raises OSError if the disk refuses."""
        files: dict[str, str] = {}
        further = {f".{n}.png": _png(p) for n, p in enumerate(frame.pictures[1:], start=2)}
        latent = {} if frame.latent is None else {".safetensors": latents.to_bytes(frame.latent)}
        for ending, data in {**latent, **further}.items():
            put(self.path(frame.id, ending), data)
            files[ending] = _hash(data)
        put(self.path(frame.id, ".webp"), _webp(frame.pictures[0]))
        facts = {"version": VERSION, "id": frame.id, **frame.facts, "files": files}
        about = {"prompt": frame.recipe, "parameters": frame.parameters}
        texts = {**{name: text for name, text in about.items() if text}, "proofsheet": facts}
        put(self.path(frame.id), _png(frame.pictures[0], texts))
        height, width = frame.pictures[0].shape[:2]
        return Stored(frame.id, width, height, frame.recipe, facts)

    def rows(self, key: str) -> int | None:
        """How many rows the latent graph `key` made when it was last run."""
        try:
            return int((self.root / "rows" / key[:32]).read_text())
        except (OSError, ValueError):
            return None

    def remember_rows(self, key: str, count: int) -> None:
        with contextlib.suppress(OSError):  # a convenience: without it the latent is run again
            put(self.root / "rows" / key[:32], str(count).encode())

    def touch(self, frame_ids: Iterable[str]) -> None:
        """These frames were used just now."""
        for frame_id in frame_ids:
            with contextlib.suppress(OSError):
                os.utime(self.path(frame_id, ".webp"))

    def mark_picked(self, frame_ids: Iterable[str]) -> None:
        """Somebody picked these: eviction passes them by."""
        for frame_id in frame_ids:
            mark = self.path(frame_id, ".picked")
            with contextlib.suppress(OSError):
                if not mark.exists() and self.path(frame_id).exists():
                    mark.touch()

    def evict(self, keep: Iterable[str] = ()) -> int:
        """Remove the least recently used frames that nobody picked until the store is under its
        cap. Frames in `keep` stay. Returns how many went."""
        cap = settings.store_bytes()
        self._clear_leftovers()
        frames = list(self._frames()) if cap else []
        total = sum(size for _, size, _, _ in frames)
        kept = set(keep)
        gone = 0
        for _, size, picked, frame_id in sorted(frames):
            if total <= cap:
                break
            if not picked and frame_id not in kept:
                self.remove(frame_id)
                total, gone = total - size, gone + 1
        if gone:
            log.info(
                "The store is over its cap of %.1f GiB: %d unpicked frames went.", cap / 2**30, gone
            )
        return gone

    def _clear_leftovers(self) -> None:
        """Half-written files of a server that was killed; younger ones may still be written."""
        for partial in self.root.glob("*/.*.part"):
            with contextlib.suppress(OSError):
                if time.time() - partial.stat().st_mtime > LEFTOVER_SECONDS:
                    partial.unlink()

    def remove(self, frame_id: str) -> None:
        folder = self.path(frame_id).parent
        self.path(frame_id).unlink(missing_ok=True)  # first: without it the frame does not exist
        for path in folder.glob(f"{frame_id}.*"):
            path.unlink(missing_ok=True)

    def _frames(self) -> Iterator[tuple[float, int, bool, str]]:
        """(last use, bytes, picked, id) of every frame."""
        for folder in self.root.glob("[0-9a-f][0-9a-f]"):
            entries: dict[str, list[os.DirEntry]] = {}
            with contextlib.suppress(OSError):
                for entry in os.scandir(folder):
                    entries.setdefault(entry.name.partition(".")[0], []).append(entry)
            for frame_id, files in entries.items():
                if FRAME_ID.fullmatch(frame_id):
                    yield _usage(frame_id, files)


def put(path: Path, data: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        partial.write_bytes(data)
        os.replace(partial, path)
    except BaseException:
        with contextlib.suppress(OSError):
            partial.unlink()
        raise


def _usage(frame_id: str, files: Sequence[os.DirEntry]) -> tuple[float, int, bool, str]:
    used, size, picked = 0.0, 0, False
    for entry in files:
        with contextlib.suppress(OSError):
            stat = entry.stat(follow_symlinks=False)
            used, size = max(used, stat.st_mtime), size + stat.st_size
            picked = picked or entry.name.endswith(".picked")
    return used, size, picked, frame_id


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _png(values: images.Pixels, texts: Mapping[str, Any] | None = None) -> bytes:
    info = PngImagePlugin.PngInfo()
    for name, value in (texts or {}).items():
        info.add_text(name, value if isinstance(value, str) else json.dumps(value))
    buffer = io.BytesIO()
    images.picture(values).save(buffer, "PNG", pnginfo=info, compress_level=4)
    return buffer.getvalue()


def _webp(values: images.Pixels) -> bytes:
    buffer = io.BytesIO()
    images.thumbnail(values, THUMB_EDGE).save(buffer, "WEBP", quality=85, method=2)
    return buffer.getvalue()
