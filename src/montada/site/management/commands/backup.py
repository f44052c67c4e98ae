"""`montada backup FILE`: database and files in one file, while the forum runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.site.safekeeping.operations import back_up


class Command(TerminalCommand):
    help = gettext_noop("Write database and files into one file, while people work.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a new file, for example forum.tar")

    def handle(self, *args: Any, **options: Any) -> None:
        manifest = back_up(file=options["file"], at=timezone.now())
        size = sum(member.size_bytes for member in manifest.members.values())
        self.stdout.write(
            _("%(file)s: %(count)s files, %(size)s bytes, each with its checksum.")
            % {"file": options["file"], "count": len(manifest.members), "size": size}
        )
