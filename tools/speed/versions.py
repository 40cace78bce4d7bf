"""Earlier versions of this pack, as git has them."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from rig.cache import cache_folder, one_installer
from rig.server import PACK

VERSION_0_1 = "08fa18d757a2ee1a7e521d031a7865d8e0d9f012"


class Unknown(Exception):
    """This checkout does not have that commit."""


def checked_out(commit: str) -> Path:
    """A version in the cache. Raises Unknown where git cannot give it."""
    folder = cache_folder() / f"proofsheet-{commit[:7]}"
    with one_installer():
        if not folder.exists():
            _check_out(commit, folder)
    return folder


def _check_out(commit: str, folder: Path) -> None:
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix="unpacking-") as scratch:
        archive = Path(scratch) / "archive.tar"
        command = ["git", "-C", PACK, "archive", "--output", archive, commit]
        try:
            subprocess.run([str(part) for part in command], check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            raise Unknown(f"git has no commit {commit[:7]} here, as in a shallow clone") from None
        whole = Path(scratch) / "whole"
        with tarfile.open(archive) as files:
            files.extractall(whole)
        shutil.move(whole, folder)
