"""Everything this project can check about itself, from a bare Python.

    python tools/test.py                      all of it
    python tools/test.py --only core,host     some of it
    python tools/test.py --only core -- -k seeds   arguments after -- go to pytest
    python tools/test.py --comfyui PATH [--python PROGRAM]   against your own ComfyUI

The first run installs what it needs in a cache outside this folder; later runs install nothing.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rig.browser import chromium
from rig.cache import RigError, say
from rig.commands import answers
from rig.environment import environment
from rig.host import Host, chosen_host, host_options
from rig.node import checkers, node
from rig.reports import Count, read_junit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Rig:
    """What the suites run with."""

    tools: Path  # the python with the checkers
    host: Host
    scratch: Path
    extra: tuple[str, ...]  # for pytest

    def run(self, command: Sequence[str | Path], **more: str) -> bool:
        parts = [str(part) for part in command]
        return subprocess.run(parts, cwd=ROOT, env={**os.environ, **more}).returncode == 0


def one_check(good: bool) -> Count:
    return Count(passed=int(good), failed=int(not good))


def lint(rig: Rig) -> Count:
    ruff = [rig.tools, "-m", "ruff"]
    return one_check(rig.run([*ruff, "check", "."])) + one_check(
        rig.run([*ruff, "format", "--check", "."])
    )


def web_lint(rig: Rig) -> Count:
    """Biome formats and lints the page's scripts and styles, as tools/biome.jsonc says."""
    biome = checkers() / "@biomejs" / "biome" / "bin" / "biome"
    config = f"--config-path={ROOT / 'tools' / 'biome.jsonc'}"
    return one_check(rig.run([node(), biome, "ci", config, "web", "tests/web"]))


def types(rig: Rig) -> Count:
    """The host's tree is found through the interpreter's own path."""
    pyright = [node(), checkers() / "pyright" / "index.js", "--pythonpath", rig.host.python]
    return one_check(rig.run(pyright, PYTHONPATH=str(rig.host.folder)))


def pytest(*folders: str, by_two: bool = False) -> Callable[[Rig], Count]:
    """Two processes, each with whole files of tests and its own servers, leave no core idle
    while a host starts. One thread of PyTorch each then: more would only wait for each other."""
    shared = ["-n", "2", "--dist", "loadfile"] if by_two else []

    def suite(rig: Rig) -> Count:
        junit = rig.scratch / "pytest.xml"
        junit.unlink(missing_ok=True)
        options = [f"--junitxml={junit}", *shared, *folders, *rig.extra]
        good = rig.run(
            [rig.host.python, "-m", "pytest", *options],
            PROOFSHEET_COMFYUI=str(rig.host.folder),
            PROOFSHEET_PYTHON=str(rig.host.python),
            **({"OMP_NUM_THREADS": "1"} if by_two else {}),
        )
        return settle(read_junit(junit), good, rig.extra)

    return suite


def settle(count: Count, good: bool, extra: tuple[str, ...] = ()) -> Count:
    """A runner that failed without a failed test, or ran none at all, counts as one failure."""
    nothing = count == Count()
    chosen_away = nothing and bool(extra)  # -k and the like may leave a suite empty
    if count.failed or (good and not nothing) or chosen_away:
        return count
    return count + Count(failed=1)


def browser(rig: Rig) -> Count:
    os.environ["PROOFSHEET_CHROMIUM"] = str(chromium())
    return pytest("tests/browser")(rig)


def web(rig: Rig) -> Count:
    junit = rig.scratch / "node.xml"
    files = sorted(str(file) for file in (ROOT / "tests" / "web").rglob("*.test.js"))
    good = rig.run(
        [
            node(), "--test",
            "--test-reporter=spec", "--test-reporter-destination=stdout",
            "--test-reporter=junit", f"--test-reporter-destination={junit}",
            *files,
        ]
    )  # fmt: skip
    return settle(read_junit(junit), good)


def web_types(rig: Rig) -> Count:
    tsc = checkers() / "typescript" / "bin" / "tsc"
    return one_check(rig.run([node(), tsc, "-p", ROOT / "tests" / "web" / "tsconfig.json"]))


@dataclass(frozen=True)
class Suite:
    run: Callable[[Rig], Count]
    wants: str  # a pattern of files; without any there is nothing to run yet
    groups: tuple[str, ...] = ()  # packages beyond those of every run


PURE = ("tests/test_imports.py", "tests/test_lines.py")  # of the files themselves

SUITES = {
    "lint": Suite(lint, "nodes/*.py"),
    "types": Suite(types, "nodes/*.py"),
    "web lint": Suite(web_lint, "web/**/*.js"),
    "web types": Suite(web_types, "web/**/*.js"),
    "web": Suite(web, "tests/web/**/*.test.js"),
    "core": Suite(pytest("tests/core", *PURE), "tests/core/test_*.py"),
    "tools": Suite(pytest("tests/tools"), "tests/tools/test_*.py"),
    "host": Suite(pytest("tests/host", by_two=True), "tests/host/test_*.py"),
    "server": Suite(pytest("tests/server", by_two=True), "tests/server/test_*.py"),
    "browser": Suite(browser, "tests/browser/test_*.py", ("browser",)),
}


def there(name: str) -> bool:
    return any(ROOT.glob(SUITES[name].wants))


def prepare(options: argparse.Namespace, chosen: list[str], scratch: Path) -> Rig:
    groups = [group for name in chosen if there(name) for group in SUITES[name].groups]
    tools = environment("host", "test", *groups)
    host = chosen_host(options)
    if not answers([host.python, "-c", "import pytest, hypothesis, jsonschema, xdist"]):
        advice = f"{host.python} -m pip install pytest pytest-xdist hypothesis jsonschema"
        raise RigError("Preparing the tests", f"{host.python} lacks a package", advice)
    say(f"ComfyUI {host.version} in {host.folder}, run by {host.python}")
    return Rig(tools, host, scratch, tuple(options.extra))


def parse(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    ours, extra = split(arguments)
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", default=",".join(SUITES), help="suites, separated by commas")
    host_options(parser)
    options = parser.parse_args(ours)
    options.extra = extra
    chosen = [name.strip() for name in options.only.split(",")]
    for name in chosen:
        if name not in SUITES:
            parser.error(f"--only: {name!r} is none of {', '.join(SUITES)}")
    return options, chosen


def split(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    at = arguments.index("--")
    return arguments[:at], arguments[at + 1 :]


def run_suites(rig: Rig, chosen: list[str]) -> dict[str, tuple[Count, float] | None]:
    results: dict[str, tuple[Count, float] | None] = {}
    for name in chosen:
        if not there(name):
            results[name] = None
            continue
        say(f"\n=== {name} ===")
        started = time.monotonic()
        results[name] = (SUITES[name].run(rig), time.monotonic() - started)
    return results


def summarise(results: dict[str, tuple[Count, float] | None]) -> Count:
    say("\n=== summary ===")
    total = Count()
    for name, result in results.items():
        if result is None:
            say(f"{name:10}  nothing there to run: no {SUITES[name].wants}")
            continue
        count, seconds = result
        say(f"{name:10}  {count}  ({seconds:.0f} s)")
        total += count
    say(str(total))
    return total


def main() -> int:
    options, chosen = parse(sys.argv[1:])
    try:
        with tempfile.TemporaryDirectory() as scratch:
            rig = prepare(options, chosen, Path(scratch))
            total = summarise(run_suites(rig, chosen))
    except RigError as error:
        say(f"\n{error}")
        return 1
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    sys.exit(main())
