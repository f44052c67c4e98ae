"""Commands: English on a terminal, a refusal is one line, an import tells of rows."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from montada.djangokit.refusals import Refusal
from montada.djangokit.tables import ImportReport


class TerminalCommand(BaseCommand):
    """
    A command that answers in English and ends with one clear line where it is refused.

    English, because most terminals set Arabic in broken order.
    """

    requires_system_checks = ()

    def execute(self, *args: Any, **options: Any) -> Any:
        with translation.override("en"):
            try:
                return super().execute(*args, **options)
            except Refusal as refusal:
                raise CommandError(str(refusal)) from refusal


class ImportCommand(TerminalCommand):
    """
    A command that takes in one file, whole or not at all, and tells of its rows.

    Subclasses name the `columns` and write `take_in`. Exit status 1 if a row is
    refused, in a dry run too.
    """

    columns: ClassVar[str]

    def take_in(self, *, path: Path, at: datetime, dry_run: bool) -> ImportReport:
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, metavar="FILE", help=f"a CSV file: {self.columns}"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and stop"
        )
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        report = self.take_in(
            path=options["file"], at=timezone.now(), dry_run=options["dry_run"]
        )
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.stdout.writelines(f"{line}\n" for line in report.lines())
        if report.n_refused:
            self.stderr.write(
                _("Nothing was written: correct these rows and run it again.")
            )
            sys.exit(1)
