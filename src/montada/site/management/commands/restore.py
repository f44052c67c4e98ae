"""`montada restore FILE`: puts a backup into this installation."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.site import readiness
from montada.site.safekeeping.operations import restore


class Command(TerminalCommand):
    help = gettext_noop("Put a backup in the place of this installation's forum.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="what `montada backup` wrote")
        parser.add_argument(
            "--replace", action="store_true", help="even if there is a forum already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = restore(
            file=options["file"], replace=options["replace"], at=timezone.now()
        )
        if readiness.migrations_to_apply():
            call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write(
            _("Restored: the forum of %(made_at)s, with %(count)s files.")
            % {"made_at": manifest.made_at, "count": len(manifest.members) - 1}
        )
