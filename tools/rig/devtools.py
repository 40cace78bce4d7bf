"""A page of Chromium, driven through its DevTools socket with nothing switched on but the running
of scripts: a tool that listens to the network of a page makes every request of it slower.

Needs aiohttp, which ComfyUI brings.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import tempfile
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from .browser import ARGUMENTS, chromium
from .cache import RigError

ALONE = [
    "--headless",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
]
START_LIMIT = 60.0  # seconds
LIMIT = 120.0


class DevPage:
    """Scripts are JavaScript functions of at most one argument; what they return is JSON."""

    def __init__(self, socket: Any) -> None:
        self.socket = socket
        self.sent = 0

    async def call(self, method: str, **options: Any) -> dict[str, Any]:
        self.sent += 1
        await self.socket.send_json({"id": self.sent, "method": method, "params": options})
        while (answer := await self.socket.receive_json(timeout=LIMIT)).get("id") != self.sent:
            pass
        fault = answer.get("error") or answer["result"].get("exceptionDetails")
        if fault:
            raise RuntimeError(f"{method}: {json.dumps(fault)[:800]}")
        return answer["result"]

    async def run(self, script: str, argument: Any = None) -> Any:
        expression = f"({script})({json.dumps(argument)})"
        told = await self.call(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True
        )
        return told["result"].get("value")

    async def until(self, script: str) -> None:
        async def wait() -> None:
            while not await self.run(script):
                await asyncio.sleep(0.1)

        await asyncio.wait_for(wait(), LIMIT)


@contextlib.asynccontextmanager
async def dev_page(width: int, height: int) -> AsyncIterator[DevPage]:
    """An empty page of this size in a Chromium of its own, closed at the end."""
    import aiohttp

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        own = f"--user-data-dir={profile}"
        command = [str(chromium()), *ARGUMENTS, *ALONE, own, "about:blank"]
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            address = await _address(Path(profile) / "DevToolsActivePort")
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(address, max_msg_size=0) as socket,
            ):
                page = DevPage(socket)
                size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
                await page.call("Emulation.setDeviceMetricsOverride", **size)
                yield page
        finally:
            browser.kill()
            browser.wait()


async def _address(port_file: Path) -> str:
    """Where the first page listens, once Chromium has written the number of its port."""
    for _ in range(int(START_LIMIT * 10)):
        with contextlib.suppress(OSError, ValueError, IndexError, urllib.error.URLError):
            port = int(port_file.read_text().splitlines()[0])
            pages = json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list"))
            return next(each for each in pages if each["type"] == "page")["webSocketDebuggerUrl"]
        await asyncio.sleep(0.1)
    raise RigError("Starting Chromium", f"no page within {START_LIMIT:.0f} s", "run it by hand.")
