"""The import arrows of nodes/__init__.py and of the page: which room knows which."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatch
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

WORDS = ["core/errors", "core/axes", "core/frames", "core/limits", "core/node_ids"]
ROOMS: Mapping[str, Sequence[str]] = {
    # A room, a folder or a file that stands alone, and the rooms it may import.
    "core/errors": [],
    "core/axes": [],
    "core/node_ids": [],
    "core/demo_words": [],
    "core/limits": ["core/errors"],
    "core/frames": ["core/axes"],
    "core/text": [],
    "core/grammar": [*WORDS, "core/text"],
    "core/plan": [*WORDS, "core/text", "core/grammar"],
    "core/sheet": [*WORDS, "core/text"],
    "core/drawing": [*WORDS, "core/text", "core/sheet"],
    "core/manifest": ["core/*"],
    "host/settings": ["core/*"],
    "host/sockets": ["core/*"],
    "host/store": ["core/*", "host/settings"],
    "host/sampling": ["core/*", "host/settings", "host/sockets", "host/store"],
    "host/plan": ["core/*", "host/settings", "host/sockets", "host/store"],
    "host/work": [
        "core/*", "host/settings", "host/sockets", "host/store", "host/sampling", "host/plan",
    ],
    "host/demo": ["core/*"],
    "nodes/*": ["core/*", "host/*"],
    "extension": ["nodes/*"],
    "root": ["extension"],
}  # fmt: skip
WEB_ROOMS: Mapping[str, Sequence[str]] = {
    "common": [],
    "grammar": ["common"],
    "model": ["common", "grammar"],
    "host": ["common", "grammar", "model"],
    "sheet": ["common", "grammar", "model"],
    "choices": ["common", "model", "sheet/virtual"],
    "face": ["common", "grammar", "model"],
    "window": ["common", "grammar", "model", "sheet", "host/sharing"],
    "main": ["*", "scripts"],
}

STANDARD = set(sys.stdlib_module_names) | {"__future__"}
COMFY = {
    "comfy", "comfy_api", "comfy_execution", "comfy_extras", "comfyui_version", "execution",
    "folder_paths", "latent_preview", "node_helpers", "nodes", "server",
}  # fmt: skip
OUTSIDE = {
    # What comes from outside the pack and the standard library.
    "core/drawing": {"PIL"},
    "core/*": set(),
    "host/plan": {"yaml", *COMFY},
    "host/*": {"torch", "numpy", "PIL", "safetensors", *COMFY},
    "nodes/*": {"comfy_api"},
    "extension": {"comfy_api"},
    "root": set(),
}


def matches(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(name, pattern) for pattern in patterns)


def found_in(table: Mapping[str, object], room: str) -> str:
    """The first line of the table that is about the room."""
    return next(line for line in table if fnmatch(room, line))


# ---- Python


def room_of(parts: Sequence[str]) -> str:
    """The room of nodes/core/grammar/seeds.py or of what is imported from there."""
    if parts[0] != "nodes":
        return "root"
    if parts[1] in ("core", "host"):
        return "/".join(parts[1:3])
    return "extension" if parts[1] == "extension" else f"nodes/{parts[1]}"


def imported(text: str, folder: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """What a file imports: a room of the pack (True), or a module from outside of it."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from ((alias.name.split(".")[0], False) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield (node.module or "").split(".")[0], False
        elif isinstance(node, ast.ImportFrom):
            kept = folder[: len(folder) - node.level + 1]
            inside = node.module.split(".") if node.module else []
            yield from ((room_of([*kept, *inside, alias.name]), True) for alias in node.names)


def bad_imports(path: Path, text: str) -> list[str]:
    parts = path.relative_to(ROOT).with_suffix("").parts
    here = room_of(parts)
    rooms = ROOMS[found_in(ROOMS, here)]
    outside = STANDARD | OUTSIDE[found_in(OUTSIDE, here)]
    return [
        name
        for name, is_ours in imported(text, parts[:-1])
        if not (name == here or matches(name, rooms) if is_ours else name in outside)
    ]


def python_files() -> list[Path]:
    return [ROOT / "__init__.py", *sorted((ROOT / "nodes").rglob("*.py"))]


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_python_arrows(path):
    text = path.read_text(encoding="utf-8")
    if path.name == "__init__.py" and path.parent != ROOT:
        assert [type(node) for node in ast.parse(text).body] == [ast.Expr]  # a docstring alone
    else:
        assert bad_imports(path, text) == []


def test_one_file_alone_touches_how_the_host_runs_nodes():
    found = [
        path.relative_to(ROOT).as_posix()
        for path in python_files()
        if ("execution", False) in imported(path.read_text(encoding="utf-8"), path.parts)
    ]
    assert found == ["nodes/host/plan/calling.py"]


@pytest.mark.parametrize("table", [ROOMS, WEB_ROOMS], ids=["nodes", "web"])
def test_arrows_go_one_way(table):
    arrows = {
        room: [other for other in table if other != room and matches(other, patterns)]
        for room, patterns in table.items()
    }
    assert len(list(TopologicalSorter(arrows).static_order())) == len(table)


def test_the_map_and_the_table_know_every_room():
    parts = [path.relative_to(ROOT).with_suffix("").parts for path in python_files()]
    rooms = {room_of(each) for each in parts if each[-1] != "__init__"}
    described = (ROOT / "nodes" / "__init__.py").read_text(encoding="utf-8")
    inside = {room for room in rooms if room.startswith(("core/", "host/"))}
    assert inside == {room for room in ROOMS if room.startswith(("core/", "host/"))}
    assert [room for room in inside if room.split("/")[1] not in described] == []
    assert {path.parent.name for path in web_files()} == {*WEB_ROOMS, "web"} - {"main"}


def test_no_file_imports_at_the_root_of_the_pack():
    """pytest and registries import the root file without a host and without a package name."""
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    assert not [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]


# ---- the page

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)  # a type may be named from anywhere
IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']"""
    r"""|^\s*import\s*["']([^"']+)["']"""
    r"""|\bimport\(\s*["'`]([^"'`]+)["'`]""",
    re.MULTILINE,
)
SCRIPTS = re.compile(r"(?:\.\./)*/?scripts/(?:app|api)\.js$")


def web_files() -> list[Path]:
    return sorted((ROOT / "web").rglob("*.js"))


def bad_web_imports(path: Path, text: str) -> list[str]:
    here = path.relative_to(ROOT / "web").with_suffix("").parts[0]
    targets = ["".join(found) for found in IMPORT.findall(COMMENT.sub("", text))]
    return [target for target in targets if not web_allowed(path, here, target)]


def web_allowed(path: Path, here: str, target: str) -> bool:
    if SCRIPTS.search(target):
        return "scripts" in WEB_ROOMS[here]
    resolved = (path.parent / target).resolve()
    if not target.startswith(".") or not resolved.is_relative_to(ROOT / "web"):
        return False
    room, *rest = resolved.relative_to(ROOT / "web").with_suffix("").parts
    return (
        room == here or matches(room, WEB_ROOMS[here]) or "/".join([room, *rest]) in WEB_ROOMS[here]
    )


@pytest.mark.parametrize("path", web_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_web_arrows(path):
    assert bad_web_imports(path, path.read_text(encoding="utf-8")) == []


# ---- the tables themselves


@pytest.mark.parametrize(
    "file, line, good",
    [
        ("nodes/core/grammar/seeds.py", "from ..errors import X", True),
        ("nodes/core/grammar/seeds.py", "from .cursor import X", True),
        ("nodes/core/grammar/seeds.py", "import torch", False),
        ("nodes/core/grammar/seeds.py", "from ...host import store", False),
        ("nodes/core/grammar/seeds.py", "from PIL import Image", False),
        ("nodes/core/grammar/seeds.py", "from ..plan.graph import X", False),
        ("nodes/core/errors.py", "from .axes import X", False),
        ("nodes/core/text/wrapping.py", "from ..grammar import cursor", False),
        ("nodes/core/plan/cells.py", "from ..sheet.contents import X", False),
        ("nodes/core/sheet/contents.py", "from ..plan import cells", False),
        ("nodes/core/sheet/contents.py", "from .. import manifest", False),
        ("nodes/core/manifest.py", "from .sheet.grid import X", True),
        ("nodes/core/drawing/printer.py", "from PIL import Image", True),
        ("nodes/core/drawing/fonts/x.py", "from ...errors import X", True),
        ("nodes/core/sheet/page.py", "from PIL import Image", False),
        ("nodes/host/store/store.py", "from ...core import recipe", True),
        ("nodes/host/store/store.py", "from .. import settings", True),
        ("nodes/host/store/store.py", "from ..sampling import run", False),
        ("nodes/host/store/store.py", "from ... import sampler", False),
        ("nodes/host/store/store.py", "import comfy.sample", True),
        ("nodes/host/store/store.py", "import requests", False),
        ("nodes/host/sampling/run.py", "from ..store.store import Store", True),
        ("nodes/host/sampling/run.py", "from ..plan.sweep_plan import X", False),
        ("nodes/host/plan/sweep_plan.py", "from ..work import sweep", False),
        ("nodes/host/demo/demo_model.py", "from ..store import store", False),
        ("nodes/sheet.py", "from .host.store import Store", True),
        ("nodes/sheet.py", "from .frames import x", False),
        ("nodes/sheet.py", "import torch", False),
        ("nodes/extension.py", "from .sheet import NODES", True),
        ("nodes/extension.py", "from . import sheet", True),
        ("nodes/extension.py", "from .core import seeds", False),
        ("__init__.py", "from .nodes.extension import Extension", True),
        ("__init__.py", "from .nodes.sheet import NODES", False),
    ],
)
def test_the_rule_itself(file, line, good):
    assert (bad_imports(ROOT / file, line) == []) is good


@pytest.mark.parametrize(
    "file, line, good",
    [
        ("web/main.js", "import { app } from '../../scripts/app.js';", True),
        ("web/host/graph.js", "import { app } from '../../scripts/app.js';", False),
        ("web/model/marks.js", "import { x } from './sweep.js';", True),
        ("web/model/marks.js", "import { x } from '../grammar/picks.js';", True),
        ("web/model/marks.js", "import { x } from '../sheet/cell.js';", False),
        ("web/sheet/cell.js", "import { x } from '../host/graph.js';", False),
        ("web/window/loupe.js", "import { x } from '../host/sharing.js';", True),
        ("web/window/loupe.js", "import { x } from '../host/graph.js';", False),
        ("web/window/loupe.js", "const x = await import('../host/graph.js');", False),
        ("web/sheet/cell.js", "/** @param {import('../window/window.js').X} x */", True),
        ("web/sheet/cell.js", "import { x } from 'https://example.com/x.js';", False),
    ],
)
def test_the_rule_of_the_page_itself(file, line, good):
    assert (bad_web_imports(ROOT / file, line) == []) is good
