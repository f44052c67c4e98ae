# ruff: noqa: N999 - the dash is part of the command's name
"""`montada import-votes`: a conversation as Polis exports it, into an edition."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.consultation.operations.conversations import take_conversation_in
from montada.consultation.queries.vote_files import conversation_in
from montada.djangokit.terminal import TerminalCommand
from montada.edition import queries as editions


class Command(TerminalCommand):
    help = gettext_noop(
        "Import statements and votes: a folder as Polis exports it. The same twice is "
        "imported once; what was broken off goes on where it was."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "votes", type=Path, metavar="FOLDER", help="the folder, or its votes.csv"
        )
        parser.add_argument(
            "--edition", required=True, metavar="SLUG", help="as in its address"
        )
        parser.add_argument(
            "--comments", type=Path, metavar="FILE", help="if not beside the votes"
        )
        parser.add_argument(
            "--participants",
            type=Path,
            metavar="FILE",
            help="CSV: id, stakeholder_type, tier",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and stop"
        )
        parser.add_argument("--json", action="store_true", help="report as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = editions.edition(options["edition"])
        if edition is None:
            raise CommandError(
                _("There is no edition “%(slug)s”. There are: %(known)s.")
                % {
                    "slug": options["edition"],
                    "known": ", ".join(one.slug for one in editions.editions()),
                }
            )
        conversation = conversation_in(
            options["votes"], options["participants"], options["comments"]
        )
        taken = take_conversation_in(
            edition=edition,
            conversation=conversation,
            taken_in_by=None,
            at=timezone.now(),
            dry_run=options["dry_run"],
            tell=self._tell,
        )
        counts = asdict(taken)
        if options["json"]:
            self.stdout.write(json.dumps({"dry_run": options["dry_run"], **counts}))
            return
        for name, n in counts.items():
            self.stdout.write(f"{name.replace('_', ' ')}: {n}")

    def _tell(self, done: int, everybody: int) -> None:
        self.stderr.write(
            _("%(done)s of %(all)s voters") % {"done": done, "all": everybody}
        )
