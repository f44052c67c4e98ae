# ruff: noqa: N999 - the dash is part of the command's name
"""montada import-programme FILE --edition SLUG: a programme becomes a plan."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.edition import queries as editions
from montada.programme import operations


class Command(TerminalCommand):
    help = gettext_noop(
        "Take in a programme (schedule.xml, schedule.json, CSV, XLSX) as a plan of an "
        "edition: whole, or not at all."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--edition", required=True, metavar="SLUG")
        parser.add_argument(
            "--plan", default="", metavar="NAME", help="its name is the file's without"
        )
        parser.add_argument(
            "--move-days",
            action="store_true",
            help="put its first day on the first day of the edition",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and stop"
        )
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = editions.edition(options["edition"])
        if edition is None:
            raise CommandError(
                _("There is no edition %(slug)s.") % {"slug": options["edition"]}
            )
        path: Path = options["file"]
        taken = operations.take_in_schedule(
            edition=edition,
            path=path,
            plan_name=options["plan"] or path.name,
            is_moved=options["move_days"],
            taken_by=None,
            at=timezone.now(),
            is_dry_run=options["dry_run"],
        )
        if options["json"]:
            self.stdout.write(json.dumps(taken.as_json(), ensure_ascii=False))
        else:
            self.stdout.writelines(f"{line}\n" for line in taken.lines())
        if taken.report.n_refused:
            self.stderr.write(
                _("Nothing was written: correct these rows and run it again.")
            )
            sys.exit(1)
