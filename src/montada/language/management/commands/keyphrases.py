"""`montada keyphrases [FILE]`: what a text is about, in its own words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.reading import text_of
from montada.djangokit.terminal import TerminalCommand
from montada.language import queries
from montada.language.engine.text import LANGUAGES

MOST_PHRASES = 1_000


class Command(TerminalCommand):
    help = gettext_noop(
        "Print the key phrases of a text, from a file or standard input."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", metavar="FILE", help="UTF-8 text"
        )
        parser.add_argument(
            "--language", choices=LANGUAGES, help="of the text, where it is known"
        )
        parser.add_argument("--number", type=int, default=10, help="of phrases")
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["number"] <= MOST_PHRASES:
            raise CommandError(
                _("Ask for 1 to %(most)s phrases.") % {"most": MOST_PHRASES}
            )
        text = text_of(options["file"])
        language = options["language"] or _identified(text)
        phrases = queries.key_phrases_of([text], language, n=options["number"])
        if options["json"]:
            listed = [
                {"text": p.text, "score": round(p.score, 4), "count": p.count}
                for p in phrases
            ]
            answer = {"language": language, "phrases": listed}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for phrase in phrases:
            self.stdout.write(f"{phrase.count:>5}  {phrase.text}")
        if not phrases:
            self.stderr.write(_("There is no phrase in this text."))


def _identified(text: str) -> str:
    found = queries.language_of(text).language
    if not found:
        raise CommandError(
            _("The language of the text cannot be told: give it with --language.")
        )
    return found
