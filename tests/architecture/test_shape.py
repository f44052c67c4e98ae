"""The shape of the code itself: what the import contracts cannot see."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import (
    OURS,
    ROOT,
    SOURCES,
    Function,
    is_room,
    name,
    public_functions,
    text,
    tree,
)

IMPURE_CALLS = {"open", "print", "input", "now", "today", "utcnow", "seed"}
MAX_FILE_LINES = 400
MAX_FUNCTION_LINES = 60
MAX_PROJECT_IMPORTS = 12
ROOMS_OF_TABLES = ("operations", "queries", "models", "permissions", "safekeeping")
"""Where rows are read and written; permissions ask for a person's roles."""

CALLS_EVERY_FEATURE = {"src/montada/demo/forum.py", "src/montada/site/urls.py"}
"""The demonstration and the address table stand on top and touch all."""

ENGINES = [path for path in SOURCES if "engine" in path.parts]


def operations() -> Iterator[tuple[str, Function]]:
    """Yield each operation and its name: what the room shows to other features."""
    for path in SOURCES:
        if not is_room(path, "operations"):
            continue
        room = path.with_name("__init__.py") if path.name != "operations.py" else path
        shown = {
            alias.asname or alias.name
            for node in tree(room).body
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }
        for function in public_functions(path):
            if room == path or function.name in shown:
                yield f"{name(path)}: {function.name}", function


@pytest.mark.parametrize("path", ENGINES, ids=name)
def test_an_engine_reads_no_clock_no_disk_no_global_randomness(path: Path) -> None:
    calls = {
        node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute | ast.Name)
    }

    assert calls & IMPURE_CALLS == set()


def test_operations_take_keywords_only() -> None:
    positional = [
        where
        for where, function in operations()
        if function.args.args or function.args.posonlyargs
    ]

    assert positional == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        name(path)
        for path in OURS
        if text(path).strip() and ast.get_docstring(tree(path)) is None
    ]

    assert silent == []


def test_operations_and_engines_say_what_types_cannot() -> None:
    engines = [
        (f"{name(path)}: {function.name}", function)
        for path in ENGINES
        for function in public_functions(path)
    ]
    spoken_of = [*operations(), *engines]

    assert [
        where for where, function in spoken_of if ast.get_docstring(function) is None
    ] == []


def test_files_are_short() -> None:
    long = {name(path): len(text(path).splitlines()) for path in OURS}

    assert {path: n for path, n in long.items() if n > MAX_FILE_LINES} == {}


def test_functions_are_short() -> None:
    long = [
        f"{name(path)}: {node.name}"
        for path in OURS
        for node in ast.walk(tree(path))
        if isinstance(node, Function)
        and (node.end_lineno or node.lineno) - node.lineno >= MAX_FUNCTION_LINES
    ]

    assert long == []


def test_a_file_leans_on_few_others() -> None:
    # What a package gathers of its own modules is no leaning.
    gathering = [path for path in SOURCES if path.name == "__init__.py"]
    many = {
        name(path): len(_project_imports(path))
        for path in SOURCES
        if path not in gathering
    }
    for path in CALLS_EVERY_FEATURE:
        del many[path]

    assert {path: n for path, n in many.items() if n > MAX_PROJECT_IMPORTS} == {}


def _project_imports(path: Path) -> set[str]:
    return {
        node.module
        if node.module.count(".") > 1
        else f"{node.module}.{node.names[0].name}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and node.module
        and node.module.startswith("montada.")
    }


def test_an_import_inside_a_function_gives_its_reason() -> None:
    unexplained = [
        f"{name(path)}:{node.lineno}"
        for path in OURS
        for function in ast.walk(tree(path))
        if isinstance(function, Function)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
        and not _is_explained(text(path).splitlines(), node.lineno)
    ]

    assert unexplained == []


def _is_explained(lines: list[str], number: int) -> bool:
    """Whether a comment stands above the line and its like, or after its code."""
    above = number - 1
    while above and "import " in lines[above - 1]:
        above -= 1
    after_the_code = lines[number - 1].partition("noqa: PLC0415")[2]
    return lines[above - 1].strip().startswith("#") or "#" in after_the_code


def test_rows_are_read_in_queries_and_written_in_operations() -> None:
    elsewhere = [
        f"{name(path)}:{node.lineno}: .{node.attr}"
        for path in SOURCES
        if not any(is_room(path, room) for room in ROOMS_OF_TABLES)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "save", "delete", "get_model"}
        # `super().save()`, the cache and an image are not tables.
        and ast.unparse(node.value) not in {"super()", "cache", "upright"}
    ]

    assert elsewhere == []


def test_import_contracts_are_kept() -> None:
    result = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=ROOT,
        env={"PYTHONPATH": "src:.", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert result.returncode == 0, result.stdout
