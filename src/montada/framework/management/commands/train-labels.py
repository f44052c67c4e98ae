# ruff: noqa: N999 - the dash is part of the command's name
"""`montada train-labels`: build the arrays of labelling again from their sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.framework.adapters import label_arrays, training
from montada.framework.queries import figures


class Command(TerminalCommand):
    help = gettext_noop(
        "Train the labels again, from the texts carried along and the data beside the "
        "repository. Takes some ten minutes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--data",
            type=Path,
            default=figures.BESIDE,
            metavar="FOLDER",
            help="where the training data lie",
        )
        parser.add_argument(
            "--output",
            type=Path,
            default=label_arrays.FILE,
            metavar="FILE",
            help="where the arrays are written; by default where they are read",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["data"]
        if missing := training.missing_texts(folder):
            raise CommandError(
                _("The training data are not complete in %(folder)s: %(files)s")
                % {"folder": folder, "files": ", ".join(map(str, missing))}
            )
        name = training.train(folder, options["output"])
        self.stdout.write(
            _("Wrote %(file)s: %(model)s") % {"file": options["output"], "model": name}
        )
