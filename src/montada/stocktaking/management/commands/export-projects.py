# ruff: noqa: N999 - the dash is part of the command's name
"""`montada export-projects`: everything public of the register, as a file."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from montada.djangokit.refusals import Refusal
from montada.djangokit.terminal import TerminalCommand
from montada.stocktaking import queries


class ExportNotWritten(Refusal):
    code = "stocktaking.export_not_written"
    message = _("The file %(path)s cannot be written: %(why)s")


class Command(TerminalCommand):
    help = gettext_noop("Write all projects that anybody may read to a file.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--format", required=True, choices=sorted(queries.EXPORT_FORMATS)
        )
        parser.add_argument(
            "-o", "--output", type=Path, metavar="FILE", help="else standard output"
        )
        parser.add_argument(
            "--site",
            default="",
            metavar="ADDRESS",
            help="where the forum is reached (https://…), for addresses in the file",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        site = options["site"].rstrip("/")
        projects = queries.outgoing(queries.public_ids(), site=site)
        format_ = queries.EXPORT_FORMATS[options["format"]]
        pieces = format_.write(projects, timezone.now(), site)
        if options["output"] is None:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            return
        try:
            _write(options["output"], pieces)
        except OSError as error:
            raise ExportNotWritten(
                path=options["output"], why=error.strerror or error
            ) from None


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write beside the file first: one that is there stays whole until the end."""
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as file:
            file.writelines(pieces)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
