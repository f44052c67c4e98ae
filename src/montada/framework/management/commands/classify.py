"""`montada classify [FILE]`: which action lines and goals a text speaks of, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.reading import text_of
from montada.djangokit.terminal import TerminalCommand
from montada.framework import queries
from montada.framework.engine.values import Label
from montada.language.engine.text import LANGUAGES


class Command(TerminalCommand):
    help = gettext_noop(
        "Suggest action lines and goals for a text, from a file or standard input, "
        "with the words that led to them."
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
        found = queries.suggested_labels(text, options["language"] or "")
        if options["json"]:
            answer = {
                "language": found.language,
                "action_lines": [_as_json(label) for label in found.action_lines],
                "goals": [_as_json(label) for label in found.goals],
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        if not found.language:
            self.stdout.write(_("None of the six languages can be recognised."))
        else:
            self.stdout.write(str(dict(settings.LANGUAGES)[found.language]))
        self._write(_("Action lines"), found.action_lines)
        self._write(_("Goals"), found.goals)

    def _write(self, heading: str, labels: Iterable[Label]) -> None:
        listed = list(labels)
        self.stdout.write(f"\n{heading}")
        if not listed:
            self.stdout.write("  " + _("Nothing in the text speaks for any."))
        for label in listed:
            self.stdout.write(f"  {label.code:<12} {label.score:.2f}")
            for words in _words(label):
                self.stdout.write(f"      {words}")


def _as_json(label: Label) -> dict[str, object]:
    return {
        "code": label.code,
        "score": round(label.score, 4),
        "evidence": list(_words(label)),
    }


def _words(label: Label) -> Iterator[str]:
    for evidence in label.evidence:
        yield " ".join(evidence.text.split())
