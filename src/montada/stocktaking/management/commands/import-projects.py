# ruff: noqa: N999 - the dash is part of the command's name
"""`montada import-projects`: take in a file of projects, row by row."""

from __future__ import annotations

import json
import signal
import sys
import tomllib
from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from montada.djangokit.refusals import Refusal
from montada.djangokit.terminal import TerminalCommand
from montada.stocktaking import operations

INTERRUPTED = 130
"""Exit status of what Ctrl-C ended, as shells know it."""


class MappingUnreadable(Refusal):
    code = "stocktaking.mapping_unreadable"
    message = _("The mapping %(path)s cannot be read: %(why)s")


class Command(TerminalCommand):
    help = gettext_noop(
        "Take in a file of projects (CSV, XLSX, JSON or IATI), row by row. Rows that "
        "are refused stay out, the others go in; a file that was interrupted goes on "
        "where it was."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, keep nothing"
        )
        parser.add_argument("--json", action="store_true", help="report as JSON")
        parser.add_argument(
            "--mapping",
            type=Path,
            metavar="M",
            help="a TOML or JSON file: column = field; else columns are recognised",
        )
        parser.add_argument(
            "--source",
            default="",
            metavar="NAME",
            help="whose identifiers the rows carry; else the file's name",
        )
        parser.add_argument(
            "--schema",
            type=Path,
            metavar="DIR",
            help="folder of IATI's official schemas, to check the file against",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_stopped = False
        before = signal.signal(signal.SIGINT, self._stop)
        try:
            answer = operations.import_projects(
                path=options["file"],
                mapping=_mapping(options["mapping"]),
                system=options["source"][:80],
                dry_run=options["dry_run"],
                at=timezone.now(),
                keep_going=lambda: not self.is_stopped,
                told=self._progress if sys.stderr.isatty() else None,
            )
        finally:
            signal.signal(signal.SIGINT, before)
        if options["schema"]:
            found = operations.check_schema(
                path=options["file"], folder=options["schema"]
            )
            answer = replace(answer, schema=found or {"version": None})
        self._say(answer, options["json"])
        if self.is_stopped:
            self.stderr.write(_now("Stopped. Run it again to go on from here."))
            sys.exit(INTERRUPTED)
        if answer.n_refused:
            sys.exit(1)

    def _say(self, answer: Any, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer.as_json(), ensure_ascii=False))
        else:
            self.stdout.writelines(f"{line}\n" for line in answer.lines())

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        """End after the rows that are being written; at once when asked again."""
        if self.is_stopped:
            raise KeyboardInterrupt
        self.is_stopped = True

    def _progress(self, n_rows: int) -> None:
        self.stderr.write(_now("%(n)s rows") % {"n": f"{n_rows:,}"}, ending="\r")


def _mapping(path: Path | None) -> dict[str, str] | None:
    """
    Return the mapping that a file holds.

    Raises
    ------
    MappingUnreadable
    """
    if path is None:
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
        is_json = text.lstrip().startswith("{")
        found = json.loads(text) if is_json else tomllib.loads(text)
    except (OSError, ValueError) as error:
        raise MappingUnreadable(path=path, why=error) from None
    if not all(isinstance(field, str) for field in found.values()):
        raise MappingUnreadable(path=path, why=_now("write column = field"))
    return dict(found)
