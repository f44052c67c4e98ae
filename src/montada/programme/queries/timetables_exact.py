"""Timetables proved: the best plan, the repair of one day, and why not all fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.programme.adapters import exact
from montada.programme.engine.timetable import checker, plan, solving
from montada.programme.engine.timetable.bound import Bound
from montada.programme.engine.timetable.grid import Grid, Slot, grid_of
from montada.programme.engine.timetable.plan import Finding
from montada.programme.engine.timetable.problem import Placement, Problem
from montada.programme.queries.timetable_effort import Effort, Watch
from montada.programme.queries.timetable_sentences import sentence_of

WORK = 30.0
"""CP-SAT's own units where iterations are counted: some seconds, everywhere alike."""


class ExactNotInstalled(Refusal):
    code = "programme.exact_not_installed"
    message = _(
        "This needs the package OR-Tools, which is not installed: install "
        "montada[exact], or ortools 9.15."
    )


class ExactTooLarge(Refusal):
    code = "programme.exact_too_large"
    message = _(
        "This is too large to be proved. Sessions that are free: %(free)s, of at most "
        "%(most)s; times and rooms they may choose from: %(slots)s, of at most "
        "%(most_slots)s. Lock what is to stay where it is."
    )


class NoSuchDay(Refusal):
    code = "programme.no_such_day"
    message = _("The forum has no day %(day)s.")


class OtherDaysBroken(Refusal):
    code = "programme.other_days_broken"
    message = _("The plan breaks rules on other days: check it, and mend these first.")


class Undecided(Refusal):
    code = "programme.timetable_undecided"
    message = _(
        "%(seconds)s seconds were too few to know whether a plan has a place for all: "
        "ask for more."
    )


@dataclass(frozen=True, slots=True)
class Impossible:
    """Sessions that cannot all have a place, and the fewest rules that forbid it."""

    sessions: tuple[str, ...]
    reasons: tuple[str, ...]


def is_provable(grid: Grid) -> bool:
    """Whether the exact solver is there and the problem small enough for it."""
    return exact.is_installed() and exact.fits(grid)


def check_provable(grid: Grid) -> None:
    """
    Raises
    ------
    ExactNotInstalled, ExactTooLarge
    """
    if not exact.is_installed():
        raise ExactNotInstalled
    if not exact.fits(grid):
        free, slots = exact.size_of(grid)
        raise ExactTooLarge(
            free=free,
            most=exact.MOST_SESSIONS,
            slots=f"{slots:,}",
            most_slots=f"{exact.MOST_SLOTS:,}",
        )


def why_unprovable(problem: Problem) -> str:
    """Return why a problem cannot be proved; "" if it can."""
    try:
        check_provable(grid_of(problem))
    except Refusal as refusal:
        return str(refusal)
    return ""


def proved(
    grid: Grid,
    slots: Sequence[Slot | None],
    bound: Bound,
    effort: Effort,
    keep_going: Watch,
) -> plan.Plan:
    """Return the best plan found from a plan on; proved where there is time."""
    # OR-Tools may be missing; whoever comes here has made sure that it is not.
    from montada.programme.adapters.exact.solving import (  # noqa: PLC0415
        ExactSolver,
    )

    solver = ExactSolver(grid, slots, seed=effort.seed, bound=bound, work=_work(effort))
    _run(solver.steps(), keep_going)
    return solver.plan()


def repaired(
    problem: Problem,
    placements: Sequence[Placement],
    day: date,
    effort: Effort,
    keep_going: Watch,
) -> plan.Plan:
    """
    Return the best plan that differs from one on a single day.

    Sessions of that day, and those without a place, are placed anew on it.

    Raises
    ------
    ExactNotInstalled, ExactTooLarge, NoSuchDay, OtherDaysBroken
    """
    days = [one.on for one in problem.days]
    if day not in days:
        raise NoSuchDay(day=day.isoformat())
    others = {p.session: p for p in placements if p.start.date() != day}
    if checker.checked(problem, tuple(others.values())).hard:
        raise OtherDaysBroken
    sessions = tuple(
        replace(one, fixed_room=others[one.id].room, fixed_start=others[one.id].start)
        if one.id in others
        else one
        for one in problem.sessions
    )
    grid = grid_of(replace(problem, sessions=sessions))
    check_provable(grid)
    # As in `proved`.
    from montada.programme.adapters.exact.solving import (  # noqa: PLC0415
        ExactSolver,
    )

    solver = ExactSolver(
        grid,
        grid.slots_of(placements),
        seed=effort.seed,
        day=days.index(day),
        work=_work(effort),
    )
    _run(solver.steps(), keep_going)
    found = solver.plan()
    # What it proves is of plans that keep the other days; a bound is of all plans.
    return (
        found if len(days) == 1 else replace(found, bound=_bound_of(grid_of(problem)))
    )


def _bound_of(grid: Grid) -> int:
    """Return what no plan at all costs less than, as one climb finds it."""
    bound = Bound(grid)
    for _price in bound.climb(grid.prices["unplaced"] * len(grid.tasks)):
        pass
    return bound.price * grid.scale


def impossible_timetable(
    problem: Problem, effort: Effort, clock: Callable[[], float]
) -> Impossible | None:
    """
    Return why no plan has a place for all; None where one has.

    Raises
    ------
    EffortOutOfRange, ExactNotInstalled, ExactTooLarge, Undecided
    """
    effort.check()
    grid = grid_of(problem)
    check_provable(grid)
    # As in `proved`.
    from montada.programme.adapters.exact import causes  # noqa: PLC0415

    end = clock() + effort.seconds
    try:
        cause = causes.cause_of(
            grid, seed=effort.seed, keep_going=lambda: clock() < end
        )
    except causes.Undecided:
        raise Undecided(seconds=f"{effort.seconds:g}") from None
    if cause is None:
        return None
    findings = [Finding("not_all", cause.sessions, {}), *cause.rules]
    return Impossible(cause.sessions, tuple(map(sentence_of, findings)))


def _work(effort: Effort) -> float | None:
    return None if effort.iterations is None else WORK


def _run(steps: Iterator[solving.Progress], keep_going: Watch) -> None:
    for progress in steps:
        if not keep_going(progress):
            break
