"""What a node reads from outside the graph: its files, by content."""

from __future__ import annotations

import functools
import hashlib
import logging
import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

import folder_paths

log = logging.getLogger("proofsheet")

SAMPLES = 64
SAMPLE_BYTES = 64 * 1024

EXTENSION = re.compile(r"\.[A-Za-z0-9]{1,12}$")
EMBEDDING = re.compile(r"embedding:([^\s,:()\[\]{}]+)")
EMBEDDING_FILES = ("", ".safetensors", ".pt", ".bin")


def file_fingerprints(inputs: Mapping[str, Any]) -> tuple[dict[str, str], bool]:
    """A fingerprint for each input that names a file in one of the host's folders, and for each
    embedding that a text names. Not certain: a file changed while this process ran, and the
    host, which keeps loaded models by name, may still work with what was there before."""
    fingerprints: dict[str, str] = {}
    is_certain = True
    texts = {name: value for name, value in inputs.items() if isinstance(value, str)}
    for name, text in texts.items():
        for embedding, path in _files_in(text):
            now = fingerprints[f"{name}{embedding}"] = file_fingerprint(path)
            seen = _seen_fingerprints(path)
            if seen and now not in seen:
                log.warning(
                    "%s has changed since ComfyUI started. Frames made with it are not reused "
                    "until the next start, because ComfyUI may still hold the file as it was.",
                    path,
                )
            seen.add(now)
            is_certain = is_certain and len(seen) == 1
    return fingerprints, is_certain


def _files_in(text: str) -> Iterator[tuple[str, str]]:
    """What a text names: as a whole a model, or a picture in the input folder ("" and its path),
    and its embeddings (" name" and theirs)."""
    if len(text) <= 512 and "\0" not in text and EXTENSION.search(text.split(" [")[0]):
        folders = (each for each in folder_paths.folder_names_and_paths if each != "custom_nodes")
        models = filter(None, (folder_paths.get_full_path(each, text) for each in folders))
        name, base = folder_paths.annotated_filepath(text)
        base = os.path.realpath(base or folder_paths.get_input_directory())
        picture = os.path.realpath(os.path.join(base, name))
        is_inside = picture.startswith(base + os.sep)
        if path := next(models, picture if is_inside and os.path.isfile(picture) else None):
            yield "", path
    for embedding in EMBEDDING.findall(text):
        for ending in EMBEDDING_FILES:
            if path := folder_paths.get_full_path("embeddings", embedding + ending):
                yield f" {embedding}", path


@functools.lru_cache(maxsize=4096)
def _seen_fingerprints(_path: str) -> set[str]:
    """Every fingerprint that this process has seen of a file."""
    return set()


def file_fingerprint(path: str, whole: bool = False) -> str:
    """Size and a hash of evenly spaced samples of the content; never the path or a time stamp
    alone, so that two machines agree about the same file. `whole`: of every byte, as in a list
    that somebody edits a letter may change alone."""
    stat = os.stat(path)
    changed = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)  # a clock may be set back
    return _hashed(path, stat.st_size, changed, whole)


@functools.lru_cache(maxsize=4096)
def _hashed(path: str, size: int, _changed: tuple[int, ...], whole: bool) -> str:
    found = hashlib.sha256()
    with open(path, "rb") as file:
        if whole or size <= SAMPLES * SAMPLE_BYTES:
            found.update(file.read())
        else:
            for sample in range(SAMPLES):
                file.seek((size - SAMPLE_BYTES) * sample // (SAMPLES - 1))
                found.update(file.read(SAMPLE_BYTES))
    return f"{size}-{found.hexdigest()[:16]}"
