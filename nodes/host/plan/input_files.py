"""Texts in the input folder, which widgets name as @file."""

from __future__ import annotations

import codecs
import functools
import hashlib
import os
from pathlib import Path

import folder_paths

from ...core.errors import ProofsheetError
from ...core.grammar.cursor import few, short
from ...core.limits import MAX_LONG_TEXT

MAX_BYTES = 4 * MAX_LONG_TEXT  # of a text: no letter takes more
TEXTS = frozenset((".csv", ".tsv", ".json", ".txt"))
MOST_LISTED = 1_000  # files that are looked at for a message


def text(name: str) -> str:
    """The text of a file. Raises ProofsheetError for one that is outside the folder, not there, no
    text, or too large."""
    path = _path(name)
    try:
        if not path.is_file():
            raise ProofsheetError(
                f"There is no file {short(name)} in the input folder{_there(name)}"
            )
        stat = path.stat()
        if stat.st_size > MAX_BYTES:
            raise ProofsheetError(
                f"{short(name)} has {stat.st_size:,} bytes; at most {MAX_BYTES:,}"
            )
        return _decoded(path, (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino))
    except OSError as error:
        raise ProofsheetError(f"{short(name)} cannot be read: {error.strerror}") from None


def fingerprint(name: str) -> str:
    """Of the whole text; what is wrong with it, if it is none."""
    try:
        return hashlib.sha256(text(name).encode("utf-8", "surrogatepass")).hexdigest()
    except ProofsheetError as error:
        return str(error)


def _path(name: str) -> Path:
    folder = Path(folder_paths.get_input_directory()).resolve()
    if "\0" in name:
        raise ProofsheetError(f"{short(name)} is no name of a file")
    path = (folder / name.replace("\\", "/")).resolve()
    if not path.is_relative_to(folder):
        raise ProofsheetError(
            f"{short(name)} is outside the input folder: only files in it are read"
        )
    return path


@functools.lru_cache(maxsize=4)
def _decoded(path: Path, _identity: tuple[int, ...]) -> str:
    data = path.read_bytes()
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encoding = "utf-16" if data.startswith(marks) else "utf-8-sig"
    try:
        return decoded(data, encoding)
    except UnicodeDecodeError as error:
        where = f"byte {error.start:,}"
        message = f"{short(path.name)} is no text in UTF-8 ({where}): save it as CSV UTF-8"
        raise ProofsheetError(message) from None


def decoded(data: bytes, encoding: str = "utf-8-sig") -> str:
    """The text that a file holds. Raises UnicodeDecodeError; a zero is in no text."""
    text = data.decode(encoding)
    if "\0" in text:  # UTF-16 of plain letters is UTF-8, too
        zero = data.find(0)
        raise UnicodeDecodeError(encoding, data, zero, zero + 1, "a zero")
    return text


def _there(name: str) -> str:
    """What there is instead."""
    folder = Path(folder_paths.get_input_directory())
    try:
        with os.scandir(folder) as entries:
            listed = [entry.name for _, entry in zip(range(MOST_LISTED), entries, strict=False)]
    except OSError:
        return ""
    found = sorted(each for each in listed if Path(each).suffix.lower() in TEXTS)
    return f": there are {few(name, found)}" if found else ""
