"""Real Chromium on the real host: both frontends, each with classic nodes and with Nodes 2.0."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright
from rig.beside import load_beside
from rig.browser import ARGUMENTS
from rig.host import NEWEST_FRONTEND, Host, unpacked
from rig.server import PACK, Server, link_folder

sys.modules["desk"] = sys.modules[__name__]  # for the tests that import from here
load_beside(__file__, "node_menus", "templates", "workflows")

EXAMPLE = PACK / "example_workflows" / "seed and prompt sweep.json"
PROBE = PACK / "tests" / "server" / "packs" / "probe"
FRONTENDS = {"1.32.9": [], "1.58.1": ["--front-end-root"]}
COMBINATIONS = [(frontend, nodes) for frontend in FRONTENDS for nodes in ("classic", "Nodes 2.0")]
# The two that differ in all: for what has been seen in all four, and takes long.
two_pages = pytest.mark.parametrize("desk", COMBINATIONS[::3], ids=" ".join, indirect=True)
READY = "() => window.app?.extensionManager && !!customElements.get('proofsheet-face')"
SETTINGS = {"Comfy.TutorialCompleted": True, "Comfy.Workflow.ShowMissingModelsWarning": False}
SAID = """texts => {
    const lines = [...document.querySelectorAll('.ps-status, .ps-notice, .ps-told')];
    const ours = lines.filter((line) => !line.closest('proofsheet-sweep'));
    const said = ours.map((line) => line.textContent).join(' ');
    const plain = (text) => text.replace(/[.*+?^${}()|[\\]\\\\]/g, '\\\\$&');
    // "12 frames" is not said by "7 of 12 frames".
    return texts.every((text) => new RegExp(`(?<!of |\\\\d)${plain(text)}`).test(said));
}"""
KEPT = "cookies,indexeddb,local_storage,service_workers,cache_storage"
LIMIT = 180_000  # milliseconds; a machine with two busy cores is slow


@pytest.fixture(scope="session")
def servers(tmp_path_factory) -> Iterator[dict[str, Server]]:
    """A host for each frontend, booted when first asked for, with calls counted (packs/probe)."""
    folder = Path(os.environ.get("PROOFSHEET_COMFYUI", ""))
    if not (folder / "main.py").is_file():
        pytest.fail("tests/browser needs ComfyUI: run `python tools/test.py --only browser`")
    host = Host(folder, Path(os.environ.get("PROOFSHEET_PYTHON", sys.executable)))
    made = {name: _server(host, name, tmp_path_factory) for name in FRONTENDS}
    yield made
    for server in made.values():
        server.stop()


def _server(host: Host, frontend: str, tmp_path_factory) -> Server:
    arguments = ["--preview-method", "auto"]
    if FRONTENDS[frontend]:
        root = unpacked(NEWEST_FRONTEND, "comfyui_frontend_package/static/")
        arguments += [*FRONTENDS[frontend], str(root)]
    server = Server(host, tmp_path_factory.mktemp(frontend), arguments=arguments)
    (server.base / "custom_nodes").mkdir(parents=True)
    link_folder(server.base / "custom_nodes" / "probe", PROBE)
    return server


@pytest.fixture(scope="session")
def context(tmp_path_factory) -> Iterator[BrowserContext]:
    """One profile for all tests, which keeps the frontends' files."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=os.environ.get("PROOFSHEET_CHROMIUM"),
            args=ARGUMENTS,
            viewport={"width": 1600, "height": 1000},
        )
        context.set_default_timeout(LIMIT / 3)
        yield context


@pytest.fixture(params=COMBINATIONS, ids=" ".join)
def desk(request, servers, context, tmp_path) -> Iterator[Desk]:
    """The page in one of the four combinations; its errors fail the test."""
    yield from _desk(servers, context, request.param, request.node.name)


@pytest.fixture
def newest(request, servers, context) -> Iterator[Desk]:
    """The page as newcomers have it: for what does not depend on the host's drawing."""
    yield from _desk(servers, context, ("1.58.1", "Nodes 2.0"), request.node.name)


def _desk(servers, context, page: tuple[str, str], name: str) -> Iterator[Desk]:
    server = servers[page[0]]
    if not server.alive:
        server.start()
    server.post("/api/settings", {**SETTINGS, "Comfy.VueNodes.Enabled": page[1] == "Nodes 2.0"})
    desk = Desk(server, context, page, name)
    try:
        desk.wait_for(desk.is_idle)  # the last test may have left before its last run ended
        desk.open()
        yield desk
    finally:
        desk.shoot("end")
        desk.close()
    assert desk.errors == []


class Desk:
    """A page on the host, and what a test asks of it."""

    def __init__(
        self, server: Server, context: BrowserContext, page: tuple[str, str], name: str
    ) -> None:
        self.server, self.context, self.name = server, context, name
        self.frontend, self.nodes = page
        self.errors: list[str] = []
        self.page = self.new_page()

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.errors.append(f"{error}\n{error.stack}"))
        page.on("console", self._console)
        return page

    def _console(self, message) -> None:
        """Errors of our files; the host's own (its cloud, which no test reaches) are its own."""
        where = f"{message.location.get('url', '')} {message.text}"
        if message.type == "error" and "/extensions/proofsheet/" in where:
            self.errors.append(where)

    def close(self) -> None:
        """All pages, with what they have kept in the browser."""
        session = self.context.new_cdp_session(self.page)
        everything = {"origin": self.server.url, "storageTypes": KEPT}
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        self.page.goto("about:blank")
        session.send("Storage.clearDataForOrigin", everything)
        self.page.close()

    def open(self, page: Page | None = None) -> None:
        page = page or self.page
        page.goto(self.server.url, wait_until="domcontentloaded", timeout=LIMIT)
        page.wait_for_function(READY, timeout=LIMIT)
        page.wait_for_function("() => window.app.graph?.id || window.app.rootGraph?.id")
        page.wait_for_timeout(1000)  # the host loads what was open last

    def reload(self) -> None:
        self.page.reload(wait_until="domcontentloaded", timeout=LIMIT)
        self.page.wait_for_function(READY, timeout=LIMIT)

    def load(self, workflow: dict[str, Any]) -> None:
        self.page.evaluate("workflow => window.app.loadGraphData(workflow)", workflow)
        self.page.wait_for_selector("proofsheet-face", state="attached")
        self.page.wait_for_timeout(500)

    def run(self) -> None:
        self.page.evaluate("() => { window.app.queuePrompt(0, 1); }")

    def finish(self) -> dict[str, Any]:
        """Run what is open, to its end; its entry in the history."""
        before = len(self.history())
        self.run()
        return self.wait_runs(before + 1)

    @contextlib.contextmanager
    def held(self, batches: int = 0) -> Iterator[None]:
        """Runs stand still inside, at the second step after so many whole batches (packs/probe)."""
        hold = self.server.output / "hold"
        hold.write_text(str(batches))
        try:
            yield
        finally:
            hold.unlink()

    # -- the sheet

    def cell(self, number: int):
        return self.page.locator(f'.ps-sheet .ps-cell[data-index="{number - 1}"]')

    def wait_status(self, *texts: str) -> None:
        """Until the status line or the notice of the sheet says all of it."""
        self.page.wait_for_function(SAID, arg=list(texts), timeout=LIMIT)

    def picks(self, node: int = 8) -> str:
        return self.page.evaluate(
            "id => (window.app.rootGraph ?? window.app.graph).getNodeById(id)"
            ".widgets.find((w) => w.name === 'picks').value",
            node,
        )

    def ids(self, node: int = 8) -> list[str]:
        """The frames of the sheet, as its last run told them."""
        [manifest] = self.last()["outputs"][str(node)]["proofsheet"]
        return [frame["id"] for frame in manifest["frames"]]

    def command(self, name: str) -> None:
        """One of the host's commands."""
        execute = "name => window.app.extensionManager.command.execute(name)"
        self.page.evaluate(execute, name)

    def prompt(self) -> dict[str, Any]:
        """What is open, as the host would send it."""
        return self.page.evaluate("async () => (await window.app.graphToPrompt()).output")

    def saved(self) -> dict[str, Any]:
        """The workflow as a file would have it."""
        graph = "(window.app.rootGraph ?? window.app.graph).serialize()"
        return json.loads(self.page.evaluate(f"() => JSON.stringify({graph})"))

    def shoot(self, step: str) -> None:
        folder = os.environ.get("PROOFSHEET_SHOTS")
        if folder:
            safe = self.name.replace(" ", "-").replace("/", "-")
            self.page.screenshot(path=str(Path(folder) / f"{safe}-{step}.png"))

    # -- the server

    def is_idle(self) -> bool:
        return not any(self.server.get("/queue").values())

    def history(self) -> list[dict[str, Any]]:
        entries = self.server.get("/history").values()
        return sorted(entries, key=lambda entry: entry["prompt"][0])

    def last(self) -> dict[str, Any]:
        return self.history()[-1]

    def wait_runs(self, count: int) -> dict[str, Any]:
        """Until so many runs have ended; the last of them."""
        self.wait_for(lambda: len(self.history()) >= count)
        return self.history()[count - 1]

    def wait_for(self, true: Callable[[], Any], limit: float = LIMIT / 1000) -> None:
        deadline = time.monotonic() + limit
        while not true():
            if time.monotonic() > deadline:
                raise TimeoutError(f"not within {limit:.0f} s")
            self.page.wait_for_timeout(100)  # and not sleep: the page needs its turns

    def samplings(self) -> int:
        return self.server.log().count("probe: sample")


@pytest.fixture
def workflow() -> Callable[..., dict[str, Any]]:
    """The example, with few steps; held until something is picked."""

    def make(seed: int, *, after: str = "fixed", count: int = 4, **options: Any) -> dict[str, Any]:
        made = json.loads(EXAMPLE.read_text(encoding="utf-8"))
        made["id"] = f"00000000-0000-4000-8000-{seed:012d}"
        nodes = {node["type"]: node for node in made["nodes"]}
        nodes["ProofsheetSeedSweep"]["widgets_values"] = [seed, after, count, "consecutive", ""]
        sampler = nodes["ProofsheetSweepSampler"]["widgets_values"]
        sampler[2], sampler[8] = options.get("steps", 2), 4  # three batches
        nodes["ProofsheetContactSheet"]["widgets_values"][1] = options.get("when_empty", "hold")
        nodes["ProofsheetSaveFrames"]["widgets_values"][0] = f"kept/{seed}_%number%"
        if "prompts" in options:
            nodes["ProofsheetPromptBatch"]["widgets_values"][0] = options["prompts"]
        return made

    return make
