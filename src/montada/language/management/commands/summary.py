"""`montada summary [FILE…]`: what some texts say, in their own sentences."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.reading import text_of
from montada.djangokit.terminal import TerminalCommand
from montada.language import queries
from montada.language.engine.text import LANGUAGES

MOST_SENTENCES = 1_000


class Command(TerminalCommand):
    help = gettext_noop(
        "Print the sentences that sum up one or several texts, each with its place."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "files", type=Path, nargs="*", metavar="FILE", help="UTF-8 texts"
        )
        parser.add_argument("--sentences", type=int, default=3, help="at most")
        parser.add_argument(
            "--language", choices=LANGUAGES, help="of the texts, where it is known"
        )
        parser.add_argument(
            "--by-meaning", action="store_true", help="compare meaning, not words alone"
        )
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 1 <= options["sentences"] <= MOST_SENTENCES:
            raise CommandError(
                _("Ask for 1 to %(most)s sentences.") % {"most": MOST_SENTENCES}
            )
        files: list[Path] = options["files"] or [Path("-")]
        documents = [
            queries.Document(str(file), text_of(file), options["language"] or "")
            for file in files
        ]
        chosen = queries.summary_of(
            documents, options["sentences"], by_meaning=options["by_meaning"]
        )
        if options["json"]:
            rows = [asdict(c) | {"score": round(c.score, 4)} for c in chosen]
            self.stdout.write(json.dumps({"sentences": rows}, ensure_ascii=False))
            return
        for cited in chosen:
            source = f"{cited.id} " if len(files) > 1 else ""
            self.stdout.write(f"[{source}{cited.number}] {cited.text}")
        if not chosen:
            self.stderr.write(_("There is no sentence in this text."))
