"""Plans of a timetable: begun, copied, named, made the one that is worked on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.djangokit.refusals import Refusal
from montada.language.engine.harmless import harmless_words
from montada.programme.models import Placement, Plan
from montada.programme.operations.permitted import check_secretariat

if TYPE_CHECKING:
    from montada.participation.models import Person

LONGEST_NAME = 120
MOST_PLANS = 30


class PlanNameless(Refusal):
    code = "programme.plan_nameless"
    message = _("Give the plan a name of at most %(most)s characters.")


class PlanElsewhere(Refusal):
    code = "programme.plan_elsewhere"
    message = _("That plan is of another edition.")


class TooManyPlans(Refusal):
    code = "programme.too_many_plans"
    message = _("An edition has at most %(most)s plans. Remove one that is not needed.")


class PlanIsCurrent(Refusal):
    code = "programme.plan_is_current"
    message = _(
        "This is the plan that is worked on. Make another one current, then remove it."
    )


class SolverAtWork(Refusal):
    code = "programme.solver_at_work"
    message = _(
        "The solver is placing the sessions of this plan. Wait for it, or stop it."
    )


class PlanGone(Refusal):
    code = "programme.plan_gone"
    message = _("This plan has been removed.")


@transaction.atomic
def begin_plan(
    *,
    edition: Any,
    name: str,
    copy_of: Plan | None = None,
    made_by: Person | None,
    at: datetime,
) -> Plan:
    """
    Begin an empty plan, or one that is as another is; the first becomes current.

    Raises
    ------
    NotTheSecretariat, PlanNameless, PlanElsewhere, TooManyPlans
    """
    check_secretariat(made_by, edition)
    if copy_of is not None and copy_of.edition_id != edition.pk:
        raise PlanElsewhere
    others = Plan.objects.select_for_update().filter(edition=edition)
    if len(others) >= MOST_PLANS:
        raise TooManyPlans(most=MOST_PLANS)
    plan = Plan(
        edition=edition,
        name=_name(name),
        is_current=not others,
        made_by=made_by,
        made_at=at,
    )
    if copy_of is not None:
        for column in ("cost", "bound", "iterations"):
            setattr(plan, column, getattr(copy_of, column))
    plan.save()
    if copy_of is not None:
        Placement.objects.bulk_create(
            Placement(
                plan=plan,
                session_id=row.session_id,
                room_id=row.room_id,
                starts_at=row.starts_at,
                is_locked=row.is_locked,
            )
            for row in copy_of.placements.all()
        )
    copied = copy_of.pk if copy_of else None
    _told("timetable.plan_begun", plan, made_by, at, {"copy_of": copied})
    return plan


@transaction.atomic
def rename_plan(
    *, plan: Plan, name: str, renamed_by: Person | None, at: datetime
) -> Plan:
    """
    Give a plan another name.

    Raises
    ------
    NotTheSecretariat, PlanNameless, PlanGone
    """
    row = held_plan(plan, renamed_by)
    new = _name(name)
    if new != row.name:
        before, row.name = row.name, new
        row.save(update_fields=["name"])
        _told("timetable.plan_renamed", row, renamed_by, at, {"before": before})
    return row


@transaction.atomic
def make_current(*, plan: Plan, made_by: Person | None, at: datetime) -> Plan:
    """
    Make a plan the one that is worked on and released.

    Raises
    ------
    NotTheSecretariat, PlanGone
    """
    row = held_plan(plan, made_by)
    if not row.is_current:
        Plan.objects.filter(edition=row.edition, is_current=True).update(
            is_current=False
        )
        row.is_current = True
        row.save(update_fields=["is_current"])
        _told("timetable.plan_made_current", row, made_by, at, {})
    return row


@transaction.atomic
def remove_plan(*, plan: Plan, removed_by: Person | None, at: datetime) -> None:
    """
    Remove a plan that is not the current one, with all its changes.

    Raises
    ------
    NotTheSecretariat, PlanIsCurrent, SolverAtWork, PlanGone
    """
    row = held_plan(plan, removed_by)
    if row.is_current:
        raise PlanIsCurrent
    refuse_while_solving(row)
    _told("timetable.plan_removed", row, removed_by, at, {"name": row.name})
    row.delete()


def held_plan(plan: Plan, person: Person | None) -> Plan:
    """
    Return a plan as it is now, held until the transaction ends.

    Raises
    ------
    NotTheSecretariat, PlanGone
    """
    rows = Plan.objects.select_for_update(of=("self",)).select_related("edition")
    row = rows.filter(pk=plan.pk).first()
    if row is None:
        raise PlanGone
    check_secretariat(person, row.edition)
    return row


def refuse_while_solving(plan: Plan) -> None:
    """Raise `SolverAtWork` if a plan is being solved: what it finds replaces all."""
    if plan.runs.filter(done_at=None).exists():
        raise SolverAtWork


def _name(name: str) -> str:
    kept = " ".join(harmless_words(name).split())
    if not 0 < len(kept) <= LONGEST_NAME:
        raise PlanNameless(most=LONGEST_NAME)
    return kept


def _told(
    action: str,
    plan: Plan,
    actor: Person | None,
    at: datetime,
    details: Mapping[str, Any],
) -> None:
    audit.record(action=action, actor=actor, subject=plan, at=at, details=details)
