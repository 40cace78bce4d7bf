"""A Chromium for tests/browser: the machine's own, else installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .cache import RigError, one_installer
from .commands import run_step
from .environment import environment

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
)
ARGUMENTS = [
    "--no-sandbox",
    "--use-gl=swiftshader",
    "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing but our host
]
STEP = "Installing Chromium"
ADVICE = "install Chromium or Chrome so that it is on PATH, or name it in PROOFSHEET_CHROMIUM."


def chromium() -> Path:
    return _found() or _install()


def _found() -> Path | None:
    named = os.environ.get("PROOFSHEET_CHROMIUM")
    if named and not Path(named).is_file():
        raise RigError("Finding Chromium", f"PROOFSHEET_CHROMIUM={named!r} is no file", ADVICE)
    candidates = [named, *map(shutil.which, NAMES), *PLACES]
    return next((Path(place) for place in candidates if place and Path(place).is_file()), None)


def _install() -> Path:
    if sys.platform == "linux" and shutil.which("apt-get") and os.geteuid() == 0:
        found = _from_debian()
    else:
        found = _from_playwright(environment("host", "test", "browser"))
    if found is None:
        raise RigError(STEP, "it installed, but no program is to be found", ADVICE)
    return found


def _from_debian() -> Path | None:
    with one_installer():
        if _found() is None:
            run_step("Refreshing the list of Debian packages", ["apt-get", "update"], ADVICE)
            install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
            run_step(STEP, install, ADVICE)
    return _found()


def _from_playwright(python: Path) -> Path | None:
    run_step(STEP, [python, "-m", "playwright", "install", "chromium"], ADVICE)
    code = (
        "from playwright.sync_api import sync_playwright as p\n"
        "with p() as browsers: print(browsers.chromium.executable_path)"
    )
    done = subprocess.run([python, "-c", code], capture_output=True, text=True)
    place = Path(done.stdout.strip())
    return place if done.returncode == 0 and place.is_file() else None
