# ruff: noqa: N999 - the dash is part of the command's name
"""`montada evaluate-language`: how good the language tools are, on data at hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.framework.queries import figures as queries


class Command(TerminalCommand):
    help = gettext_noop(
        "Measure the language tools on the evaluation data beside the repository."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--data",
            type=Path,
            default=queries.BESIDE,
            metavar="FOLDER",
            help="where the evaluation data lie",
        )
        parser.add_argument(
            "--only",
            action="append",
            choices=queries.FIGURES,
            help="measure this figure alone; may be given again",
        )
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["data"]
        if not folder.is_dir():
            raise CommandError(
                _("There are no evaluation data in %(folder)s: name them with --data.")
                % {"folder": folder}
            )
        figures, missing = queries.measured(folder, options["only"])
        if options["json"]:
            self.stdout.write(json.dumps(queries.as_json(list(figures))))
            return
        day = timezone.localdate().isoformat()
        self.stdout.write(_("Measured on %(day)s, 95%% intervals") % {"day": day})
        for figure in figures:
            self.stdout.write(_line(figure))
        for file in missing:
            self.stdout.write(_("missing data: %(file)s") % {"file": file})


def _line(figure: queries.Figure) -> str:
    m = figure.measured
    return (
        f"{'.'.join(figure.path):<29} {m.value:.3f}  [{m.low:.3f}, {m.high:.3f}]"
        f"  n={m.n:<5} {figure.method}; {figure.data}"
    )
