"""`montada demo`: a forum of real facts and one made-up edition, in under a minute."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from montada.demo import forum
from montada.demo.calendar import STAGES
from montada.djangokit.terminal import TerminalCommand


class Command(TerminalCommand):
    help = gettext_noop("Fill the database with real facts and one made-up edition.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--stage",
            choices=sorted(STAGES),
            default="consultation",
            help="what is open",
        )
        parser.add_argument("--seed", type=int, default=1, help="of what is made up")
        parser.add_argument(
            "--url", default="http://127.0.0.1:8000", help="where it will be served"
        )
        parser.add_argument("--json", action="store_true", help="print links as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        at = timezone.now()
        for step, counted in forum.build(
            stage=options["stage"], seed=options["seed"], at=at
        ):
            if not options["json"]:
                self.stdout.write(f"  {step}: {counted}")
        links = {
            visitor.kind: self._link(visitor.language, key)
            for visitor, key in forum.sign_in_keys(at=at)
        }
        if options["json"]:
            self.stdout.write(json.dumps(links, ensure_ascii=False))
            return
        self.stdout.write("\nOne-time links to sign in (demonstration only):")
        for kind, link in links.items():
            self.stdout.write(f"  {kind:17} {options['url']}{link}")

    @staticmethod
    def _link(language: str, key: str) -> str:
        with translation.override(language):
            return reverse("participation:sign-in", args=[key])
