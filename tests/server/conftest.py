"""A real server for these tests: one boot shared by all, and more for those that kill theirs."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rig.beside import load_beside
from rig.host import Host
from rig.server import Server, link_folder

PACKS = Path(__file__).with_name("packs")


load_beside(__file__, "sweeps", "graphs", "template_shapes")


def with_pack(server: Server, name: str) -> Server:
    """The server with one of the packs that only tests use."""
    folder = server.base / "custom_nodes"
    folder.mkdir(parents=True, exist_ok=True)
    link_folder(folder / name, PACKS / name)
    return server


@pytest.fixture(scope="session")
def host() -> Host:
    folder = Path(os.environ.get("PROOFSHEET_COMFYUI", ""))
    if not (folder / "main.py").is_file():
        pytest.fail(
            "tests/server needs ComfyUI: run them with `python tools/test.py --only server`, "
            "or name its folder in PROOFSHEET_COMFYUI"
        )
    return Host(folder, Path(os.environ.get("PROOFSHEET_PYTHON", sys.executable)))


@pytest.fixture(scope="session")
def server(host, tmp_path_factory) -> Iterator[Server]:
    """The shared one, with the pack, calls counted (packs/probe) and nodes of others
    (packs/foreign). Its store fills as tests run: use prompts of your own."""
    previews = ("--preview-method", "auto")
    shared = Server(host, tmp_path_factory.mktemp("server"), arguments=previews)
    with with_pack(with_pack(shared, "foreign"), "probe") as running:
        yield running


@pytest.fixture(scope="session")
def bare_server(host, tmp_path_factory) -> Iterator[Server]:
    """A host without this pack. Its Demo Model stands in for a checkpoint file."""
    bare = Server(host, tmp_path_factory.mktemp("bare"), pack=False)
    with with_pack(bare, "demo_model_alone") as running:
        yield running


@pytest.fixture(params=["Sweep", "Sweep Sampler"])
def by_both(request) -> Callable[..., dict[str, Any]]:
    """Makes the sweep of a plain graph, with either node."""
    import graphs

    return graphs.swept if request.param == "Sweep" else graphs.by_sampler


@pytest.fixture
def new_server(host, tmp_path) -> Iterator[Callable[..., Server]]:
    """Makes servers for one test alone; they are not yet started, and end with the test."""
    made: list[Server] = []

    def make(name: str = "own", **options) -> Server:
        made.append(with_pack(Server(host, tmp_path / name, **options), "probe"))
        return made[-1]

    yield make
    for one in made:
        one.kill()
