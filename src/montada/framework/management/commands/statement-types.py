# ruff: noqa: N999 - the dash is part of the command's name
"""`montada statement-types [FILE]`: what a text does, and by which words that shows."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.reading import text_of
from montada.djangokit.terminal import TerminalCommand
from montada.framework import queries
from montada.framework.engine.values import StatementType
from montada.language.engine.text import LANGUAGES


class Command(TerminalCommand):
    help = gettext_noop(
        "Suggest whether a text states an achievement, an obstacle, a lesson, a trend, "
        "a recommendation or a commitment, and mark the words that say so."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", type=Path, nargs="?", metavar="FILE", help="UTF-8 text"
        )
        parser.add_argument(
            "--language", choices=LANGUAGES, help="of the text, where it is known"
        )
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        text = text_of(options["file"])
        found = queries.statement_type_of(text, options["language"] or "")
        if len(text) > queries.LONGEST_STATEMENT:
            self.stderr.write(
                _("Only the first %(n)s characters were read.")
                % {"n": f"{queries.LONGEST_STATEMENT:,}"}
            )
        if options["json"]:
            rows = [_row(suggested) for suggested in found.types]
            answer = {"language": found.language, "types": rows}
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for suggested in found.types:
            words = " · ".join(cue.text for cue in suggested.cues)
            self.stdout.write(f"{suggested.score:.2f}  {suggested.kind:<15} {words}")
        if not found.types:
            self.stdout.write(_("No type is suggested."))


def _row(suggested: StatementType) -> dict[str, Any]:
    return {
        "type": suggested.kind,
        "score": suggested.score,
        "cues": [asdict(cue) for cue in suggested.cues],
        "resembles": suggested.resembles,
    }
