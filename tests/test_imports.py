"""The import arrows of nodes/__init__.py, relative imports and web files included."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STANDARD = set(sys.stdlib_module_names) | {"__future__"}
TENSORS = {"torch", "numpy", "PIL", "safetensors"}
HOST = {
    "comfy", "comfy_api", "comfy_execution", "comfy_extras", "comfyui_version", "execution",
    "folder_paths", "latent_preview", "node_helpers", "nodes", "server",
}  # fmt: skip
DRAWING = {
    "printer.py",
    "text_setter.py",
    "png_stream.py",
}  # the files of core that draw: plus Pillow


def modules(text: str, package: tuple[str, ...]) -> set[str]:
    """Every module a file imports; those of the pack as 'pack.nodes...'."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module or "")
        elif isinstance(node, ast.ImportFrom):
            found.update(relative(node, package))
    return found


def relative(node: ast.ImportFrom, package: tuple[str, ...]) -> list[str]:
    kept = package[: len(package) - node.level + 1]
    if node.module:
        return [".".join((*kept, node.module))]
    return [".".join((*kept, alias.name)) for alias in node.names]


def package_of(path: Path) -> tuple[str, ...]:
    return ("pack", *path.relative_to(ROOT).parent.parts)


def allowed(path: Path, module: str) -> bool:
    top, inside = module.split(".")[0], module.split(".")[2:3]
    here = path.relative_to(ROOT).parts
    ours = top == "pack"
    if here == ("__init__.py",):
        return module == "pack.nodes.extension" or top == "logging"
    if here[1] == "core":
        drawing = top == "PIL" and path.name in DRAWING
        return inside == ["core"] if ours else top in STANDARD or drawing
    if here[1] == "host":
        return inside in (["core"], ["host"]) if ours else top in STANDARD | TENSORS | HOST
    if here[1] == "extension.py":
        return ours and inside not in (["core"], ["host"]) or top in {"comfy_api", "__future__"}
    return inside in (["core"], ["host"]) if ours else top in STANDARD | {"comfy_api"}


def python_files() -> list[Path]:
    return [ROOT / "__init__.py", *sorted((ROOT / "nodes").rglob("*.py"))]


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_python_arrows(path):
    found = modules(path.read_text(encoding="utf-8"), package_of(path))
    assert sorted(module for module in found if not allowed(path, module)) == []


def test_no_file_imports_at_the_root_of_the_pack():
    """pytest and registries import the root file without a host and without a package name."""
    tree = ast.parse((ROOT / "__init__.py").read_text(encoding="utf-8"))
    assert not [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]


IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^"'`;]*?\bfrom\s*["']([^"']+)["']"""
    r"""|^\s*import\s*["']([^"']+)["']"""
    r"""|\bimport\(\s*["'`]([^"'`]+)["'`]""",
    re.MULTILINE,
)
SCRIPTS = re.compile(r"(?:\.\./)*/?scripts/(?:app|api)\.js$")


def web_files() -> list[Path]:
    return sorted((ROOT / "web").rglob("*.js"))


def web_allowed(path: Path, target: str) -> bool:
    if SCRIPTS.search(target):
        return path == ROOT / "web" / "main.js"
    resolved = (path.parent / target).resolve()
    return target.startswith(".") and resolved.is_relative_to(ROOT / "web")


def test_web_arrows():
    bad = [
        (path.relative_to(ROOT).as_posix(), target)
        for path in web_files()
        for target in map("".join, IMPORT.findall(path.read_text(encoding="utf-8")))
        if not web_allowed(path, target)
    ]
    assert bad == []


@pytest.mark.parametrize(
    "file, line, good",
    [
        ("nodes/core/grammar/seeds.py", "from ..errors import X", True),
        ("nodes/core/grammar/seeds.py", "import torch", False),
        ("nodes/core/grammar/seeds.py", "from ...host import store", False),
        ("nodes/core/grammar/seeds.py", "from PIL import Image", False),
        ("nodes/core/drawing/printer.py", "from PIL import Image", True),
        ("nodes/core/drawing/fonts/x.py", "from ..errors import X", True),
        ("nodes/host/store/store.py", "from ...core import recipe", True),
        ("nodes/host/store/store.py", "from ... import sampler", False),
        ("nodes/host/store/store.py", "import comfy.sample", True),
        ("nodes/host/store/store.py", "import requests", False),
        ("nodes/sheet.py", "from .host.store import Store", True),
        ("nodes/sheet.py", "from .frames import x", False),
        ("nodes/sheet.py", "import torch", False),
        ("nodes/extension.py", "from .sheet import NODES", True),
        ("nodes/extension.py", "from . import sheet", True),
        ("nodes/extension.py", "from .core import seeds", False),
    ],
)
def test_the_rule_itself(file, line, good):
    path = ROOT / file
    assert all(allowed(path, module) for module in modules(line, package_of(path))) is good
