# ruff: noqa: N999 - the dash is part of the command's name
"""montada import-prizes FILE: awards and nominations, with their projects."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_noop

from montada.djangokit.tables import ImportReport
from montada.djangokit.terminal import ImportCommand
from montada.selection.operations import import_prizes


class Command(ImportCommand):
    help = gettext_noop(
        "Read a list of prizes (winners, champions, nominees) from a CSV file."
    )
    columns = (
        "year, category, result, title, organisation, country, stakeholder_type, "
        "source_url"
    )

    def take_in(self, *, path: Path, at: datetime, dry_run: bool) -> ImportReport:
        return import_prizes(path=path, imported_by=None, at=at, dry_run=dry_run)
