"""An edition's plans, what was changed in them, and the solver's work on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from montada.djangokit.refusals import refusal_of
from montada.programme.choices import Level
from montada.programme.models import Plan, PlanChange, Session, SolverRun
from montada.programme.queries.conflicts import Worth, worth_of
from montada.programme.queries.planning import sessions_to_place


@dataclass(frozen=True, slots=True)
class PlanRow:
    """
    One of the plans that lie side by side.

    Attributes
    ----------
    gap : share by which its cost may lie above the cheapest plan there is, in percent;
        None where no bound is known, or the sessions have changed since
    """

    plan: Plan
    worth: Worth
    gap: float | None

    @property
    def n_cannot(self) -> int:
        return self.worth.n_by_level[Level.CANNOT]

    @property
    def n_not_released(self) -> int:
        return self.worth.n_by_level[Level.NOT_RELEASED]


def plans_of(edition: Any) -> list[PlanRow]:
    """
    Return the plans of an edition, the current one first.

    One query, and about twelve for plans that have changed since they were last read.
    """
    rows = Plan.objects.filter(edition=edition).select_related("edition", "made_by")
    return [_row(plan, worth_of(plan)) for plan in rows]


def plan_of(edition: Any, pk: int) -> Plan | None:
    """Return one plan of an edition. One query."""
    rows = Plan.objects.filter(edition=edition, pk=pk)
    return rows.select_related("edition").first()


def current_plan(edition: Any) -> Plan | None:
    """Return the plan that is worked on, if there is one."""
    rows = Plan.objects.filter(edition=edition, is_current=True)
    return rows.select_related("edition").first()


def session_to_place(edition: Any, slug: str) -> Session | None:
    """Return a session of an edition that its plans place. One query."""
    row: Session | None = sessions_to_place(edition).filter(slug=slug).first()
    return row


def changes_since(plan: Plan, revision: int) -> list[PlanChange]:
    """Return what was changed after a revision, the oldest first. One query."""
    newer = PlanChange.objects.filter(plan=plan, revision__gt=revision)
    return list(newer.select_related("changed_by").order_by("revision"))


def change_to_undo(plan: Plan, person: Any) -> PlanChange | None:
    """
    Return somebody's last change in a plan that still stands. One query.

    `is_solving` of it says whether the solver made it for them.
    """
    own = PlanChange.objects.filter(plan=plan, changed_by=person, undone_at=None)
    runs = SolverRun.objects.filter(plan=plan, done_at=OuterRef("changed_at"))
    return own.annotate(is_solving=Exists(runs)).order_by("-revision").first()


def run_of(plan: Plan) -> SolverRun | None:
    """Return the solver's last run on a plan, done or not. One query."""
    return SolverRun.objects.filter(plan=plan).select_related("asked_by").first()


def fault_of(run: SolverRun) -> str:
    """Return why a run came to nothing, in the reader's language; "" if it did not."""
    refusal = refusal_of(run.fault)
    return run.fault if refusal is None else str(refusal(**run.fault_details))


def next_run(after: int) -> SolverRun | None:
    """Return the oldest run that is not done, of those that come after a number."""
    return SolverRun.objects.filter(done_at=None, pk__gt=after).order_by("pk").first()


def _row(plan: Plan, worth: Worth) -> PlanRow:
    bound = plan.bound
    gap = 0.0 if worth.cost == bound else None
    if bound and worth.cost > bound:
        gap = 100 * (worth.cost - bound) / bound
    return PlanRow(plan, worth, gap)
