# ruff: noqa: N999 - the dash is part of the command's name
"""montada import-sessions FILE: sessions of earlier forums, with their sources."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_noop

from montada.djangokit.tables import ImportReport
from montada.djangokit.terminal import ImportCommand
from montada.programme.operations import import_sessions


class Command(ImportCommand):
    help = gettext_noop("Import sessions from a CSV file: whole, or not at all.")
    columns = (
        "year, session_no, date, start, end, room, title, organisers, type, "
        "action_lines, sdgs, label_source, lang, source_url"
    )

    def take_in(self, *, path: Path, at: datetime, dry_run: bool) -> ImportReport:
        return import_sessions(path=path, imported_by=None, at=at, dry_run=dry_run)
