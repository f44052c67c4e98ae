# ruff: noqa: N999 - the dash is part of the command's name
"""`montada load-translations FILE`: approve translations of titles, row by row."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.stocktaking import operations


class Command(TerminalCommand):
    help = gettext_noop(
        "Approve translations of titles from a CSV file (title, country, title_ar). "
        "Rows that meet no project are reported, the others go in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        report = operations.load_translations(
            path=options["file"], approved_by=None, at=timezone.now()
        )
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            self.stdout.writelines(f"{line}\n" for line in report.lines())
        if report.n_refused:
            sys.exit(1)
