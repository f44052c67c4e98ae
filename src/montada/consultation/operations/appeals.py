"""
The author of a contribution that was declined or merged appeals; the secretariat
answers: of what was declined by deciding anew, of what was merged here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.audit import operations as audit
from montada.consultation import queries
from montada.consultation.choices import ContributionState
from montada.consultation.models import Contribution, ContributionStep
from montada.consultation.operations.calls import check_secretariat
from montada.consultation.operations.contributions import NotYourContribution
from montada.consultation.operations.decisions import needed_words
from montada.consultation.operations.steps import (
    ContributionMovedOn,
    held,
    take_contribution_apart,
    take_step,
)
from montada.consultation.operations.told import tell_of_appeal
from montada.djangokit.refusals import Refusal

if TYPE_CHECKING:
    from montada.participation.models import Person


class NothingToAppeal(Refusal):
    code = "consultation.nothing_to_appeal"
    message = _(
        "Only against a decision to decline or to merge can its author appeal, and "
        "once."
    )


class AppealTooLate(Refusal):
    code = "consultation.appeal_too_late"
    message = _("An appeal could be made until %(until)s.")


@transaction.atomic
def appeal(
    *, contribution: Contribution, words: str, appealed_by: Person, at: datetime
) -> ContributionStep:
    """
    Appeal against a decision to decline or to merge; everybody reads it in the trace.

    Raises
    ------
    NotYourContribution, NothingToAppeal, AppealTooLate, WordsNeeded, WordsTooMany
    """
    row = held(contribution)
    if not queries.may_write(appealed_by, row):
        raise NotYourContribution
    window = queries.appeal_window(row)
    if window is None or window.is_used:
        raise NothingToAppeal
    if not window.is_open_at(at):
        until = window.until.astimezone(row.call.edition.zone)
        raise AppealTooLate(until=queries.moment_in_words(until))
    step = ContributionStep.objects.create(
        contribution=row,
        state=row.state,
        happened_at=at,
        taken_by=appealed_by,
        words=needed_words(words),
        language=appealed_by.language,
    )
    audit.record(
        action="consultation.contribution_appealed",
        actor=appealed_by,
        subject=row,
        at=at,
        details={"receipt": row.receipt, "words": step.words},
    )
    tell_of_appeal(step=step, at=at)
    return step


@transaction.atomic
def answer_merge_appeal(
    *,
    contribution: Contribution,
    is_upheld: bool,
    words: str,
    answered_by: Person,
    at: datetime,
) -> Contribution:
    """
    Answer the author of a merged contribution: it stays merged, or is taken apart again
    and waits for a decision of its own.

    Raises
    ------
    NotTheSecretariat, ContributionMovedOn, WordsNeeded, WordsTooMany
    """
    row = held(contribution)
    check_secretariat(answered_by, row.call.edition)
    is_merged = row.state == ContributionState.MERGED
    if not (is_merged and queries.appeal_waits(row)):
        raise ContributionMovedOn(state=ContributionState(row.state).label)
    said = needed_words(words)
    if is_upheld:
        return take_contribution_apart(
            contribution=row, words=said, taken_by=answered_by, at=at
        )
    into = row.merged_into
    return take_step(
        row, ContributionState.MERGED, answered_by, at, words=said, into=into
    )
