"""
The reference pages of docs/, written from the code.

    python -m tools.reference write     # docs/reference/*
    python -m tools.reference check     # says which page differs, exits 1
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import django
from django.core.serializers.json import DjangoJSONEncoder

from montada.djangokit.refusals import Refusal

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "montada"
REFERENCE = ROOT / "docs" / "reference"
HEAD = (
    "<!-- Written by `make docs` from the code. Change the code, not this page. -->\n\n"
)

MEANINGS = {
    "MONTADA_MAP": "File of countries to draw maps from, in place of ours (TopoJSON).",
    "MONTADA_MODELS": "Folder of the language model; several forums may share it.",
    "MONTADA_VAR": "Folder of all that is written: database, files, assets.",
    "MONTADA_HOSTS": "Names under which the forum answers, separated by commas.",
    "MONTADA_ORIGINS": (
        "Addresses (with `https://`) whose forms are accepted behind a proxy."
    ),
    "MONTADA_DIGITS": "On Arabic pages: `latin` (14,820), `arabic-indic` (١٤٬٨٢٠).",
    "MONTADA_MAIL_HOST": "Mail server. Empty: messages wait in the outbox.",
    "MONTADA_MAIL_PORT": "Port of the mail server.",
    "MONTADA_MAIL_TLS": "Whether the connection to the mail server is encrypted.",
    "MONTADA_MAIL_FROM": "Sender of the forum's messages.",
    "MONTADA_PROXIES": (
        "Proxies in front that add to `X-Forwarded-For`, so that tries to sign in are "
        "counted by reader."
    ),
    "MONTADA_SECRET_KEY": (
        "Signs sessions and links; at least 50 random characters. "
        "`MONTADA_SECRET_KEY_FILE` names a file that holds it instead."
    ),
}


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    kind: str
    default: str
    module: str


def variables() -> list[Variable]:
    """Return every environment variable that the settings read."""
    found = {
        variable.name: variable
        for path in sorted((PACKAGE / "settings").glob("*.py"))
        for variable in _variables_of(path)
    }
    return sorted(found.values(), key=lambda variable: variable.name)


def _variables_of(path: Path) -> Iterator[Variable]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if not node.func.id.startswith("env_") or not node.args:
            continue
        name = node.args[0]
        if isinstance(name, ast.Constant):
            default = ast.unparse(node.args[1]) if len(node.args) > 1 else ""
            kind = node.func.id.removeprefix("env_")
            yield Variable(str(name.value), kind, default, path.stem)


def settings_page() -> str:
    rows = []
    for variable in variables():
        if variable.name not in MEANINGS:
            raise SystemExit(
                f"{variable.name}: say in tools/reference.py what it means"
            )
        shown = f"`{variable.default}`" if variable.default.strip("'\"") else "empty"
        cells = (f"`{variable.name}`", variable.kind, shown, MEANINGS[variable.name])
        rows.append(f"| {' | '.join(cells)} |")
    gone = MEANINGS.keys() - {variable.name for variable in variables()}
    if gone:
        raise SystemExit(
            f"no setting reads {sorted(gone)}: remove from tools/reference.py"
        )
    return (
        f"{HEAD}# Settings\n\n"
        "Everything that differs between installations is an environment variable. "
        "`DJANGO_SETTINGS_MODULE` chooses between `montada.settings.local` (the "
        "default: one machine, the secret made on first start) and "
        "`montada.settings.production` (a public server behind TLS). A value that "
        "makes no sense stops the start with a sentence.\n\n"
        "| Variable | Kind | Default | Meaning |\n| --- | --- | --- | --- |\n"
        + "\n".join(rows)
        + "\n"
    )


def commands_page() -> str:
    from django.core.management import load_command_class  # noqa: PLC0415  # after setup

    from montada.site.management.commands.overview import (  # noqa: PLC0415  # after setup
        GROUPS,
        group_of,
        our_apps,
    )

    apps = our_apps()
    parts = [
        f"{HEAD}# Commands\n\n`montada COMMAND`, or `python -m montada COMMAND`. "
        "`montada` alone lists them, `montada help COMMAND` explains one. Commands "
        "exit with 0 when all went well, 1 when something was refused or found, 2 when "
        "the words of the command were not understood.\n"
    ]
    for group in GROUPS:
        names = [name for name in apps if group_of(name) == group]
        if names:
            parts.append(f"\n## {group}\n")
        for name in names:
            command = load_command_class(apps[name], name)
            parts.append(f"\n### {name}\n\n{command.help}\n")
            parts.append(_arguments(command.create_parser("montada", name)))
    return "".join(parts)


STOCK = {"--version", "--settings", "--pythonpath", "--traceback", "--no-color"}
STOCK |= {"--force-color", "--skip-checks", "--verbosity", "--help"}


def _arguments(parser: argparse.ArgumentParser) -> str:
    rows = []
    for action in parser._actions:
        if STOCK & set(action.option_strings):
            continue
        names = ", ".join(f"`{name}`" for name in action.option_strings)
        shown = names or f"`{action.dest.upper()}`"
        rows.append(f"- {shown}: {action.help or '–'}\n")
    return "\n" + "".join(rows) if rows else ""


def refusals_page() -> str:
    for module in pkgutil.walk_packages([str(PACKAGE)], "montada."):
        if not {"settings", "__main__", "migrations"} & set(module.name.split(".")):
            importlib.import_module(module.name)
    rows = sorted(
        f"| `{kind.code}` | {kind.message} | `{_home(kind)}` |"
        for kind in _kinds(Refusal)
        if "code" in vars(kind)
    )
    return (
        f"{HEAD}# Refusals\n\n"
        "A refusal is a rule of the forum that said no; nothing was changed. A page "
        "shows the sentence in the reader's language; the API answers 409 (401 and 403 "
        "where it is of who asks) with the code, the sentence and its values; a "
        "command prints it and exits with 1.\n\n"
        "| Code | Sentence | From |\n| --- | --- | --- |\n" + "\n".join(rows) + "\n"
    )


def _kinds(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for narrower in kind.__subclasses__():
        if narrower.__module__.startswith("montada."):
            yield narrower
        yield from _kinds(narrower)


def _home(kind: type[Refusal]) -> str:
    return kind.__module__.removeprefix("montada.")


def openapi_document() -> str:
    from montada.site.api import api  # noqa: PLC0415  # after setup

    schema = json.loads(json.dumps(api.get_openapi_schema(), cls=DjangoJSONEncoder))
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def record_schema() -> str:
    from montada.stocktaking.engine.record import ProjectRecord  # noqa: PLC0415  # after setup

    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    schema = head | ProjectRecord.json_schema()
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "commands.md": commands_page,
    "openapi.json": openapi_document,
    "project-record.schema.json": record_schema,
    "refusals.md": refusals_page,
    "settings.md": settings_page,
}


def differing() -> list[str]:
    """Return the pages that are not what the code says."""
    return [
        name
        for name, write in PAGES.items()
        if not (REFERENCE / name).exists()
        or (REFERENCE / name).read_text(encoding="utf-8") != write()
    ]


def main(wish: str) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "montada.settings.test")
    django.setup()
    from django.utils import translation  # noqa: PLC0415  # after setup

    translation.activate("en")
    if wish == "write":
        REFERENCE.mkdir(parents=True, exist_ok=True)
        for name, write in PAGES.items():
            (REFERENCE / name).write_text(write(), encoding="utf-8")
    elif wish == "check":
        wrong = differing()
        print(
            "\n".join(f"{name}: run `make docs`" for name in wrong) or "docs: in step"
        )
        return 1 if wrong else 0
    else:
        print(__doc__)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2] or [""]))
