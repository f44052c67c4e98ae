"""Taking a step with a contribution: it is remembered, told, and found as it is now."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from montada.audit import operations as audit
from montada.consultation.models import Contribution, ContributionStep
from montada.consultation.operations.publishing import publish_contribution
from montada.consultation.operations.told import tell_of_step
from montada.consultation.signals import decision_asked

if TYPE_CHECKING:
    from montada.consultation.choices import ContributionState
    from montada.participation.models import Person


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
