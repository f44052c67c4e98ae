"""`montada language [FILE]`: which of the six languages a text is in."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.reading import text_of
from montada.djangokit.terminal import TerminalCommand
from montada.language import queries


class Command(TerminalCommand):
    help = gettext_noop(
        "Say which of the six languages a text is in, from a file or standard input, "
        "and how sure that is (0 to 1)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", metavar="FILE", help="UTF-8 text"
        )
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        text = text_of(options["file"])
        guess = queries.language_of(text)
        if len(text) > queries.LONGEST_TEXT:
            self.stderr.write(
                _("Only the first %(n)s characters were read.")
                % {"n": f"{queries.LONGEST_TEXT:,}"}
            )
        if options["json"]:
            self.stdout.write(json.dumps(asdict(guess)))
        elif guess.language:
            name = dict(settings.LANGUAGES)[guess.language]
            self.stdout.write(f"{name} ({guess.confidence:.2f})")
        else:
            self.stdout.write(_("None of the six languages can be recognised."))
