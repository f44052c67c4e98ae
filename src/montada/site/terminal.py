"""The base of the shell's commands: English on a terminal, a refusal is one line."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from montada.djangokit.refusals import Refusal


class TerminalCommand(BaseCommand):
    """
    A command that answers in English and ends with one clear line where it is refused.

    English, because most terminals set Arabic in broken order.
    """

    requires_system_checks = ()

    def execute(self, *args: Any, **options: Any) -> Any:
        with translation.override("en"):
            try:
                return super().execute(*args, **options)
            except Refusal as refusal:
                raise CommandError(str(refusal)) from refusal
