# ruff: noqa: N999 - the dash is part of the command's name
"""montada load-targets FILE: the official titles of goals and targets."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_noop

from montada.djangokit.tables import ImportReport
from montada.djangokit.terminal import ImportCommand
from montada.framework.operations import load_targets


class Command(ImportCommand):
    help = gettext_noop("Load official titles of goals and targets from a CSV file.")
    columns = "kind, code, goal, field, ar, en, fr, es, zh, ru"

    def take_in(self, *, path: Path, at: datetime, dry_run: bool) -> ImportReport:
        return load_targets(path=path, loaded_by=None, at=at, dry_run=dry_run)
