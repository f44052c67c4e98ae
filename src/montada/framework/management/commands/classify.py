"""`montada classify [FILE]`: which action lines and goals a text speaks of, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.reading import TextCommand
from montada.framework import queries
from montada.framework.engine.values import Label


class Command(TextCommand):
    help = gettext_noop(
        "Suggest action lines and goals for a text, from a file or standard input, "
        "with the words that led to them."
    )

    takes_language = True

    def answer(self, text: str, options: dict[str, Any]) -> None:
        found = queries.suggested_labels(text, options["language"])
        if options["json"]:
            labels = {
                "language": found.language,
                "action_lines": [_as_json(label) for label in found.action_lines],
                "goals": [_as_json(label) for label in found.goals],
            }
            self.stdout.write(json.dumps(labels, ensure_ascii=False))
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
