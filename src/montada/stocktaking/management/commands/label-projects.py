# ruff: noqa: N999 - the dash is part of the command's name
"""`montada label-projects`: read the titles that wait, and suggest labels."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.stocktaking import operations

BATCH = 25
"""Titles between two lines of progress; what an interruption may lose."""

INTERRUPTED = 130
"""Exit status of what Ctrl-C ended, as shells know it."""


class Command(TerminalCommand):
    help = gettext_noop(
        "Read the titles of projects and suggest action lines and goals for each."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        counts = {"read": 0, "with_labels": 0, "waiting": 0}
        try:
            self._read_all(counts)
        except KeyboardInterrupt:
            self.stderr.write(_("Stopped. Run it again to go on from here."))
            self._report(counts, options["json"])
            sys.exit(INTERRUPTED)
        self._report(counts, options["json"])

    def _read_all(self, counts: dict[str, int]) -> None:
        """Read batch by batch, each kept by itself; count what was done in `counts`."""
        done = None
        while done is None or (done.n_read and done.n_waiting):
            done = operations.label_waiting(
                at=timezone.now(), keep_going=lambda: True, limit=BATCH
            )
            counts["read"] += done.n_read
            counts["with_labels"] += done.n_with_labels
            counts["waiting"] = done.n_waiting
            numbers = {"read": counts["read"], "all": counts["read"] + done.n_waiting}
            self.stderr.write(_("%(read)s of %(all)s titles read") % numbers)

    def _report(self, counts: dict[str, int], as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(counts))
            return
        sentence = _(
            "%(read)s titles read, %(with_labels)s of them suggest labels; "
            "%(waiting)s wait."
        )
        self.stdout.write(sentence % counts)
