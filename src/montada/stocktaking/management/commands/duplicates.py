"""`montada duplicates`: records of the register that likely are one project."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.stocktaking import queries


class Command(TerminalCommand):
    help = gettext_noop(
        "List pairs of projects that likely are one, with reasons. Nothing is changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        pairs = queries.likely_twins()
        if options["json"]:
            rows = [
                {
                    "first": pair.first,
                    "second": pair.second,
                    "level": "same" if pair.is_same else "similar",
                    "score": max(pair.reasons.values()),
                    "reasons": pair.reasons,
                    "titles": list(pair.titles),
                }
                for pair in pairs
            ]
            self.stdout.write(json.dumps({"pairs": rows}, ensure_ascii=False))
            return
        for pair in pairs:
            level = "same" if pair.is_same else "similar"
            why = ", ".join(f"{kind} {score}" for kind, score in pair.reasons.items())
            self.stdout.write(f"{level}: {pair.first} = {pair.second} ({why})")
        if not pairs:
            self.stdout.write(_("No two projects are alike."))
