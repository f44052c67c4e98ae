"""The repository as text: what the tests of its shape look at."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "montada"
SOURCES = sorted(
    path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts
)
OURS = [
    *SOURCES,
    *sorted(
        path
        for folder in ("tests", "tools", "benchmarks")
        for path in (ROOT / folder).rglob("*.py")
    ),
]
TEMPLATES = sorted(
    path for path in PACKAGE.rglob("*.html") if "templates" in path.parts
)
STYLES = sorted(path for path in PACKAGE.rglob("*.css") if "vendor" not in path.parts)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text(path))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def is_room(path: Path, room: str) -> bool:
    """Whether a file is the feature's `room`: `room.py`, or inside `room/`."""
    inside = path.relative_to(PACKAGE).parts[1:] if path.is_relative_to(PACKAGE) else ()
    return bool(inside) and inside[0].removesuffix(".py") == room


def public_functions(path: Path) -> Iterator[Function]:
    for node in tree(path).body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def lines_saying(path: Path, pattern: str) -> Iterator[str]:
    """Yield `file:line: text` of the lines in which the expression is found."""
    for number, line in enumerate(text(path).splitlines(), start=1):
        if re.search(pattern, line):
            yield f"{name(path)}:{number}: {line.strip()[:100]}"
