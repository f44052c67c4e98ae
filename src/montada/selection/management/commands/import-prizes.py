# ruff: noqa: N999 - the dash is part of the command's name
"""montada import-prizes FILE: awards and nominations, with their projects."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext_noop

from montada.djangokit.refusals import Refusal
from montada.djangokit.tables import ImportReport, Status
from montada.selection.operations import import_prizes

STATUSES: tuple[Status, ...] = (
    "accepted",
    "changed",
    "unchanged",
    "skipped",
    "refused",
)


class Command(BaseCommand):
    help = gettext_noop(
        "Read a list of prizes (winners, champions, nominees) from a CSV file."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="columns year, category, result, title, organisation, country, "
            "stakeholder_type, source_url",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and stop"
        )
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_prizes(
                path=options["file"],
                imported_by=None,
                at=timezone.now(),
                dry_run=options["dry_run"],
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(report), ensure_ascii=False))
        else:
            self.stdout.writelines(f"{line}\n" for line in report.lines())
        if report.n_refused:
            self.stderr.write(
                "Nothing was written: correct these rows and run it again."
            )
            sys.exit(1)


def _as_json(report: ImportReport) -> dict[str, Any]:
    counts: dict[str, Any] = {
        status: report.counts.get(status, 0) for status in STATUSES
    }
    rows = [
        {"row": n.row, "status": n.status, "field": n.field, "reason": n.reason}
        for n in report.rows
    ]
    return {"format": "csv", "read": report.read, **counts, "rows": rows}
