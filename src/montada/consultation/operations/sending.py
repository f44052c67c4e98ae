"""A contribution is sent: it gets its number, and waits for the secretariat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation import queries
from montada.consultation.choices import ContributionState
from montada.consultation.engine.questions import Problem
from montada.consultation.models import Contribution, ContributionStep
from montada.consultation.operations.contributions import (
    check_window,
    editable,
    mark_late,
)
from montada.consultation.operations.publishing import publish_contribution
from montada.consultation.operations.signing import check_signature
from montada.consultation.operations.told import tell_of_receipt
from montada.djangokit.refusals import Refusal

if TYPE_CHECKING:
    from montada.participation.models import Person


class ContributionNotReady(Refusal):
    """`problems` tells answer by answer what is missing or broken."""

    code = "consultation.not_ready"
    message = _("It cannot be sent yet: see what is said beside its questions.")

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


@transaction.atomic
def submit_contribution(
    *, contribution: Contribution, submitted_by: Person, at: datetime
) -> Contribution:
    """
    Send a contribution; it gets its number, and waits for the secretariat.

    What the secretariat enters is late if it is sent after the deadline. Answers to
    questions that were not asked of it, by their condition, are let go.

    Raises
    ------
    NotYourContribution, ContributionSent, CallNotOpen, CallClosed,
    ContributionNotReady, NotTheFocalPoint
    """
    now = editable(contribution, submitted_by)
    if not queries.is_open_for(now, submitted_by, at):
        check_window(now.call, at)
    mark_late(now, at)
    if problems := queries.problems_in(now):
        raise ContributionNotReady(problems)
    check_signature(now, submitted_by, at=at)
    questions = queries.questions_of(now.call)
    shown = queries.shown_answers(now, questions)
    hidden = {row.key for row in questions} - shown.keys()
    # What was answered before its question was removed stays.
    now.answers.filter(question__key__in=hidden).delete()
    again = now.state == ContributionState.CHANGE_ASKED
    state = ContributionState.RESUBMITTED if again else ContributionState.SUBMITTED
    now.state = state
    now.receipt = now.receipt or f"{now.call.edition.year}-C{now.pk:05d}"
    now.submitted_at = now.submitted_at or at
    now.save()
    ContributionStep.objects.create(
        contribution=now, state=state, happened_at=at, taken_by=submitted_by
    )
    audit.record(
        action=f"consultation.contribution_{state.value}",
        actor=submitted_by,
        subject=now,
        at=at,
        details={"receipt": now.receipt, "late": now.is_late},
    )
    publish_contribution(contribution=now)
    tell_of_receipt(contribution=now, at=at)
    return now
