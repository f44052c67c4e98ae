"""
The solver is asked to place what is not locked in a plan, or to prove it, and stopped.

While it works nobody moves sessions of that plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.programme import queries
from montada.programme.engine.timetable.grid import grid_of
from montada.programme.engine.timetable.problem import Problem
from montada.programme.engine.values import MOST_SEED
from montada.programme.models import Plan, SolverRun
from montada.programme.operations.plans import held_plan, refuse_while_solving
from montada.programme.queries.timetables_exact import check_provable
from montada.programme.signals import solver_asked

if TYPE_CHECKING:
    from montada.participation.models import Person

MOST_SECONDS = 600
MOST_ITERATIONS = 10_000_000


class EffortTooLarge(Refusal):
    code = "programme.effort_too_large"
    message = _(
        "Let the solver work from 1 to %(seconds)s seconds, or for at most "
        "%(iterations)s steps, with a seed of 0 or more."
    )


class NothingToSolve(Refusal):
    code = "programme.nothing_to_solve"
    message = _("There is no session to place yet, or no room to place it in.")


@transaction.atomic
def ask_to_solve(
    *,
    plan: Plan,
    seconds: int = 20,
    iterations: int | None = None,
    seed: int = 1,
    asked_by: Person | None,
    at: datetime,
) -> SolverRun:
    """
    Ask the worker to find places for what is not locked in a plan.

    Raises
    ------
    NotTheSecretariat, PlanGone, SolverAtWork, EffortTooLarge, NothingToSolve, NoDays
    """
    effort = {"seconds": seconds, "iterations": iterations, "seed": seed}
    run, _problem = _asked(plan, effort, asked_by, at)
    return run


@transaction.atomic
def ask_to_prove(
    *,
    plan: Plan,
    seconds: int = 60,
    seed: int = 1,
    asked_by: Person | None,
    at: datetime,
) -> SolverRun:
    """
    As `ask_to_solve`, for the best plan there is, with the proof that it is.

    What the time is too short for is a better plan, and a bound.

    Raises
    ------
    Those of `ask_to_solve`, ExactNotInstalled, ExactTooLarge
    """
    effort = {"seconds": seconds, "seed": seed, "is_exact": True}
    run, problem = _asked(plan, effort, asked_by, at)
    check_provable(grid_of(problem))
    return run


def _asked(
    plan: Plan, effort: Mapping[str, Any], by: Person | None, at: datetime
) -> tuple[SolverRun, Problem]:
    row = held_plan(plan, by)
    refuse_while_solving(row)
    if not (
        1 <= effort["seconds"] <= MOST_SECONDS
        and 0 <= (effort.get("iterations") or 0) <= MOST_ITERATIONS
        and 0 <= effort["seed"] <= MOST_SEED
    ):
        raise EffortTooLarge(seconds=MOST_SECONDS, iterations=f"{MOST_ITERATIONS:,}")
    problem = queries.problem_of(row)
    if not (problem.sessions and problem.rooms):
        raise NothingToSolve
    run = SolverRun.objects.create(plan=row, asked_by=by, asked_at=at, **effort)
    audit.record(
        action="timetable.solver_asked",
        actor=by,
        subject=row,
        at=at,
        details=effort,
    )
    transaction.on_commit(lambda: solver_asked.send(sender=SolverRun))
    return run, problem


@transaction.atomic
def stop_solving(*, plan: Plan, stopped_by: Person | None, at: datetime) -> None:
    """
    Let the solver end with the best it has; asked twice, or before it began, with none.

    Raises
    ------
    NotTheSecretariat, PlanGone
    """
    row = held_plan(plan, stopped_by)
    run = row.runs.select_for_update().filter(done_at=None).first()
    if run is None:
        return
    if run.is_to_stop or run.begun_at is None:
        run.done_at = at
    run.is_to_stop = True
    run.save(update_fields=["is_to_stop", "done_at"])
    audit.record(
        action="timetable.solver_stopped", actor=stopped_by, subject=row, at=at
    )
