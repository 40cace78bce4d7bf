"""Starts the host's main.py. Usage: python launcher.py FOLDER_OF_COMFYUI [arguments of main.py]

torchvision built for CUDA has native operators that do not load beside a CPU build of torch, and
its import then fails at the two operators that it names in Python. Declaring them first is
enough: nothing that ComfyUI does on the CPU calls them.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import os
import runpy
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

OPERATORS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)


class BeforeTorchvision(importlib.abc.MetaPathFinder):
    """Declares the operators at the last moment, so that the host still imports torch itself."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname == "torchvision":
            sys.meta_path.remove(self)
            found = importlib.util.find_spec(fullname)
            if found and found.origin and not _native_operators_load(Path(found.origin).parent):
                _declare_operators()
        return None


def _native_operators_load(folder: Path) -> bool:
    import torch

    for library in [*folder.glob("_C*.so"), *folder.glob("_C*.pyd")]:
        try:
            torch.ops.load_library(str(library))
        except OSError:
            return False
    return True


def _declare_operators() -> None:
    import torch

    library = torch.library.Library("torchvision", "FRAGMENT")
    for schema in OPERATORS:
        library.define(schema)
    _kept.append(library)  # the declarations last as long as the object


_kept: list[object] = []


def prepare() -> None:
    """Call before anything imports torchvision; a torchvision that works is left alone."""
    sys.meta_path.insert(0, BeforeTorchvision())


def main(arguments: list[str]) -> None:
    folder, *rest = arguments
    script = os.path.join(folder, "main.py")
    prepare()
    os.chdir(folder)
    sys.path[0] = folder
    sys.argv = [script, *rest]
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
