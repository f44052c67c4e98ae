"""Appeals against declining a proposal: made once, by those who hand it in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from montada.djangokit.refusals import Refusal
from montada.participation import queries as people
from montada.programme import queries
from montada.programme.choices import ProposalState
from montada.programme.models import Proposal, ProposalDecision
from montada.programme.operations.proposals import (
    NotYourProposal,
    held_proposal,
    record_proposal,
)
from montada.programme.operations.told_of_proposals import tell_of_proposal
from montada.programme.operations.words import kept_words

if TYPE_CHECKING:
    from montada.participation.models import Person


class NothingToAppeal(Refusal):
    code = "programme.nothing_to_appeal"
    message = _("Only against a decision to decline can its authors appeal, and once.")


class AppealTooLate(Refusal):
    code = "programme.appeal_too_late"
    message = _("The time in which an appeal could be made is over.")


class AppealOnRequest(Refusal):
    code = "programme.appeal_on_request"
    message = _("It came in as request %(receipt)s: appeal on the page of the request.")


class AppealUnexplained(Refusal):
    code = "programme.appeal_unexplained"
    message = _("Say why the committee should look at it again.")


@transaction.atomic
def appeal_decision(
    *, proposal: Proposal, words: str, appealed_by: Person, at: datetime
) -> ProposalDecision:
    """
    Appeal against declining a proposal; everybody reads it, the secretariat answers.

    Raises
    ------
    NotYourProposal, NothingToAppeal, AppealTooLate, AppealOnRequest,
    AppealUnexplained, WordsTooMany
    """
    row = held_proposal(proposal)
    if not queries.organises(appealed_by, row):
        raise NotYourProposal
    decision = row.decisions.first()
    if (
        decision is None
        or row.state != ProposalState.DECLINED
        or decision.appeal_until is None
        or decision.appealed_at is not None
    ):
        raise NothingToAppeal
    if at >= decision.appeal_until:
        raise AppealTooLate
    if row.contribution is not None and row.contribution.state == row.state:
        # One place for one appeal: there its author makes it, and is answered.
        raise AppealOnRequest(receipt=row.contribution.receipt)
    said = kept_words(words).strip()
    if not said:
        raise AppealUnexplained
    decision.appeal, decision.appealed_at = said, at
    decision.save(update_fields=["appeal", "appealed_at"])
    record_proposal("programme.proposal_appealed", row, appealed_by, at, words=said)
    tell_of_proposal(
        proposal=row,
        template="programme_appealed",
        to=people.secretariat(),
        at=at,
        words=said,
    )
    return decision
