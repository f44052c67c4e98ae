"""`montada timetable solve|check|explain|repair|import`: sessions into rooms, hours."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from montada.djangokit.terminal import TerminalCommand
from montada.programme import queries

STARTING = 0.07
"""Share of the seconds that the start of this process may have taken of them."""


class Command(TerminalCommand):
    help = gettext_noop(
        "Solve, check and explain timetables, and take published programmes as "
        "problems."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        whats = parser.add_subparsers(
            dest="what", required=True, help="solve, check, explain, repair or import"
        )
        _add_solve(whats.add_parser("solve", help="find a plan"))
        check = whats.add_parser("check", help="say what is wrong with a plan")
        explain = whats.add_parser("explain", help="say why sessions are left out")
        for judging in (check, explain):
            judging.add_argument("problem", type=Path, metavar="PROBLEM.json")
            judging.add_argument("plan", type=Path, metavar="PLAN.json")
            judging.add_argument("--json", action="store_true", help="print as JSON")
        explain.add_argument(
            "--exact", action="store_true", help="say why no plan has room for all"
        )
        explain.add_argument(
            "--seconds", type=float, default=20, help="for --exact to find it in; 20"
        )
        _add_repair(whats.add_parser("repair", help="make one day of a plan anew"))
        _add_import(whats.add_parser("import", help="take a published programme"))

    def handle(self, *args: Any, **options: Any) -> None:
        {
            "solve": self._solve,
            "check": self._check,
            "explain": self._explain,
            "repair": self._repair,
            "import": self._import,
        }[options["what"]](options)

    def _solve(self, options: dict[str, Any]) -> None:
        began, effort = _effort(options)
        problem = queries.problem_in(options["problem"])
        plan = queries.solved_timetable(
            problem,
            effort.without(monotonic() - began),
            monotonic,
            exact=options["exact"] or None,
        )
        self._hand_out(plan, options["output"])
        self._tell(plan, len(problem.sessions))

    def _repair(self, options: dict[str, Any]) -> None:
        began, effort = _effort(options)
        problem = queries.problem_in(options["problem"])
        plan = queries.repaired_timetable(
            problem,
            queries.placements_in(options["plan"]),
            options["day"],
            effort.without(monotonic() - began),
            monotonic,
        )
        self._hand_out(plan, options["output"])
        self._tell(plan, len(problem.sessions))

    def _tell(self, plan: Mapping[str, Any], n_sessions: int) -> None:
        told = {
            "placed": len(plan["placements"]),
            "all": n_sessions,
            "cost": plan["cost"],
            "bound": plan["bound"],
        }
        if plan["cost"] == plan["bound"]:
            sentence = _(
                "%(placed)s of %(all)s sessions placed; the cost is %(cost)s, and no "
                "plan costs less."
            )
        else:
            sentence = _(
                "%(placed)s of %(all)s sessions placed; the cost is %(cost)s, and at "
                "least %(bound)s in any plan."
            )
        self.stderr.write(sentence % told)

    def _check(self, options: dict[str, Any]) -> None:
        report = queries.checked_timetable(
            queries.problem_in(options["problem"]),
            queries.placements_in(options["plan"]),
        )
        if options["json"]:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            for finding in report["hard"]:
                self.stdout.write(f"{finding['rule']}: {finding['words']}")
            for label, count in report["soft"].items():
                self.stdout.write(f"{label}: {count}")
            for name in report["unplaced"]:
                self.stdout.write(f"unplaced: {name}")
            self.stdout.write(f"cost: {report['cost']}")
        if report["hard"]:
            sys.exit(1)

    def _explain(self, options: dict[str, Any]) -> None:
        problem = queries.problem_in(options["problem"])
        left_out = list(
            queries.explained_timetable(problem, queries.placements_in(options["plan"]))
        )
        impossible, undecided = None, None
        if options["exact"]:
            effort = queries.Effort(seconds=options["seconds"])
            try:
                impossible = queries.impossible_timetable(problem, effort, monotonic)
            except queries.Undecided as refusal:
                undecided = refusal
        if options["json"]:
            told: dict[str, Any] = {
                "unplaced": [{"session": n, "reasons": r} for n, r in left_out]
            }
            if options["exact"]:
                told["impossible"] = asdict(impossible) if impossible else None
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        else:
            for reason in impossible.reasons if impossible else ():
                self.stdout.write(reason)
            for name, reasons in left_out:
                self.stdout.write(f"{name}:")
                self.stdout.writelines(f"  {reason}\n" for reason in reasons)
            if not left_out:
                self.stdout.write(_("Every session has a place."))
            elif options["exact"] and not (impossible or undecided):
                self.stdout.write(_("There is a plan that has a place for all."))
        if undecided:
            raise undecided

    def _import(self, options: dict[str, Any]) -> None:
        taken = queries.taken_programme(
            options["schedule"], drop_times=options["drop_times"]
        )
        self._hand_out(taken.problem, options["output"])
        if options["plan"]:
            self._hand_out(taken.plan, options["plan"])
        if taken.left_out:
            self.stderr.write(
                _("Left out, without a room or a length: %(ids)s")
                % {"ids": ", ".join(taken.left_out)}
            )

    def _hand_out(self, content: Mapping[str, Any], path: Path | None) -> None:
        text = json.dumps(content, ensure_ascii=False, indent=1)
        try:
            if path is None:
                self.stdout.write(text)
                self.stdout.flush()
            else:
                path.write_text(f"{text}\n", encoding="utf-8", errors="replace")
        except OSError as error:
            raise CommandError(
                _("%(path)s cannot be written: %(why)s")
                % {
                    "path": path or _("The standard output"),
                    "why": error.strerror or error,
                }
            ) from error


def _effort(options: Mapping[str, Any]) -> tuple[float, queries.Effort]:
    """Return since when its seconds run, and the effort that is asked for."""
    began = monotonic() - min(process_time(), STARTING * options["seconds"])
    effort = queries.Effort(options["seed"], options["seconds"], options["iterations"])
    effort.check()
    _refuse_nowhere(options["output"])
    return began, effort


def _refuse_nowhere(path: Path | None) -> None:
    """Refuse a file that could not be written: before the search, not after it."""
    if path is not None and path.is_dir():
        raise CommandError(_("%(path)s is a folder: name a file.") % {"path": path})
    if path is not None and not path.parent.is_dir():
        raise CommandError(
            _("There is no folder %(folder)s to write to.") % {"folder": path.parent}
        )


def _add_solve(parser: CommandParser) -> None:
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
    parser.add_argument(
        "--exact",
        action="store_true",
        help="prove the plan the best (small problems; needs montada[exact])",
    )
    _add_effort(parser)


def _add_repair(parser: CommandParser) -> None:
    parser.add_argument("problem", type=Path, metavar="PROBLEM.json")
    parser.add_argument("plan", type=Path, metavar="PLAN.json")
    parser.add_argument(
        "--day",
        type=date.fromisoformat,
        required=True,
        metavar="DATE",
        help="the other days stay as they are (needs montada[exact])",
    )
    _add_effort(parser)


def _add_effort(parser: CommandParser) -> None:
    parser.add_argument("--seconds", type=float, default=20, help="to search; 20")
    parser.add_argument("--seed", type=int, default=1, help="of chance; 1")
    parser.add_argument(
        "--iterations", type=int, metavar="N", help="instead of seconds: repeatable"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="PLAN.json")


def _add_import(parser: CommandParser) -> None:
    parser.add_argument(
        "schedule", type=Path, metavar="SCHEDULE", help="CSV, schedule.xml or frab JSON"
    )
    parser.add_argument("-o", "--output", type=Path, metavar="PROBLEM.json")
    parser.add_argument(
        "--plan", type=Path, metavar="PLAN.json", help="write the published times to it"
    )
    parser.add_argument(
        "--drop-times", action="store_true", help="leave rooms and times open"
    )
