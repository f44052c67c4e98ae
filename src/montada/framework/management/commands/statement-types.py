# ruff: noqa: N999 - the dash is part of the command's name
"""`montada statement-types [FILE]`: what a text does, and by which words that shows."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.reading import TextCommand
from montada.framework import queries
from montada.framework.engine.values import StatementType


class Command(TextCommand):
    help = gettext_noop(
        "Suggest whether a text states an achievement, an obstacle, a lesson, a trend, "
        "a recommendation or a commitment, and mark the words that say so."
    )

    takes_language = True

    def answer(self, text: str, options: dict[str, Any]) -> None:
        found = queries.statement_type_of(text, options["language"])
        self.say_what_was_read(text, queries.LONGEST_STATEMENT)
        if options["json"]:
            rows = [_row(suggested) for suggested in found.types]
            types = {"language": found.language, "types": rows}
            self.stdout.write(json.dumps(types, ensure_ascii=False))
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
