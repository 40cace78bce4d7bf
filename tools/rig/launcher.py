"""Starts the host's main.py. Usage: python launcher.py FOLDER_OF_COMFYUI [arguments of main.py]

torchvision built for CUDA has native operators that do not load beside a CPU build of torch, and
its import then fails at the two it refers to by name. Declaring them first is enough: nothing
that ComfyUI does on the CPU calls them.
"""

from __future__ import annotations

import os
import runpy
import sys

OPERATORS = {
    "nms": "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms": "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
}


def define_torchvision_operators() -> None:
    """Declare what this torchvision cannot load; a torchvision that works is left alone."""
    if "torchvision" in sys.modules or _loads_native_operators():
        return
    import torch

    library = torch.library.Library("torchvision", "FRAGMENT")
    for schema in OPERATORS.values():
        library.define(schema)
    _kept.append(library)  # the declarations last as long as the object


def _loads_native_operators() -> bool:
    """Whether a CUDA or matching CPU torch will let torchvision load its own library."""
    import torch

    return torch.version.cuda is not None or sys.platform != "linux"


_kept: list[object] = []


def main(arguments: list[str]) -> None:
    folder, *rest = arguments
    script = os.path.join(folder, "main.py")
    sys.path.insert(0, folder)
    sys.argv = [script, *rest]
    define_torchvision_operators()
    os.chdir(folder)
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
