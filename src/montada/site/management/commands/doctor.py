"""`montada doctor`: what is wrong with this installation."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.language import queries as language
from montada.site.doctor import Machine, findings


class Command(TerminalCommand):
    help = gettext_noop("Say what is wrong with this installation, and what to do.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="answer as JSON, for a program"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings(Machine(now=timezone.now()))
        models = language.models_here()
        if options["json"]:
            answer = {
                "findings": [asdict(finding) for finding in found],
                "models": models._asdict(),
            }
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            for finding in found:
                self.stdout.write(f"{finding.code}: {finding.sentence}")
            if not found:
                self.stdout.write(_("no finding"))
            self.stdout.write(_models_in_words(models))
        if found:
            raise SystemExit(1)


def _models_in_words(models: language.ModelsHere) -> str:
    if not models.e5:
        return _(
            "Languages are told apart by %(identifier)s. The model that compares "
            "meanings is made when it is first needed."
        ) % {"identifier": models.identifier}
    return _(
        "Languages are told apart by %(identifier)s, meanings compared by %(e5)s."
    ) % {"identifier": models.identifier, "e5": models.e5}
