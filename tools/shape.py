"""How the code is cut, a line a room:

    python tools/shape.py                    core and host, and each of their rooms
    python tools/shape.py nodes/core/text    a folder; also lists what is long or named once

functions  how many, methods too; median, p90, longest: their lines, `def` and docstring included
>30        functions of more than 30 lines: too long to be seen at once
once       private helpers that their file names exactly once, where it calls them. Each is a jump
           that the reader pays for; it should say more by its name than its lines would in place
files      how many, >300: of more than 300 lines; lines: of all of them
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONG_FUNCTION, LONG_FILE = 30, 300
HEAD = ("", "functions", "median", "p90", "longest", ">30", "once", "", "files", ">300", "lines")


@dataclass(frozen=True)
class Function:
    """A function or method: how long it is, and whether it is a helper that is named once."""

    file: str
    name: str
    lines: int
    once: bool


@dataclass(frozen=True)
class Shape:
    """What is counted of the Python files of a folder, those of its folders too."""

    functions: list[Function] = field(default_factory=list)
    files: dict[str, int] = field(default_factory=dict)

    @property
    def once(self) -> list[Function]:
        return [each for each in self.functions if each.once]

    @property
    def long(self) -> list[Function]:
        return [each for each in self.functions if each.lines > LONG_FUNCTION]

    @property
    def share(self) -> float:
        """How much of all functions the helpers are that are named once."""
        return len(self.once) / max(1, len(self.functions))

    def row(self, name: str) -> tuple[object, ...]:
        lengths = sorted(each.lines for each in self.functions) or [0]
        middle, high = lengths[len(lengths) // 2], lengths[len(lengths) * 9 // 10]
        sizes = self.files.values()
        return (
            name, len(self.functions), middle, high, lengths[-1], len(self.long),
            len(self.once), f"{self.share:.0%}",
            len(sizes), sum(size > LONG_FILE for size in sizes), sum(sizes),
        )  # fmt: skip


def measured(folder: Path) -> Shape:
    shape = Shape()
    for path in sorted(folder.rglob("*.py")):
        text, file = path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix()
        shape.files[file] = len(text.splitlines())
        shape.functions.extend(functions(ast.parse(text), file))
    return shape


def functions(tree: ast.Module, file: str) -> Iterator[Function]:
    nodes = list(ast.walk(tree))
    named = Counter(node.id for node in nodes if isinstance(node, ast.Name))
    named.update(node.attr for node in nodes if isinstance(node, ast.Attribute))
    for node in nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            private = node.name.startswith("_") and not node.name.startswith("__")
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            yield Function(file, node.name, lines, private and named[node.name] == 1)


def rooms() -> list[Path]:
    """core and host, each followed by its rooms."""
    tops = [ROOT / "nodes" / "core", ROOT / "nodes" / "host"]
    return [
        room
        for top in tops
        for room in [top, *sorted(each.parent for each in top.glob("*/__init__.py"))]
    ]


def main(arguments: list[str]) -> None:
    folders = [Path(each).resolve() for each in arguments] or rooms()
    shapes = [measured(folder) for folder in folders]
    names = [folder.relative_to(ROOT).as_posix() for folder in folders]
    for row in [HEAD, *(shape.row(name) for name, shape in zip(names, shapes, strict=True))]:
        print(f"{row[0]:<22}", *(f"{value:>10}" for value in row[1:]), sep="")
    for shape in shapes if arguments else ():
        for each in [*shape.long, *shape.once]:
            print(f"{each.file}  {each.name}  {each.lines} lines")


if __name__ == "__main__":
    main(sys.argv[1:])
