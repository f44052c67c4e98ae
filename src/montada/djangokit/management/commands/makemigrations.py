"""Migrations that only the database causes: labels, help and choices never do."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

from django.core.management.commands import makemigrations
from django.db import models

NEVER_IN_THE_DATABASE = ("verbose_name", "help_text", "choices")

_deconstruct = models.Field.deconstruct


def _deconstruct_without_labels(field: Any) -> Any:
    name, path, args, kwargs = _deconstruct(field)
    for attribute in NEVER_IN_THE_DATABASE:
        kwargs.pop(attribute, None)
    return name, path, args, kwargs


class Command(makemigrations.Command):
    """Ignores what never reaches the database, and wants a name."""

    def handle(self, *app_labels: str, **options: Any) -> None:
        only_asks = options["check_changes"] or options["dry_run"] or options["empty"]
        if not options["name"] and not only_asks:
            self.stderr.write("Say what the migration does: --name statement_consensus")
            raise SystemExit(2)
        with patch.object(models.Field, "deconstruct", _deconstruct_without_labels):
            super().handle(*app_labels, **options)
