# ruff: noqa: N999 - the dash is part of the command's name
"""`montada import-figures FILE …`: take in figures of countries by year."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from montada.djangokit.tables import ImportReport
from montada.djangokit.terminal import TerminalCommand
from montada.indicators import operations


class Command(TerminalCommand):
    help = gettext_noop(
        "Take in tables of figures: series,area,year,value (one row a figure) or "
        "series,country,2000,2001,… (one column a year). A file goes in whole or not "
        "at all; without FILE: the figures that come with Montada."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
        parser.add_argument(
            "--series",
            type=Path,
            metavar="FILE",
            help="table series,code,unit,source,licence of series that may be new",
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        is_rehearsal = options["dry_run"]
        with transaction.atomic():
            reports = self._reports(**options)
            if is_rehearsal:
                transaction.set_rollback(True)
        for name, report in reports:
            self._show(name, report, as_json=options["json"])
        if any(report.n_refused for _name, report in reports):
            raise CommandError("Files with a refused row were not taken in.")

    def _reports(self, **options: Any) -> list[tuple[str, ImportReport]]:
        at = timezone.now()
        if not options["files"]:
            carried = operations.load_own_figures(at=at)
            return [("carried", report) for report in carried]
        return [
            (
                path.name,
                operations.import_file(
                    path=path,
                    series_path=options["series"],
                    imported_by=None,
                    at=at,
                    dry_run=options["dry_run"],
                ),
            )
            for path in options["files"]
        ]

    def _show(self, name: str, report: ImportReport, *, as_json: bool) -> None:
        if as_json:
            told = {"file": name, **report.as_json()}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for line in report.lines():
            self.stdout.write(f"{name}: {line}")
