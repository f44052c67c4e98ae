"""`montada shares BALLOTS.csv --seats N`: who decides over the places, and why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.programme import queries


class Command(TerminalCommand):
    help = gettext_noop(
        "Choose proposals by equal shares: every voter's money counts, and each choice "
        "says who paid for it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "ballots",
            type=Path,
            metavar="BALLOTS.csv",
            help="voter,group,proposal,utility; utility is 1 where absent",
        )
        parser.add_argument(
            "--seats", type=int, required=True, metavar="N", help="places to give"
        )
        parser.add_argument(
            "--endowment",
            choices=queries.ENDOWMENTS,
            default="voter",
            help="whose money is equal: every voter's, every group's, or half and half",
        )
        parser.add_argument(
            "--mix",
            type=float,
            default=0.5,
            metavar="SHARE",
            help="of mixed endowments: the part that is per voter, from 0 to 1",
        )
        parser.add_argument("--seed", type=int, default=1, help="that decides ties")
        parser.add_argument(
            "--ledger", type=Path, metavar="FILE.json", help="write every round to it"
        )
        parser.add_argument("--json", action="store_true", help="print as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        found = queries.shares_of(
            options["ballots"],
            seats=options["seats"],
            endowment=options["endowment"],
            mix=options["mix"],
            seed=options["seed"],
        )
        if options["ledger"]:
            _write(options["ledger"], found.ledger())
        if options["json"]:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False))
            return
        self.stdout.writelines(f"{line}\n" for line in found.lines())


def _write(path: Path, ledger: dict[str, Any]) -> None:
    try:
        path.write_text(
            json.dumps(ledger, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    except OSError as error:
        raise CommandError(
            _("The ledger cannot be written to %(path)s: %(why)s")
            % {"path": path, "why": error.strerror or error}
        ) from error
