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
from montada.site.doctor import Machine, findings


class Command(TerminalCommand):
    help = gettext_noop("Say what is wrong with this installation, and what to do.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json", action="store_true", help="answer as JSON, for a program"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        found = findings(Machine(now=timezone.now()))
        if options["json"]:
            answer = {"findings": [asdict(finding) for finding in found]}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            for finding in found:
                self.stdout.write(f"{finding.code}: {finding.sentence}")
            if not found:
                self.stdout.write(_("no finding"))
        if found:
            raise SystemExit(1)
