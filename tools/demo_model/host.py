"""Puts the host's modules and the pack on the path, as tools outside of the host need them."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def prepare(device: str, comfyui: Path | None = None) -> None:
    """Make `comfy` and `pack` importable. Call before anything of the host is imported."""
    folder = comfyui or Path(os.environ.get("PROOFSHEET_COMFYUI", ""))
    if not (folder / "comfy" / "samplers.py").is_file():
        raise SystemExit("name ComfyUI's folder with --comfyui or in PROOFSHEET_COMFYUI")
    if "comfy" not in sys.modules:
        _open_host(folder, device)
    if "pack" not in sys.modules:
        _open_pack()


def _open_host(folder: Path, device: str) -> None:
    from rig import launcher

    launcher.prepare()
    sys.path.insert(0, str(folder))
    from comfy.cli_args import args

    args.cpu = device == "cpu"
    # The host's default on CPUs saves memory that these sizes do not need, and is slow backwards.
    args.use_pytorch_cross_attention = True


def _open_pack() -> None:
    spec = importlib.util.spec_from_file_location(
        "pack", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["pack"] = module
    spec.loader.exec_module(module)
