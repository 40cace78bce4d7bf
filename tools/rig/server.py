"""One process of the real host: boot, queue, wait, read its log, kill it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .cache import RigError
from .host import Host

PACK = Path(__file__).resolve().parent.parent.parent
LAUNCHER = Path(__file__).with_name("launcher.py")
BOOT_LIMIT = 600.0  # seconds; 15 on two idle cores


class Refused(Exception):
    """POST /prompt answered with an error; `answer` is what it said."""

    def __init__(self, status: int, answer: Any):
        super().__init__(f"HTTP {status}: {json.dumps(answer, indent=1, ensure_ascii=False)}")
        self.status, self.answer = status, answer


class RunFailed(Exception):
    """A queued prompt ended without success; `entry` is its history."""

    def __init__(self, entry: dict[str, Any]):
        super().__init__(_fault_of(entry))
        self.entry = entry


class Server:
    """A host with its own base folder, so that nothing of the user's is read or written.

    `base` gets custom_nodes (with a link to this pack, unless `pack` is false), models, input,
    temp and user; `output` may lie elsewhere, and outlives the process: start() after kill()
    comes back on the same files and the same port.
    """

    def __init__(
        self,
        host: Host,
        base: Path,
        *,
        output: Path | None = None,
        pack: bool = True,
        arguments: Sequence[str] = (),
    ):
        self.host, self.base = host, base
        self.output = output or base / "output"
        self.pack, self.arguments = pack, list(arguments)
        self.environment: dict[str, str] = {}
        self.port = free_port()
        self.log_file = base / "host.log"
        self.process: subprocess.Popen[bytes] | None = None

    # -- the process

    def __enter__(self) -> Server:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self._lay_folders()
        with open(self.log_file, "ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in self._command()],
                stdout=log,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **self.environment},
            )
        self._wait_until_ready()

    def _command(self) -> list[str | Path]:
        return [
            self.host.python, LAUNCHER, self.host.folder,
            "--cpu", "--disable-api-nodes", "--disable-auto-launch",
            "--port", str(self.port), "--database-url", "sqlite:///:memory:",
            "--base-directory", self.base, "--output-directory", self.output,
            "--temp-directory", self.base, "--user-directory", self.base / "user",
            *self.arguments,
        ]  # fmt: skip

    def _lay_folders(self) -> None:
        for name in ("custom_nodes", "models", "input", "user"):
            (self.base / name).mkdir(parents=True, exist_ok=True)
        self.output.mkdir(parents=True, exist_ok=True)
        if self.pack:
            link_folder(self.base / "custom_nodes" / "proofsheet", PACK)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + BOOT_LIMIT
        while time.monotonic() < deadline:
            if not self.alive:
                raise self._boot_error("its process ended")
            try:
                self.get("/system_stats")
            except (OSError, urllib.error.URLError):
                time.sleep(0.2)
            else:
                return
        self.kill()
        raise self._boot_error(f"it did not answer within {BOOT_LIMIT:.0f} s")

    def _boot_error(self, fault: str) -> RigError:
        tail = "\n".join(f"  | {line}" for line in self.log().splitlines()[-15:])
        advice = f"read the end of its log above, or the whole of it in {self.log_file}"
        return RigError("Starting ComfyUI", f"{fault}\n{tail}", advice)

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    @property
    def pid(self) -> int:
        """Raises RuntimeError before the first start."""
        if self.process is None:
            raise RuntimeError("this server was not started")
        return self.process.pid

    def stop(self) -> None:
        """End it politely, as Ctrl-C would."""
        if self.process is not None and self.alive:
            self.process.send_signal(signal.SIGTERM if sys.platform == "win32" else signal.SIGINT)
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self) -> None:
        """End it at once, as kill -9 or a power cut would."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def log(self) -> str:
        return self.log_file.read_text(encoding="utf-8", errors="replace")

    # -- its API

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return json.load(answer)

    def view(self, file: dict[str, str]) -> bytes:
        """The bytes of {filename, subfolder, type}, as a browser gets them."""
        query = urllib.parse.urlencode(file)
        with urllib.request.urlopen(f"{self.url}/view?{query}", timeout=60) as answer:
            return answer.read()

    def post(self, path: str, body: Any) -> Any:
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            text = error.read()
            raise Refused(error.code, json.loads(text or b"null")) from error

    def queue(self, prompt: dict[str, Any], **body: Any) -> str:
        """POST /prompt; also refuses the half-refused: 200 with node_errors."""
        answer = self.post("/prompt", {"prompt": prompt, **body})
        if answer.get("node_errors"):
            raise Refused(200, answer)
        return answer["prompt_id"]

    def wait(self, prompt_id: str, limit: float = 600.0, pause: float = 0.05) -> dict[str, Any]:
        """Its history entry, once it has ended in whatever way; asked for after every `pause`."""
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            with contextlib.suppress(TimeoutError):  # a busy machine may leave it no time to answer
                if entry := self.get(f"/history/{prompt_id}").get(prompt_id):
                    return entry
            time.sleep(pause)
        raise TimeoutError(f"prompt {prompt_id} still runs after {limit:.0f} s")

    def run(
        self, prompt: dict[str, Any], limit: float = 600.0, pause: float = 0.05, **body: Any
    ) -> dict[str, Any]:
        """Queue, wait, and raise unless it succeeded."""
        entry = self.wait(self.queue(prompt, **body), limit, pause)
        if entry["status"]["status_str"] != "success":
            raise RunFailed(entry)
        return entry

    def interrupt(self) -> None:
        self.post("/interrupt", {})


def _fault_of(entry: dict[str, Any]) -> str:
    for kind, data in entry["status"]["messages"]:
        if kind == "execution_error":
            where = f"node {data['node_id']} ({data['node_type']})"
            return f"{where}: {data['exception_message']}\n{''.join(data['traceback'])}"
    return f"ended as {entry['status']['status_str']}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def link_folder(place: Path, target: Path) -> None:
    """A symbolic link, or on Windows a junction, which needs no special rights."""
    if os.path.lexists(place):
        if place.resolve() == target.resolve():
            return
        place.unlink() if place.is_symlink() else place.rmdir()  # a junction counts as a folder
    if sys.platform == "win32":
        import _winapi

        _winapi.CreateJunction(str(target), str(place))
    else:
        place.symlink_to(target, target_is_directory=True)
