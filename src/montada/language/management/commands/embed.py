"""`montada embed`: encodes what was published, so that it is found by its meaning."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.language import operations


class Command(TerminalCommand):
    help = gettext_noop(
        "Encode published texts that wait for it, so that search finds them by their "
        "meaning. Ctrl-C stops it; it goes on where it stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--workers", type=int, default=1, help="processes that encode (default: 1)"
        )
        parser.add_argument("--limit", type=int, help="texts to encode at most")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = operations.embed_waiting(
                keep_going=lambda: True,
                limit=options["limit"],
                report=self._report,
                n_processes=max(options["workers"], 1),
            )
        except KeyboardInterrupt:
            self.stderr.write(_("Stopped. What was encoded is kept."))
            sys.exit(130)
        operations.note_encoded(done=done, at=timezone.now())
        self.stdout.write(
            _("%(done)s texts encoded, %(waiting)s wait.")
            % {"done": done.n_done, "waiting": done.n_waiting}
        )

    def _report(self, n_done: int, n_all: int) -> None:
        self.stderr.write(
            _("%(done)s of %(all)s texts") % {"done": n_done, "all": n_all}
        )
