# ruff: noqa: N999 - the dash is part of the command's name
"""montada load-targets FILE: the official titles of goals and targets."""

from __future__ import annotations

import dataclasses
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext_noop

from montada.djangokit.refusals import Refusal
from montada.framework.operations import load_targets


class Command(BaseCommand):
    help = gettext_noop("Load official titles of goals and targets from a CSV file.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="columns kind, code, goal, field, ar, en, fr, es, zh, ru",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and stop"
        )
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_targets(
                path=options["file"],
                loaded_by=None,
                at=timezone.now(),
                dry_run=options["dry_run"],
            )
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        if options["json"]:
            self.stdout.write(json.dumps(dataclasses.asdict(report), indent=2))
        else:
            self.stdout.writelines(f"{line}\n" for line in report.lines())
        if report.n_refused:
            self.stderr.write(
                "Nothing was stored: correct these rows and run it again."
            )
            sys.exit(1)
