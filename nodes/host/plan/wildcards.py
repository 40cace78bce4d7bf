"""The lists that `__name__` stands for: files in the folders `wildcards` of ComfyUI and of packs.

`animals/cats.txt` has a line for each item of `animals/cats`. In a .yaml file the list under
`animals:` `cats:` is called so, whatever the file, and with the file's own name before it too; a
file that is a list is called like the file.
"""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import folder_paths
import yaml

from ...core.errors import LINE_BREAK, ProofsheetError
from ...core.grammar.cursor import short
from ...core.grammar.prompts import Names, check_prompts
from ...core.limits import MAX_LONG_TEXT
from ...core.plan.graph import digest
from .fingerprints import file_fingerprint
from .input_files import decoded

T = TypeVar("T")

OF_PACKS = ("custom_wildcards", "wildcards")
"""Folders in a pack; in the first, Impact Pack has the user's own."""

YAML = (".yaml", ".yml")
MAX_LISTS = 100_000  # in one file
MAX_DEPTH = 20

# Scalars stay as they are written: `no` and `1.10` are words of a prompt.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


class WildcardLists(Mapping[str, Sequence[str]]):
    """Every list by its name, as it is when it is first read; `read` are those that were. The
    user's come before those of packs, and a .txt before a .yaml."""

    def __init__(self) -> None:
        self.read: dict[str, Sequence[str]] = {}
        self._unreadable: list[str] = []

    def __getitem__(self, name: str) -> Sequence[str]:
        if name not in self.read:
            if path := _same(name, self._texts):
                self.read[name] = LINE_BREAK.split(_text(path))
            elif found := _same(name, self._listed):
                self.read[name] = [_item(name, n, each) for n, each in enumerate(found, start=1)]
            elif self._unreadable:
                raise ProofsheetError(f"No list {short(name)}; {'; '.join(self._unreadable)}")
            else:
                raise KeyError(name)
        return self.read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._texts, *self._listed)))

    def __len__(self) -> int:
        return len({*self._texts, *self._listed})

    def fingerprint(self) -> str:
        """Of the content of all files; "" if there are none."""
        files = {name: file_fingerprint(path, whole=True) for name, path in self._files}
        return digest(files) if files else ""

    @functools.cached_property
    def _files(self) -> Sequence[tuple[str, str]]:
        """Names with endings, and paths, the first of a name last."""
        return [found for folder in reversed(_folders()) for found in _files_in(folder)]

    @functools.cached_property
    def _texts(self) -> Mapping[str, str]:
        return {name[:-4]: path for name, path in self._files if name.endswith(".txt")}

    @functools.cached_property
    def _listed(self) -> Mapping[str, Sequence[Any]]:
        found: dict[str, Sequence[Any]] = {}
        for name, path in self._files:
            if name.endswith(YAML):
                stat = os.stat(path)
                try:
                    changed = (stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino)
                    found.update(_lists(path, os.path.splitext(name)[0], changed))
                except ProofsheetError as error:
                    self._unreadable.append(str(error))
        return found


def fingerprint(*texts: str | None) -> str:
    """What the lists say that these texts of a Prompt Batch name; "" if they name none. With a text
    that another node will give, all lists count."""
    lists = WildcardLists()
    if None in texts:
        return lists.fingerprint()
    if any("__" in (text or "") for text in texts):
        with contextlib.suppress(ProofsheetError):
            check_prompts(*texts, names=Names(lists=lists))
    return digest(lists.read) if lists.read else ""


def _folders() -> Sequence[str]:
    """The user's own, then those of packs."""
    own, _ = folder_paths.folder_names_and_paths.get("wildcards", ([], set()))
    bases = [folder_paths.base_path, folder_paths.models_dir]
    for packs in folder_paths.get_folder_paths("custom_nodes"):
        names = sorted(os.listdir(packs)) if os.path.isdir(packs) else []
        bases += [os.path.join(packs, name) for name in names if not name.endswith(".disabled")]
    of_packs = (os.path.join(base, name) for base in bases for name in OF_PACKS)
    return [folder for folder in dict.fromkeys((*own, *of_packs)) if os.path.isdir(folder)]


def _files_in(folder: str) -> Iterator[tuple[str, str]]:
    """The files that are in it and stay in it, and their names with endings, from last to first."""
    root = os.path.realpath(folder)
    for place, _, files in sorted(os.walk(root), reverse=True):
        for file in sorted(files, reverse=True):
            path = os.path.join(place, file)
            name = os.path.relpath(path, root).replace(os.sep, "/")
            is_inside = os.path.realpath(path).startswith(root + os.sep)
            if is_inside and os.path.isfile(path) and name.endswith((".txt", *YAML)):
                yield name, path


def _text(path: str) -> str:
    """What a file says. Raises ProofsheetError for one that is too large or no text."""
    file = os.path.basename(path)
    try:
        if os.path.getsize(path) > MAX_LONG_TEXT:
            raise ProofsheetError(f"{file} is larger than {MAX_LONG_TEXT:,} bytes")
        with open(path, "rb") as opened:
            return decoded(opened.read())
    except UnicodeDecodeError:
        raise ProofsheetError(f"{file} is not in UTF-8: save it so") from None
    except OSError as error:
        raise ProofsheetError(f"{file} cannot be read: {error.strerror}") from None


@functools.lru_cache(maxsize=64)
def _lists(path: str, name: str, _changed: tuple[int, ...]) -> Mapping[str, Sequence[Any]]:
    """The lists of a .yaml file, by every name that they have. Raises ProofsheetError."""
    file = os.path.basename(path)
    try:
        data = yaml.load(_text(path), _LOADER)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        raise ProofsheetError(f"{file} is no YAML{where}") from None
    found: dict[str, Sequence[Any]] = {}
    for keys, items in _leaves(data, ()):
        found["/".join((name, *keys))] = items
        found.setdefault("/".join(keys) or name, items)
        if len(found) > MAX_LISTS:
            raise ProofsheetError(f"{file} has more than {MAX_LISTS:,} lists")
    return found


def _leaves(data: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Sequence[Any]]]:
    if isinstance(data, Mapping) and len(keys) < MAX_DEPTH:
        for key, inner in data.items():
            yield from _leaves(inner, (*keys, str(key)))
    elif isinstance(data, list):
        yield keys, data
    elif data and isinstance(data, str):
        yield keys, [data]


def _item(name: str, number: int, item: Any) -> str:
    """The text of an item; `- sky: blue`, which YAML takes for more, is one, too; `- {a|b}`, which
    it takes for more without braces, is none."""
    if isinstance(item, Mapping) and len(item) == 1:
        [(key, value)] = item.items()
        if isinstance(key, str) and isinstance(value, str) and value and "|" not in key + value:
            item = f"{key}: {value}"
    if not isinstance(item, str):
        raise ProofsheetError(f"Item {number} of {short(name)} is no text: put it in quotes")
    return item


def _same(name: str, known: Mapping[str, T]) -> T | None:
    """What is known by this name; if nothing is, by the same in capitals or not."""
    if name in known:
        return known[name]
    folded = {each.casefold(): each for each in known}
    return known[folded[name.casefold()]] if name.casefold() in folded else None
