"""`montada language [FILE]`: which of the six languages a text is in."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.reading import TextCommand
from montada.language import queries


class Command(TextCommand):
    help = gettext_noop(
        "Say which of the six languages a text is in, from a file or standard input, "
        "and how sure that is (0 to 1)."
    )

    def answer(self, text: str, options: dict[str, Any]) -> None:
        guess = queries.language_of(text)
        self.say_what_was_read(text, queries.LONGEST_TEXT)
        if options["json"]:
            self.stdout.write(json.dumps(asdict(guess)))
        elif guess.language:
            name = dict(settings.LANGUAGES)[guess.language]
            self.stdout.write(f"{name} ({guess.confidence:.2f})")
        else:
            self.stdout.write(_("None of the six languages can be recognised."))
