"""`montada worker`: does what waits in the background, until it is stopped."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.utils.translation import gettext_noop

from montada.djangokit.signals import worker_started
from montada.djangokit.terminal import TerminalCommand

SECONDS_BETWEEN_LOOKS = 2.0
"""An idle worker asks the database this seldom; nobody waits for what it does."""


class Command(TerminalCommand):
    help = gettext_noop("Do the work that waits in the background, until stopped.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--batch", action="store_true", help="do what waits now, then stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worker_started.send(sender=None)
        call_command(
            "db_worker",
            queue_name="*",
            interval=SECONDS_BETWEEN_LOOKS,
            batch=options["batch"],
            reload=False,
            verbosity=options["verbosity"],
        )
