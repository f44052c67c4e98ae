"""Timetables from files: solved, checked, explained, and taken from programmes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from montada.djangokit.reading import text_of
from montada.djangokit.refusals import Refusal
from montada.programme.adapters.schedules import ScheduleBroken, schedule_of
from montada.programme.adapters.zones import zone_named
from montada.programme.engine.timetable import (
    checker,
    explain,
    fields,
    importing,
    plan,
    reading,
    solving,
)
from montada.programme.engine.timetable.problem import Placement, Problem
from montada.programme.queries.timetable_sentences import (
    sentence_of,
    sentence_of_fault,
)

MOST_SECONDS = 24 * 3600
MOST_ITERATIONS = 10**12
MOST_BYTES = 200_000_000
"""Of a published programme."""
MOMENT = 0.001
"""Seconds that are left where none are."""
LAST_STEPS = 0.02
"""Share of the seconds that is kept for writing the plan."""
EXPLAINING = 0.0005
"""Seconds that are kept for telling why one session is left out."""


class FileRefused(Refusal):
    code = "programme.timetable_file_refused"
    message = _("%(path)s: %(why)s")


class ScheduleRefused(Refusal):
    code = "programme.schedule_refused"
    message = _("The programme cannot be read. %(why)s")


class EffortOutOfRange(Refusal):
    code = "programme.effort_out_of_range"
    message = _(
        "Ask for more than 0 seconds and at most a day, for 0 iterations or more, and "
        "for a seed of 0 or more."
    )


_SCHEDULE_FAULTS = {
    "no_columns": _("It is no table with the columns %(where)s."),
    "no_events": _("There is no session in it that has a room and a length."),
    "not_a_length": _("The length of %(where)s is no time."),
    "not_a_start": _("The start of %(where)s is no time."),
    "not_json": _("It is not JSON."),
    "not_text": _("It is not UTF-8 (%(where)s is not)."),
    "not_xml": _("It is no XML that may be read."),
    "too_many": _("It has too many sessions."),
}


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: iterations if given, else seconds; and the seed of chance."""

    seed: int = 1
    seconds: float = 20
    iterations: int | None = None

    def check(self) -> None:
        """Refuse what cannot be searched for."""
        if not (
            0 < self.seconds <= MOST_SECONDS
            and 0 <= (self.iterations or 0) <= MOST_ITERATIONS
            and 0 <= self.seed < 2**63
        ):
            raise EffortOutOfRange

    def without(self, seconds: float) -> Effort:
        """Return what is left of it after some seconds."""
        return replace(self, seconds=max(self.seconds - seconds, MOMENT))


@dataclass(frozen=True, slots=True)
class Taken:
    """A published programme as files; `left_out` are ids without a room or a length."""

    problem: Mapping[str, Any]
    plan: Mapping[str, Any]
    left_out: Sequence[str]


def problem_in(path: Path) -> Problem:
    """
    Return the problem in a file.

    Raises
    ------
    FileRefused, TextNotThere, TextUnreadable, TextTooLarge
    """
    try:
        return reading.problem_from(_parsed(path), zone_named)
    except fields.Fault as fault:
        raise _refused(path, fault) from None


def placements_in(path: Path) -> tuple[Placement, ...]:
    """Return the placements of a plan in a file; refusals as `problem_in`."""
    try:
        return plan.placements_from(_parsed(path))
    except fields.Fault as fault:
        raise _refused(path, fault) from None


def solved_timetable(
    problem: Problem, effort: Effort, clock: Callable[[], float]
) -> dict[str, Any]:
    """
    Return the best plan that is found with so much effort, as files write it.

    `clock` gives seconds; time spent before, on reading, is the caller's.
    """
    effort.check()
    end = clock() + effort.seconds * (1 - LAST_STEPS)

    def keep_going(progress: solving.Progress) -> bool:
        if effort.iterations is not None:
            return progress.iterations < effort.iterations
        return clock() < end - EXPLAINING * progress.n_unplaced

    found = solving.solved(problem, seed=effort.seed, keep_going=keep_going)
    return {
        "placements": [plan.placement_as_json(p) for p in found.placements],
        "unplaced": [
            {"session": name, "reasons": [sentence_of(f) for f in reasons]}
            for name, reasons in found.unplaced.items()
        ],
        "cost": plan.plain_cost(found.price),
        "bound": plan.plain_cost(found.bound),
        "soft": plan.plain_counts(found.soft),
        "seed": found.seed,
        "iterations": found.iterations,
    }


def checked_timetable(
    problem: Problem, placements: Sequence[Placement]
) -> dict[str, Any]:
    """Return everything that is wrong with a plan, and its cost."""
    report = checker.checked(problem, placements)
    return {
        "hard": [
            {
                "rule": finding.rule,
                "sessions": list(finding.sessions),
                "words": sentence_of(finding),
            }
            for finding in report.hard
        ],
        "soft": plan.plain_counts(report.soft),
        "cost": plan.plain_cost(report.price),
        "unplaced": list(report.unplaced),
    }


def explained_timetable(
    problem: Problem, placements: Sequence[Placement]
) -> Iterator[tuple[str, list[str]]]:
    """Yield each session that a plan leaves out, and the fewest things in its way."""
    for name, reasons in explain.reasons_of(problem, placements):
        yield name, [sentence_of(finding) for finding in reasons]


def taken_programme(path: Path, *, drop_times: bool) -> Taken:
    """
    Return a published programme as a problem and a plan.

    Raises
    ------
    ScheduleRefused
    """
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES)
        schedule = schedule_of(content)
    except OSError as error:
        raise ScheduleRefused(why=error.strerror or error) from None
    except ScheduleBroken as broken:
        why = str(_SCHEDULE_FAULTS[broken.name]) % {"where": broken.where}
        raise ScheduleRefused(why=why) from None
    return Taken(
        importing.problem_of(
            schedule.sessions, timezone=_known(schedule.timezone), drop_times=drop_times
        ),
        importing.plan_of(schedule.sessions),
        schedule.left_out,
    )


def _known(timezone: str) -> str:
    try:
        zone_named(timezone)
    except KeyError:
        return "UTC"
    return timezone


def _parsed(path: Path) -> Any:
    try:
        return json.loads(text_of(path))
    except (ValueError, RecursionError) as error:
        why = "too deep" if isinstance(error, RecursionError) else error
        raise fields.Fault("", "not_json", why=why) from None


def _refused(path: Path, fault: fields.Fault) -> FileRefused:
    return FileRefused(
        path=f"{path.name}, {fault.path}" if fault.path else path.name,
        why=sentence_of_fault(fault),
    )
