"""Puts the real host's modules on the path, on the CPU. `python tools/test.py` says where it is."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest


def host_folder() -> Path:
    folder = Path(os.environ.get("PROOFSHEET_COMFYUI", ""))
    if not (folder / "comfy" / "samplers.py").is_file():
        raise pytest.UsageError(
            "tests/host needs ComfyUI: run them with `python tools/test.py --only host`, "
            "or name its folder in PROOFSHEET_COMFYUI"
        )
    return folder


def prepare_host() -> None:
    from rig.launcher import prepare

    prepare()
    sys.path.insert(0, str(host_folder()))
    from comfy.cli_args import args

    args.cpu = True


prepare_host()
