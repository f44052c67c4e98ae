"""Taking a step with a contribution: it is remembered, told, and found as it is now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation.choices import ContributionState
from montada.consultation.engine.life import MERGED_AWAY
from montada.consultation.models import Contribution, ContributionStep
from montada.consultation.operations.publishing import publish_contribution
from montada.consultation.operations.told import tell_of_step
from montada.consultation.signals import decision_asked, taken_apart
from montada.djangokit.refusals import Refusal

if TYPE_CHECKING:
    from montada.participation.models import Person


class ContributionMovedOn(Refusal):
    code = "consultation.moved_on"
    message = _(
        "This step does not follow where the contribution stands now (%(state)s). Look "
        "at it again."
    )


def held(contribution: Contribution) -> Contribution:
    """Return the row as it stands now, held until the decision is kept."""
    rows = Contribution.objects.select_for_update(of=("self",))
    return rows.select_related("call__edition", "author").get(pk=contribution.pk)


def check_not_decided_elsewhere(row: Contribution, state: ContributionState) -> None:
    """Let who knows that a row is decided about elsewhere refuse, in their words."""
    decision_asked.send(sender=Contribution, contribution=row, state=state)


def take_step(
    row: Contribution,
    state: ContributionState,
    by: Person | None,
    at: datetime,
    **facts: Any,
) -> Contribution:
    """Move a row, remember the step, and tell whom it concerns."""
    before, row.state = row.state, state
    row.save()
    step = ContributionStep.objects.create(
        contribution=row,
        state=state,
        happened_at=at,
        taken_by=by,
        language=by.language if by and facts.get("words") else "",
        **facts,
    )
    audit.record(
        action=f"consultation.contribution_{state.value}",
        actor=by,
        subject=row,
        at=at,
        reason=facts.get("reason", ""),
        details={
            "receipt": row.receipt,
            "before": str(before),
            "words": facts.get("words", ""),
            "into": facts["into"].receipt if facts.get("into") else "",
        },
    )
    publish_contribution(contribution=row)
    tell_of_step(step=step, at=at)
    return row


@transaction.atomic
def take_contribution_apart(
    *,
    contribution: Contribution,
    words: str = "",
    left: Contribution | None = None,
    taken_by: Person | None,
    at: datetime,
) -> Contribution:
    """
    Let a merged contribution wait for a decision of its own again; its author is told.

    What was merged into it stays its part. `left` is the whole, where that was
    withdrawn. Who may is asked by whoever calls: those who decide about the whole.

    Raises
    ------
    ContributionMovedOn
    """
    row = held(contribution)
    if row.state != MERGED_AWAY:
        raise ContributionMovedOn(state=ContributionState(row.state).label)
    row.merged_into = None
    again = ContributionState.RESUBMITTED
    apart = take_step(row, again, taken_by, at, words=words, into=left)
    taken_apart.send(sender=Contribution, contribution=apart, at=at)
    return apart


def take_parts_apart(whole: Contribution, by: Person | None, at: datetime) -> None:
    """Let what was merged into a contribution that is withdrawn go on without it."""
    for part in Contribution.objects.filter(merged_into=whole).order_by("pk"):
        take_contribution_apart(contribution=part, left=whole, taken_by=by, at=at)
