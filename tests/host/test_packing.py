"""What the registry packs, `git ls-files` without what .comfyignore names, is the whole pack."""

from __future__ import annotations

import asyncio
import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNS = ("__init__.py", "nodes/", "web/", "locales/", "example_workflows/")
SAYS = ("README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml")
LINK = re.compile(r"\]\(<?([^)>#]+)")


def tracked(*options):
    if not (ROOT / ".git").exists():
        pytest.skip("no git checkout: nothing can be packed from here")
    command = ["git", "ls-files", *options]
    return subprocess.check_output(command, cwd=ROOT, text=True, encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def packed():
    ignored = set(tracked("--cached", "--ignored", "--exclude-from=.comfyignore"))
    return [name for name in tracked() if name not in ignored and (ROOT / name).exists()]


def test_nothing_that_runs_is_left_out_and_little_else_is_in(packed):
    here = [name for name in tracked() if (ROOT / name).exists()]
    assert [name for name in here if name.startswith((*RUNS, *SAYS)) and name not in packed] == []
    rest = [name for name in packed if not name.startswith((*RUNS, *SAYS))]
    assert rest == ["tools/client.py"]


def test_git_quotes_no_name(packed):
    """The registry's client takes the names as git prints them: a quoted one is left out."""
    assert [name for name in packed if not name.isascii() or '"' in name] == []


def test_every_link_of_the_documents_leads_to_a_packed_file(packed):
    broken = []
    told = {*packed, "CONTRIBUTING.md"}  # for whoever has the whole repository
    for name in packed:
        if name.endswith(".md"):
            targets = LINK.findall((ROOT / name).read_text(encoding="utf-8"))
            files = [(ROOT / name).parent / each for each in targets if "://" not in each]
            inside = [file.resolve().relative_to(ROOT).as_posix() for file in files]
            broken += [(name, file) for file in inside if file not in told]
    assert broken == []


def test_the_host_loads_the_same_nodes_from_it(packed, tmp_path, monkeypatch):
    for name in packed:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    spec = importlib.util.spec_from_file_location(
        "packed", tmp_path / "__init__.py", submodule_search_locations=[str(tmp_path)]
    )
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "packed", module)
    spec.loader.exec_module(module)
    from pack.nodes.extension import NODES

    ids = [node.define_schema().node_id for node in NODES]
    assert node_ids(module) == ids
    assert (tmp_path / module.WEB_DIRECTORY / "main.js").is_file()


def node_ids(module):
    async def nodes():
        extension = await module.comfy_entrypoint()
        return await extension.get_node_list()

    return [node.define_schema().node_id for node in asyncio.run(nodes())]
