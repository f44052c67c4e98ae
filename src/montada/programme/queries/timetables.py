"""Timetables from files: solved, checked, explained, and taken from programmes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from montada.djangokit.reading import text_of
from montada.djangokit.refusals import Refusal
from montada.programme.adapters.exact import SEARCHING
from montada.programme.adapters.schedule_values import ScheduleBroken
from montada.programme.adapters.schedules import schedule_of
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
from montada.programme.queries.timetable_effort import Effort, Watch, watched
from montada.programme.queries.timetable_sentences import (
    sentence_of,
    sentence_of_fault,
)
from montada.programme.queries.timetables_exact import (
    check_provable,
    is_provable,
    proved,
    repaired,
)


class FileRefused(Refusal):
    code = "programme.timetable_file_refused"
    message = _("%(path)s: %(why)s")


class ScheduleRefused(Refusal):
    code = "programme.schedule_refused"
    message = _("The programme cannot be read. %(why)s")


_SCHEDULE_FAULTS = {
    "no_columns": _("It is no table with the columns %(where)s."),
    "no_events": _("There is no session in it that has a room and a length."),
    "not_a_length": _("The length of %(where)s is no time."),
    "not_a_start": _("The start of %(where)s is no time."),
    "not_json": _("It is not JSON."),
    "not_text": _("It is not UTF-8 (%(where)s is not)."),
    "not_xml": _("It is no XML that may be read."),
    "too_many": _("It has too many sessions."),
    "too_large": _("It is too large."),
}


def why_broken(broken: ScheduleBroken) -> str:
    """Return in words what is wrong with a programme, or with a row of it."""
    return str(_SCHEDULE_FAULTS[broken.name]) % {"where": broken.where}


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
    problem: Problem,
    effort: Effort,
    clock: Callable[[], float],
    *,
    exact: bool | None = None,
    watch: Watch | None = None,
) -> dict[str, Any]:
    """
    Return the best plan that is found with so much effort, as files write it.

    Parameters
    ----------
    clock : gives seconds; time spent before, on reading, is the caller's
    exact : whether OR-Tools is to prove the plan; None for where it can and seconds
        are counted: so many iterations give the same plan wherever it is installed
    watch : is told how far the search is, and may stop it

    Raises
    ------
    EffortOutOfRange, ExactNotInstalled, ExactTooLarge
    """
    effort.check()
    solver = solving.Solver(problem, seed=effort.seed)
    if exact:
        check_provable(solver.grid)
    if exact is None:
        exact = effort.iterations is None and is_provable(solver.grid)
    limit = watched(effort.limit(clock), watch)
    search = watched(effort.limit(clock, SEARCHING), watch) if exact else limit
    for progress in solver.steps():
        if not search(progress):
            break
    if not exact or solver.is_proved:
        return _as_json(solver.plan())
    if effort.iterations is not None:
        limit = watched(_always, watch)
    found = proved(solver.grid, solver.slots, solver.bound, effort, limit)
    return _as_json(replace(found, iterations=solver.progress().iterations))


def repaired_timetable(
    problem: Problem,
    placements: Sequence[Placement],
    day: date,
    effort: Effort,
    clock: Callable[[], float],
) -> dict[str, Any]:
    """
    Return the best plan that differs from one on a single day, as files write it.

    Raises
    ------
    EffortOutOfRange, ExactNotInstalled, ExactTooLarge, NoSuchDay, OtherDaysBroken
    """
    effort.check()
    limit = _always if effort.iterations is not None else effort.limit(clock)
    return _as_json(repaired(problem, placements, day, effort, limit))


def _always(_progress: solving.Progress) -> bool:
    return True


def _as_json(found: plan.Plan) -> dict[str, Any]:
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
    Return a published programme as a problem that can be solved, and a plan.

    Raises
    ------
    ScheduleRefused
        If it cannot be read.
    FileRefused
        If a problem may not say what it says: too many rooms, an id too long.
    """
    try:
        schedule = schedule_of(path)
    except OSError as error:
        raise ScheduleRefused(why=error.strerror or error) from None
    except ScheduleBroken as broken:
        raise ScheduleRefused(why=why_broken(broken)) from None
    problem = importing.problem_of(
        schedule.sessions, timezone=_known(schedule.timezone), drop_times=drop_times
    )
    try:
        reading.problem_from(problem, zone_named)
    except fields.Fault as fault:
        raise _refused(path, fault) from None
    return Taken(problem, importing.plan_of(schedule.sessions), schedule.left_out)


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
