"""
The solver at work on a plan: watched, stopped, and its result taken over.

What it finds replaces everything that is not locked, as one change that can be undone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.programme import queries
from montada.programme.adapters.exact import SEARCHING
from montada.programme.engine.timetable.checker import checked
from montada.programme.engine.timetable.plan import Plan as Found
from montada.programme.engine.timetable.plan import plain_cost
from montada.programme.engine.timetable.problem import Problem
from montada.programme.engine.timetable.solving import Progress, Solver
from montada.programme.models import Plan, SolverRun
from montada.programme.operations.placing import Spot, record_change
from montada.programme.queries.timetables_exact import proved

LOOK = 1.0
"""Seconds between two looks at whether it is to stop, with a word on how far it is."""


class SolverBrokeDown(Refusal):
    code = "programme.solver_broke_down"
    message = _(
        "It broke down, and the plan stays as it was. Ask again; if it breaks down "
        "again, tell the administrators."
    )


def solve(
    *,
    run: SolverRun,
    at: datetime,
    clock: Callable[[], float],
    keep_going: Callable[[], bool] = lambda: True,
) -> SolverRun:
    """
    Do what was asked for, and take the result over into the plan.

    Not one transaction: how far it is is written down about every second. Whoever is
    killed leaves the run open; doing it again begins anew, with the same seed. What
    breaks down is over, says so on the plan's page, and raises.

    Parameters
    ----------
    at : when it begins
    clock : seconds, from any moment on
    keep_going : asked at each look; no: the best so far is taken
    """
    began = clock()
    SolverRun.objects.filter(pk=run.pk, begun_at=None).update(begun_at=at)
    try:
        problem = queries.problem_of(Plan.objects.get(pk=run.plan_id))
        work = _Work(run, clock, began, keep_going, len(problem.sessions))
        found = _found(work, Solver(problem, seed=run.seed))
        return _taken_over(run, problem, found, at + timedelta(seconds=clock() - began))
    except Refusal as refusal:
        return _failed(run, refusal, at)
    except Exception:
        _failed(run, SolverBrokeDown(), at)
        raise


def _found(work: _Work, solver: Solver) -> Found:
    """Return the best plan; where it was asked for, what is left of the time proves."""
    goes_on = True
    for progress in solver.steps():
        goes_on = work.goes_on(progress)
        if not goes_on or work.is_time_to_prove():
            break
    if not work.run.is_exact or solver.is_proved or not goes_on:
        return solver.plan()
    effort = queries.Effort(seed=work.run.seed)
    found = proved(solver.grid, solver.slots, solver.bound, effort, work.goes_on)
    return replace(found, iterations=solver.progress().iterations)


@dataclass(slots=True)
class _Work:
    """One run while it is done: how far it may go, and when it was last looked at."""

    run: SolverRun
    clock: Callable[[], float]
    began: float
    keep_going: Callable[[], bool]
    n_sessions: int
    looked: float | None = None

    def goes_on(self, progress: Progress) -> bool:
        spent = self.clock() - self.began
        if self.run.iterations is not None:
            done, all_of_it = progress.iterations, max(1, self.run.iterations)
            is_enough = progress.iterations >= self.run.iterations
        else:
            done, all_of_it = round(spent * 100), self.run.seconds * 100
            is_enough = spent >= self.run.seconds
        if self.looked is None or spent - self.looked >= LOOK:
            self.looked = spent
            percent = min(99, 100 * done // all_of_it)
            return self._look(progress, percent) and not is_enough
        return not is_enough

    def is_time_to_prove(self) -> bool:
        spent = self.clock() - self.began
        return self.run.is_exact and spent >= SEARCHING * self.run.seconds

    def _look(self, progress: Progress, percent: int) -> bool:
        """Write down how far it is, and ask whether somebody has seen enough."""
        SolverRun.objects.filter(pk=self.run.pk, done_at=None).update(
            progress=percent,
            best={
                "cost": plain_cost(progress.price),
                "bound": plain_cost(progress.bound),
                "n_placed": self.n_sessions - progress.n_unplaced,
                "n_unplaced": progress.n_unplaced,
                "iterations": progress.iterations,
            },
        )
        is_wanted = SolverRun.objects.filter(
            pk=self.run.pk, done_at=None, is_to_stop=False
        ).exists()
        return is_wanted and self.keep_going()


@transaction.atomic
def _taken_over(
    run: SolverRun, problem: Problem, found: Found, at: datetime
) -> SolverRun:
    """Put what was found into the plan, unless it is worse than what stands there."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("edition")
    row = plan.get(pk=run.plan_id)
    held = SolverRun.objects.select_for_update().select_related("asked_by")
    run = held.get(pk=run.pk)
    if run.done_at is not None:
        return run
    standing = queries.placements_of_plan(row, problem)
    report = checked(problem, standing)
    is_better = bool(report.hard) or found.price < report.price
    if is_better:
        changes = list(_changes(row, found))
        before, after = [old for old, _new in changes], [new for _old, new in changes]
        if changes:
            record_change(row, before, after, run.asked_by, at)
    row.cost = plain_cost(found.price if is_better else report.price)
    row.bound, row.iterations = plain_cost(found.bound), found.iterations
    row.save()
    n_unplaced = len(found.unplaced if is_better else report.unplaced)
    return _done(run, row, at, n_unplaced=n_unplaced, is_better=is_better)


def _done(
    run: SolverRun, plan: Plan, at: datetime, *, n_unplaced: int, is_better: bool
) -> SolverRun:
    run.done_at, run.progress = at, 100
    run.best = {
        "cost": plan.cost,
        "bound": plan.bound,
        "n_placed": plan.placements.count(),
        "n_unplaced": n_unplaced,
        "iterations": plan.iterations,
        "is_better": is_better,
    }
    run.save(update_fields=["done_at", "progress", "best"])
    audit.record(
        action="timetable.plan_solved",
        actor=run.asked_by,
        subject=plan,
        at=at,
        details={"run": run.pk, **run.best},
    )
    return run


def _changes(plan: Plan, found: Found) -> Iterator[tuple[Spot, Spot]]:
    """Yield where each session was and will be, of those that move; locks stay."""
    now = {row.session_id: Spot.of(row) for row in plan.placements.all()}
    rooms = {str(pk): pk for pk, _name in queries.rooms_to_place(plan)}
    wanted = {p.session: p for p in found.placements if p.room in rooms}
    for session in queries.sessions_to_place(plan.edition):
        before = now.get(session.pk, Spot(session.pk))
        if before.is_locked:
            continue
        after = Spot(session.pk)
        if session.slug in wanted:
            placement = wanted[session.slug]
            starts_at = placement.start.replace(tzinfo=plan.edition.zone)
            after = Spot(session.pk, rooms[placement.room], starts_at)
        if before != after:
            yield before, after


@transaction.atomic
def _failed(run: SolverRun, why: Refusal, at: datetime) -> SolverRun:
    """Say why a run came to nothing, unless it was ended meanwhile."""
    run = SolverRun.objects.select_for_update().get(pk=run.pk)
    if run.done_at is not None:
        return run
    run.done_at, run.fault, run.fault_details = at, why.code, why.details
    run.save(update_fields=["done_at", "fault", "fault_details"])
    audit.record(
        action="timetable.solver_failed",
        actor=None,
        subject=run.plan,
        at=at,
        details={"run": run.pk, "fault": why.code, **why.details},
    )
    return run
