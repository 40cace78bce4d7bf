"""A virtual environment in the cache, made once for each lock file, Python and machine.

A group of packages is whole when its mark lies in `installed/`. While pip works there is a mark
`installing`; if that is found at the start, the last run was cut off and all is made again.
"""

from __future__ import annotations

import hashlib
import sys
import sysconfig
from pathlib import Path

from .cache import RigError, cache_folder, one_installer, remove, say
from .commands import answers, require_python, run_step

LOCKS = Path(__file__).resolve().parent.parent / "locks"
TORCH = "torch==2.13.0"
ADVICE = (
    "check that this machine reaches its Python package index (`pip download six` shows it) and "
    "that the disk has 3 GB free, then run the same command again; what was complete is kept."
)


def environment(*groups: str) -> Path:
    """The python of an environment that holds the groups, each a file of tools/locks/."""
    require_python()
    folder = _folder()
    python = _python_of(folder)
    if _missing(folder, groups):
        with one_installer():
            _make(folder)
            for group in _missing(folder, groups):
                _install(folder, group)
    return python


def _folder() -> Path:
    machine = f"{sys.version_info[:2]} {sysconfig.get_platform()} {TORCH}"
    key = hashlib.sha256(machine.encode() + _lock("host").read_bytes()).hexdigest()[:12]
    return cache_folder() / f"environment-{key}"


def _lock(group: str) -> Path:
    return LOCKS / f"{group}.txt"


def _python_of(folder: Path) -> Path:
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def _mark(folder: Path, group: str) -> Path:
    key = hashlib.sha256(_lock(group).read_bytes()).hexdigest()[:12]
    return folder / "installed" / f"{group}-{key}"


def _missing(folder: Path, groups: tuple[str, ...]) -> list[str]:
    cut_off = (folder / "installing").exists()
    return [group for group in groups if cut_off or not _mark(folder, group).exists()]


def _make(folder: Path) -> None:
    if (folder / "installing").exists():
        say("The last installation was cut off; making the environment again.")
        remove(folder)
    if (folder / "installed").is_dir():
        return
    remove(folder)
    say(f"Environment: {folder}")
    _make_venv(folder)
    (folder / "installed").mkdir()


def _make_venv(folder: Path) -> None:
    """With pip inside, or, where Python came without ensurepip, served by the outer pip."""
    if answers([sys.executable, "-m", "venv", folder]):
        return
    remove(folder)
    step = "Making a virtual environment"
    if not answers([sys.executable, "-m", "pip", "--version"]):
        fault = "this Python has neither ensurepip nor pip"
        raise RigError(step, fault, "on Debian and Ubuntu: apt-get install python3-venv")
    run_step(step, [sys.executable, "-m", "venv", "--without-pip", folder], ADVICE)


def _pip(folder: Path) -> list[str | Path]:
    python = _python_of(folder)
    if answers([python, "-m", "pip", "--version"]):
        return [python, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", python]


def _install(folder: Path, group: str) -> None:
    working = folder / "installing"
    working.touch()
    pip = _pip(folder)
    if group == "host":
        _install_torch(pip)
    install = [*pip, "install", "--no-deps", "--disable-pip-version-check", "-r", _lock(group)]
    run_step(f"Installing the packages of {_lock(group).name}", install, ADVICE)
    _mark(folder, group).touch()
    working.unlink()


def _install_torch(pip: list[str | Path]) -> None:
    """The CPU build where pip is offered one; elsewhere what the platform's plain build is."""
    install = [*pip, "install", "--disable-pip-version-check", "--constraint", _lock("host")]
    if sys.platform == "linux":
        try:
            run_step("Installing PyTorch for the CPU", [*install, f"{TORCH}+cpu"], ADVICE)
            return
        except RigError:
            say("pip is offered no CPU build; the plain one brings several GB of CUDA with it.")
    run_step("Installing PyTorch", [*install, TORCH], ADVICE)


def pip_download(requirement: str, folder: Path) -> Path:
    """One wheel from the package index, without what it depends on."""
    download = [
        *_pip(_folder()), "download", "--no-deps", "--only-binary=:all:",
        "--disable-pip-version-check", "--dest", folder, requirement,
    ]  # fmt: skip
    run_step(f"Downloading {requirement}", download, ADVICE)
    return next(folder.glob("*.whl"))
